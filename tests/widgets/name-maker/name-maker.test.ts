import { describe, expect, it } from "vitest";
import { readWords } from "../../../src/data/words.ts";
import {
  configOf,
  createNameTrainer,
  type MadeWord,
  type NameFrame,
} from "../../../src/widgets/name-maker/experiment.ts";
import { nameGoals } from "../../../src/widgets/name-maker/goals.ts";
import { reportOf } from "../../../src/widgets/name-maker/OwnWords.tsx";
import { type NameState, nameState, SHARED_WORDS } from "../../../src/widgets/name-maker/state.ts";
import { followTurning, learnsByHeart, tallyOf } from "../../../src/widgets/name-maker/tally.ts";

const own = ["나무", "나비", "바다", "바람", "구름", "구슬", "노을", "노래", "가을", "가람", "하늘", "하루"];
const stateWith = (patch: Partial<NameState>): NameState => ({ ...nameState.defaults, ...patch });

describe("the trainer", () => {
  const live = { learningRate: 0.01, temperature: 1, start: "나" };

  it("says of every word where it comes from", () => {
    const config = configOf(stateWith({ list: "own", own, unit: "syllable", units: "16" }));
    const trainer = createNameTrainer(config);
    trainer.setLive(live);
    trainer.advance(400);
    const { frame } = trainer.frame();
    expect(frame.made).toHaveLength(100);
    for (const { text, kind } of frame.made) {
      if (kind === "known" || kind === "kept") expect(own).toContain(text);
      if (kind === "new") expect(own).not.toContain(text);
    }
    expect(tallyOf(frame.made).shares.known).toBeGreaterThan(0.5);
    expect(frame.next![0]!.probability).toBeGreaterThan(0.3);
    expect(["무", "비"]).toContain(frame.next![0]!.letter);
  });

  it("makes up others when asked, and at another temperature at once", () => {
    const trainer = createNameTrainer(configOf(stateWith({ list: "own", own })));
    trainer.setLive(live);
    const first = trainer.frame().frame.made;
    expect(trainer.frame().frame.made).toBe(first);
    trainer.command({ make: true });
    expect(trainer.frame().frame.made).not.toEqual(first);
    trainer.setLive({ ...live, temperature: 0 });
    expect(new Set(trainer.frame().frame.made.map(({ text }) => text)).size).toBe(1);
  });

  it("refuses too few words in Korean", () => {
    expect(() => createNameTrainer(configOf(stateWith({ list: "own", own: ["나무"] })))).toThrow(
      /낱말이 10개/,
    );
  });
});

describe("goals", () => {
  const made = (kinds: Partial<Record<MadeWord["kind"], number>>): MadeWord[] =>
    Object.entries(kinds).flatMap(([kind, count]) =>
      Array.from({ length: count }, (_, i) => ({ text: `${kind}${i}`, kind: kind as MadeWord["kind"] })),
    );
  const frame = (patch: Partial<NameFrame>): NameFrame => ({
    ...{ steps: 100, trainLoss: 1, testLoss: 1.5, made: [], next: [], parameterCount: 1, memory: [] },
    ...patch,
  });
  const done = (state: Partial<NameState>, given: NameFrame, turning = followTurning(undefined, given)) =>
    nameGoals(stateWith(state), given, turning)
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  it("ask for spelled and new words, together", () => {
    expect(done({}, frame({ made: made({ new: 35, known: 62, broken: 3 }) }))).toEqual(["spell"]);
    expect(done({}, frame({ made: made({ new: 35, known: 55, broken: 10 }) }))).toEqual([]);
    expect(done({}, frame({ made: made({ new: 10, known: 90 }) }))).toEqual([]);
    expect(done({}, frame({ steps: 0, made: made({ new: 99, kept: 1 }) }))).toEqual([]);
  });

  it("the test loss must have turned while the training loss still falls", () => {
    const turning = { lowestTest: 1.2, trainThen: 1.1 };
    expect(learnsByHeart(turning, frame({ trainLoss: 0.9, testLoss: 1.3 }))).toBe(true);
    expect(learnsByHeart(turning, frame({ trainLoss: 1.2, testLoss: 1.3 }))).toBe(false);
    expect(learnsByHeart(turning, frame({ trainLoss: 0.9, testLoss: 1.22 }))).toBe(false);
    expect(followTurning(turning, frame({ testLoss: 1.1, trainLoss: 0.8 }))).toEqual({
      lowestTest: 1.1,
      trainThen: 0.8,
    });
    expect(followTurning(turning, frame({ testLoss: 1.3 }))).toBe(turning);
  });

  it("cold words are few and whole", () => {
    const same = Array.from({ length: 100 }, (): MadeWord => ({ text: "서연", kind: "known" }));
    expect(done({}, frame({ made: same }))).toEqual(["cold"]);
  });
});

describe("own words", () => {
  it("are reported on, with what was left out", () => {
    const report = reportOf(readWords(`${own.join(" ")} cat 나무`), false);
    expect(report).toBe("낱말 12개로 배웁니다. 한글이 아닌 것이 섞인 1개, 되풀이된 1개는 뺐습니다.");
    expect(reportOf(readWords("나무"), false)).toContain("10개 이상이어야");
  });

  it("travel in the address, up to a number", () => {
    const state = stateWith({ list: "own", own, temperature: 0.7, start: "" });
    expect(nameState.decode(nameState.encode(state))).toEqual({ state, problems: [] });
    const many = Array.from({ length: 500 }, (_, i) => String.fromCharCode(0xac00 + i));
    expect(nameState.decode(nameState.encode(stateWith({ own: many }))).state.own).toEqual(
      many.slice(0, SHARED_WORDS),
    );
    expect(nameState.decode("1;own=나무.c;start=😀").problems).toEqual(["own", "start"]);
  });
});
