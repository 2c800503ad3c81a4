import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseModelCard } from "../../../src/models/card.ts";
import { changesOf, nextChange } from "../../../src/widgets/signal-journey/changes.ts";
import {
  answerChanged,
  journeyGoals,
  NO_PREDICTIONS,
  reachesInput,
  scored,
  traced,
  type Visit,
} from "../../../src/widgets/signal-journey/goals.ts";
import {
  createJourney,
  type JourneyFrame,
  type JourneyLive,
} from "../../../src/widgets/signal-journey/journey.ts";
import { loudness, refusalText, resampled } from "../../../src/widgets/signal-journey/microphone.ts";
import type { SignalKind } from "../../../src/widgets/signal-journey/signals.ts";
import {
  cellOf,
  heightOf,
  indexAt,
  layoutOf,
  lookOf,
  percent,
  widthOf,
} from "../../../src/widgets/signal-journey/stages.ts";
import { inputOf, type JourneyState, journeyState } from "../../../src/widgets/signal-journey/state.ts";

const folder = join(import.meta.dirname, "../../../public/models");
const card = parseModelCard(readFileSync(join(folder, "digits.json"), "utf8"))!;
const model = { card, bytes: new Uint8Array(readFileSync(join(folder, "digits.onnx"))) };
const stateOf = (patch: Partial<JourneyState>): JourneyState => ({ ...journeyState.defaults, ...patch });

/** The frame of a trained network for this input. */
function frameOf(kind: SignalKind, live: Partial<JourneyLive> & Pick<JourneyLive, "input">): JourneyFrame {
  const trainer = createJourney({ kind, seed: 1, model });
  trainer.setLive({ base: undefined, chosen: undefined, turn: 0, ...live });
  trainer.advance(10_000);
  return trainer.frame().frame;
}
const sentence = (text: string) => ({ kind: "sentence", text }) as const;
const last = <T>(list: readonly T[]): T => list.at(-1)!;

describe("the journey", () => {
  test.each(["picture", "sentence", "sound"] as const)(
    "%s: every stage, told in order, probabilities at the end",
    (kind) => {
      const frame = frameOf(kind, { input: inputOf(stateOf({ kind })) });
      expect(frame.steps).toBe(frame.lastStep);
      expect(frame.accuracy).toBeGreaterThan(0.9);
      expect(frame.stages.length).toBeGreaterThanOrEqual(6);
      for (const { id, shape, values } of frame.stages) {
        expect(values.length, id).toBe(shape.reduce((product, extent) => product * extent, 1));
        expect(lookOf(kind, id).what, id).not.toBe("");
      }
      const { values } = last(frame.stages);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    },
  );

  test("the drawn 4 of the start is a 4, and the synthesised 아 is an 아", () => {
    const top = (kind: SignalKind) => {
      const { values } = last(frameOf(kind, { input: inputOf(stateOf({ kind })) }).stages);
      return values.indexOf(Math.max(...values));
    };
    expect(top("picture")).toBe(4);
    expect(top("sound")).toBe(0);
  });

  test("the base's numbers come beside those of the input", () => {
    const frame = frameOf("sentence", { input: sentence("밥 먹었어!"), base: sentence("밥 먹었어?") });
    expect(answerChanged(frame)).toBe(true);
    const plain = frameOf("sentence", { input: sentence("밥 먹었어?") });
    for (const [i, { before }] of frame.stages.entries()) expect(before).toEqual(plain.stages[i]!.values);
    expect(answerChanged(plain)).toBeUndefined();
  });

  test("the explanation of a hidden neuron adds up, and its sources lie in the stage before", () => {
    const frame = frameOf("sentence", { input: sentence("우리 밥 먹을까"), chosen: { stage: 3, index: 2 } });
    const reason = frame.reason!;
    expect(frame.stages[reason.sourceStage]!.id).toBe("average");
    const sum = reason.sources.reduce((total, { value, weight }) => total + value * weight, reason.bias);
    expect(sum).toBeCloseTo(reason.activation!.before, 9);
    expect(frame.stages[3]!.values[2]).toBeCloseTo(Math.max(0, sum), 4);
  });

  test("an input of another kind, and a picture without its network, are refused", () => {
    const trainer = createJourney({ kind: "sentence", seed: 1 });
    trainer.setLive({ input: { kind: "sound", samples: [] }, base: undefined, chosen: undefined, turn: 0 });
    expect(() => trainer.frame()).toThrow("another kind");
    expect(() => createJourney({ kind: "picture", seed: 2 })).toThrow("먼저 받아");
  });
});

