import { describe, expect, test } from "vitest";
import { disputed, EVENTS, eventOf, PEOPLE } from "../../../src/widgets/history-timeline/events.ts";
import { drawRound, inPlace, moved, ROUND } from "../../../src/widgets/history-timeline/order-game.ts";
import {
  checked,
  NO_PROGRESS,
  opened,
  shownEvents,
  timelineGoals,
  timelineState,
  withPerson,
} from "../../../src/widgets/history-timeline/state.ts";
import { WIDGETS } from "../../../src/widgets/registry.ts";

const done = (progress: typeof NO_PROGRESS) =>
  timelineGoals(progress)
    .filter((goal) => goal.done)
    .map(({ id }) => id);

describe("events", () => {
  test("stand in the order of time, each with a source that can be opened", () => {
    const years = EVENTS.map(({ year }) => year);
    expect(years).toEqual([...years].sort((a, b) => a - b));
    expect(new Set(EVENTS.map(({ id }) => id)).size).toBe(EVENTS.length);
    for (const { url } of EVENTS) expect(new URL(url).protocol).toBe("https:");
  });

  test("lead to a widget that stands on the lesson they name", () => {
    for (const { id, touch } of EVENTS) {
      if (touch === undefined) continue;
      const [, lesson, widget] = /^lessons\/([^/]+)\/#(.+)$/.exec(touch.path)!;
      const entry = Object.entries(WIDGETS).find(([name]) => name === widget);
      expect(entry?.[1].lesson, id).toBe(lesson);
      expect(entry?.[1].title, id).toBe(touch.name);
    }
  });

  test("every one of the five has an event", () => {
    for (const { id } of PEOPLE) expect(shownEvents({ person: id }).length, id).toBeGreaterThan(0);
  });
});

describe("rounds", () => {
  test("the same number draws the same five, mixed and years apart", () => {
    for (let number = 1; number <= 60; number++) {
      const round = drawRound(number);
      expect(round).toEqual(drawRound(number));
      expect(new Set(round).size).toBe(ROUND);
      expect(inPlace(round)).toContain(false);
      const years = round.map(({ year }) => year).sort((a, b) => a - b);
      for (let i = 1; i < years.length; i++) expect(years[i]! - years[i - 1]!).toBeGreaterThanOrEqual(4);
    }
  });

  test("what is in its place, by hand", () => {
    const of = (...ids: string[]) => inPlace(ids.map(eventOf));
    expect(of("perceptron", "backprop", "transformer")).toEqual([true, true, true]);
    expect(of("backprop", "perceptron", "transformer")).toEqual([false, false, true]);
  });

  test("moving stops at the ends", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });
});

describe("goals", () => {
  test("only a round that is right at its first check counts, and a miss ends the run", () => {
    const right = (progress = NO_PROGRESS, first = true) => checked(progress, true, first);
    expect(done(right(NO_PROGRESS, false))).toEqual([]);
    expect(done(right())).toEqual(["order"]);
    expect(done(right(right(right())))).toEqual(["order", "streak"]);
    const missed = checked(right(right()), false, true);
    expect(done(right(missed, false))).toEqual(["order"]);
    expect(done(right(right(missed)))).toEqual(["order"]);
  });

  test("disputes count once each", () => {
    let progress = NO_PROGRESS;
    for (const id of ["neuron", "reverse", "reverse", "gan", "backprop"]) progress = opened(progress, id);
    expect(progress.read).toEqual(["reverse", "gan", "backprop"]);
    expect(done(progress)).toEqual([]);
    expect(done(opened(progress, disputed.at(-1)!.id))).toEqual(["disputes"]);
  });
});

test("another person keeps the event if it is theirs", () => {
  const state = { ...timelineState.defaults, event: "gan" };
  expect(withPerson(state, "goodfellow").event).toBe("gan");
  expect(withPerson(state, "lecun").event).toBe("zip");
});
