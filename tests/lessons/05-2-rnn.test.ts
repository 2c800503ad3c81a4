/** What lesson 5.2 says of the name maker, tried in the very networks it trains. */
import { describe, expect, test } from "vitest";
import { configOf, createNameTrainer } from "../../src/widgets/name-maker/experiment.ts";
import { type NameState, nameState } from "../../src/widgets/name-maker/state.ts";
import { followTurning, learnsByHeart, type Turning, tallyOf } from "../../src/widgets/name-maker/tally.ts";

function maker(patch: Partial<NameState>) {
  const state = { ...nameState.defaults, ...patch };
  const trainer = createNameTrainer(configOf(state));
  const live = (temperature: number) =>
    trainer.setLive({ learningRate: Number(state.rate), temperature, start: state.start });
  live(state.temperature);
  const look = () => trainer.frame().frame;
  return { trainer, live, look, train: (steps: number) => expect(trainer.advance(steps)).toBe(steps) };
}

describe("names", () => {
  test("first no letters, then names of which many are new, then names learned by heart", () => {
    const { look, train } = maker({});
    expect(tallyOf(look().made).shares.broken).toBeGreaterThan(0.9);
    let turning: Turning | undefined;
    let spelled = false;
    let keptBack = 0;
    let heart: number | undefined;
    for (let steps = 0; steps < 2400 && heart === undefined; steps += 60) {
      train(60);
      const frame = look();
      const { shares } = tallyOf(frame.made);
      turning = followTurning(turning, frame);
      if (shares.broken <= 0.05 && shares.new + shares.kept >= 0.3) spelled = true;
      keptBack += shares.kept;
      if (learnsByHeart(turning, frame)) heart = frame.steps;
    }
    expect(spelled).toBe(true);
    expect(keptBack).toBeGreaterThan(0);
    expect(heart).toBeGreaterThan(300);
    train(600);
    const { shares } = tallyOf(look().made);
    expect(shares.known).toBeGreaterThan(0.6);
  });

  test("a low temperature repeats few names, a high one spoils them; nothing is trained anew", () => {
    const { look, train, live } = maker({});
    train(600);
    const at = (temperature: number) => {
      live(temperature);
      return look();
    };
    const [cold, warm, hot] = [0.3, 1, 2].map((temperature) => tallyOf(at(temperature).made));
    expect(cold!.distinct).toBeLessThan(warm!.distinct - 10);
    expect(tallyOf(at(0).made).distinct).toBe(1);
    expect(hot!.shares.broken).toBeGreaterThan(warm!.shares.broken + 0.1);
    expect(look().steps).toBe(600);
  });

  test("after 서 a final or a new initial may come; after 선 no final again", () => {
    const { look, train, live, trainer } = maker({});
    train(600);
    const open = look().next!.filter(({ place }) => place === "끝소리");
    trainer.setLive({ learningRate: 0, temperature: 1, start: "선" });
    const closed = look().next!.filter(({ place }) => place === "끝소리");
    const mass = (list: typeof open) => list.reduce((sum, { probability }) => sum + probability, 0);
    expect(mass(open)).toBeGreaterThan(0.1);
    expect(mass(closed)).toBeLessThan(0.02);
    live(1);
  });
});

test("countries are learned by heart sooner than names", () => {
  const heartOf = (list: NameState["list"]) => {
    const { look, train } = maker({ list });
    let turning: Turning | undefined;
    for (let steps = 0; steps < 2400; steps += 60) {
      train(60);
      turning = followTurning(turning, look());
      if (learnsByHeart(turning, look())) return look().steps;
    }
    return Number.POSITIVE_INFINITY;
  };
  expect(heartOf("countries")).toBeLessThan(heartOf("names"));
});