describe("changes to predict", () => {
  test("each kind has some that change the answer and some that do not", () => {
    for (const [kind, states] of [
      ["sentence", ["밥 먹었어?", "창문 좀 닫아 줘"].map((text) => stateOf({ text }))],
      ["sound", (["a", "e"] as const).map((vowel) => stateOf({ kind: "sound", vowel }))],
      ["picture", [stateOf({ kind: "picture" })]],
    ] as const) {
      const outcomes = states.flatMap((state) =>
        changesOf(kind).flatMap((change) => {
          const base = inputOf(state);
          const changed = change.apply(state, base);
          if (!changed) return [];
          const input = changed.input ?? inputOf({ ...state, ...changed.patch });
          return [answerChanged(frameOf(kind, { input, base }))];
        }),
      );
      expect(new Set(outcomes), kind).toEqual(new Set([true, false]));
    }
  });

  test("what the lessons of the changes claim", () => {
    const effect = (kind: SignalKind, id: string, patch: Partial<JourneyState> = {}) => {
      const state = stateOf({ kind, ...patch });
      const base = inputOf(state);
      const changed = changesOf(kind)
        .find((change) => change.id === id)!
        .apply(state, base)!;
      const input = changed.input ?? inputOf({ ...state, ...changed.patch });
      return frameOf(kind, { input, base });
    };
    const same = ({ values, before }: { values: Float32Array; before: Float32Array | undefined }) => {
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(before![i]!, 3);
    };
    same(last(effect("sentence", "reverse", { text: "창문 좀 닫아 줘" }).stages));
    same(last(effect("sentence", "twice").stages));
    for (const stage of effect("sound", "loud").stages) same(stage);
    expect(answerChanged(effect("picture", "small"))).toBe(false);
  });

  test("one that would change nothing is passed over", () => {
    expect(nextChange(stateOf({ text: "밥 먹었어?" }), 0).change.id).toBe("reverse");
    expect(nextChange(stateOf({ text: "밥 먹었어" }), 0).change.id).toBe("ask");
    expect(nextChange(stateOf({ text: "밥" }), 1).change.id).toBe("cry");
  });
});

describe("goals", () => {
  const visit = (patch: Partial<Visit>): Visit => ({
    frame: undefined,
    text: "",
    textBefore: undefined,
    score: NO_PREDICTIONS,
    way: [],
    kinds: new Set(),
    ...patch,
  });
  const done = (patch: Partial<Visit>) =>
    journeyGoals(visit(patch))
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  test("nothing is reached at the start", () => {
    expect(
      done({ frame: frameOf("sentence", { input: sentence("밥 먹었어?") }), text: "밥 먹었어?" }),
    ).toEqual([]);
  });

  test("marks alone turn the answer; a letter more does not count", () => {
    const frame = frameOf("sentence", { input: sentence("밥 먹었어!"), base: sentence("밥 먹었어?") });
    expect(done({ frame, text: "밥 먹었어!", textBefore: "밥 먹었어?" })).toContain("marks");
    expect(done({ frame, text: "밥 먹었어!", textBefore: "밥을 먹었어?" })).not.toContain("marks");
  });

  test("an undecided input: the same words without a mark may ask or tell", () => {
    const frame = frameOf("sentence", { input: sentence("밥 먹었어") });
    expect(done({ frame, text: "밥 먹었어" })).toContain("undecided");
    expect(done({ frame: frameOf("sentence", { input: sentence("") }) })).not.toContain("undecided");
  });

  test("the way back counts only through “어디서 왔나”", () => {
    let way = traced([], { stage: 5, index: 0 }, false);
    for (const stage of [4, 3, 2, 1, 0]) way = traced(way, { stage, index: 0 }, true);
    expect(reachesInput(way, 6)).toBe(true);
    expect(reachesInput(traced(way, { stage: 0, index: 1 }, false), 6)).toBe(false);
    expect(reachesInput(traced([{ stage: 4, index: 0 }], { stage: 0, index: 0 }, true), 6)).toBe(false);
  });

  test("three predictions in a row, of both kinds", () => {
    const play = (...rounds: (readonly [boolean, boolean])[]) =>
      rounds.reduce((score, [guess, truth]) => scored(score, guess, truth), NO_PREDICTIONS);
    expect(done({ score: play([true, true], [false, false], [false, false]) })).toEqual(["predict"]);
    expect(done({ score: play([false, false], [false, false], [false, false]) })).toEqual([]);
    expect(done({ score: play([true, true], [false, true], [false, false], [false, false]) })).toEqual([]);
  });
});

describe("layouts", () => {
  test("8 channels of 28 × 28 stand 4 by 2, with a line between", () => {
    const layout = layoutOf(
      { id: "a1", shape: [8, 28, 28], values: new Float32Array(), before: undefined },
      [],
    );
    expect([widthOf(layout), heightOf(layout)]).toEqual([4 * 29 - 1, 2 * 29 - 1]);
    expect(cellOf(layout, 784 * 5 + 28 + 3)).toEqual({ x: 29 + 3, y: 29 + 1 });
    for (const index of [0, 783, 784, 3000, 6271]) {
      const { x, y } = cellOf(layout, index);
      expect(indexAt(layout, x, y)).toBe(index);
    }
    expect(indexAt(layout, 28, 0)).toBeUndefined();
    expect(indexAt(layout, -1, 0)).toBeUndefined();
    expect(indexAt(layout, 115, 0)).toBeUndefined();
  });

  test("shares that only round to 0 or 100 are not called so", () => {
    expect([0.00002, 0.99999, 0.5, 0, 1].map(percent)).toEqual([
      "<0.1%",
      ">99.9%",
      "50.0%",
      "0.0%",
      "100.0%",
    ]);
  });
});

describe("the microphone's samples", () => {
  test("a tone keeps its frequency at the network's rate", () => {
    const tone = (rate: number, count: number) =>
      Float32Array.from({ length: count }, (_, n) => Math.sin((2 * Math.PI * 500 * n) / rate));
    const heard = resampled(tone(48_000, 8192), 48_000);
    const crossings = [...heard].filter((value, i) => i > 0 && value >= 0 && heard[i - 1]! < 0).length;
    // 512 samples at 8 kHz are 64 ms: 32 periods of 500 Hz.
    expect(crossings).toBeGreaterThanOrEqual(31);
    expect(crossings).toBeLessThanOrEqual(33);
    expect(loudness(heard)).toBeCloseTo(Math.SQRT1_2, 1);
    expect([...resampled([1, 2, 3, 4], 8000, 2)]).toEqual([3, 4]);
  });

  test("each refusal has its sentence", () => {
    expect(refusalText(new DOMException("", "NotAllowedError"))).toContain("허락받지 못했습니다");
    expect(refusalText(new DOMException("", "NotFoundError"))).toContain("찾지 못했습니다");
    expect(refusalText(new Error())).toContain("이 브라우저");
  });
});

test("the address keeps a journey, whatever is written", () => {
  const own = stateOf({ text: "뭐해; a=b, c?", kind: "sound", vowel: "u", pitch: 222, stage: 3, unit: 12 });
  expect(journeyState.decode(journeyState.encode(own))).toEqual({ state: own, problems: [] });
  const damaged = journeyState.decode("1;text=%E0%A4%A;kind=smell;pitch=9999");
  expect(damaged.problems.toSorted()).toEqual(["kind", "pitch", "text"]);
});

test("the size told before the download is the file's", () => {
  expect(statSync(join(folder, card.file)).size).toBe(card.bytes);
});
