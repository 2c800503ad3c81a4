import { describe, expect, it } from "vitest";
import { divideText, frequencyBits } from "../../../src/data/own-text.ts";
import { PROVERBS } from "../../../src/data/proverbs.ts";
import {
  configOf,
  createOwnGptTrainer,
  type OwnGptFrame,
  type TextLook,
  type ToyLook,
} from "../../../src/widgets/own-gpt/experiment.ts";
import { ownGptGoals } from "../../../src/widgets/own-gpt/goals.ts";
import { followProgress, type Progress } from "../../../src/widgets/own-gpt/progress.ts";
import { type OwnGptState, ownGptState, SHARED_TEXT } from "../../../src/widgets/own-gpt/state.ts";
import { takeHome } from "../../../src/widgets/own-gpt/take-home.ts";
import { reportOf, verdictText } from "../../../src/widgets/own-gpt/text.ts";

const stateWith = (patch: Partial<OwnGptState>): OwnGptState => ({ ...ownGptState.defaults, ...patch });
const trainerOf = (patch: Partial<OwnGptState>) => {
  const state = stateWith(patch);
  const config = configOf(state);
  const trainer = createOwnGptTrainer(config);
  trainer.setLive({ learningRate: Number(state.rate), temperature: state.temperature, start: state.start });
  return { state, config, trainer };
};
const LYRICS = "반짝반짝 작은 별 아름답게 비치네\n동쪽 하늘에서도 서쪽 하늘에서도\n".repeat(8);

describe("a text", () => {
  const own = { subject: "own", own: LYRICS, width: "32", layers: "1" } as const;

  it("is learned, its copies measured; training goes on where a worker left off", () => {
    const { config, trainer } = trainerOf({ ...own, start: "동쪽", temperature: 0 });
    const before = trainer.frame().frame.look as TextLook;
    expect(before.train).toBeGreaterThan(Math.log2(new Set(LYRICS).size) - 1);
    expect(trainer.advance(120)).toBe(120);
    const { frame } = trainer.frame();
    const look = frame.look as TextLook;
    expect(look.test).toBeLessThan(1);
    expect(`동쪽${look.written}`.slice(look.copied.start, look.copied.end)).toContain("하늘에서도");
    expect(look.copied.end - look.copied.start).toBeGreaterThan(20);
    const { count, weights } = { count: look.attention.symbols.length, ...look.attention };
    expect(weights).toHaveLength(2 * count * count);
    for (let row = 0; row < 2 * count; row++) {
      const own = weights.subarray(row * count, (row + 1) * count);
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
    }
    const again = createOwnGptTrainer({ ...config, memory: frame.memory });
    again.setLive({ learningRate: 0.003, temperature: 0, start: "동쪽" });
    const restored = again.frame().frame;
    expect(restored.steps).toBe(120);
    expect((restored.look as TextLook).test).toBeCloseTo(look.test, 6);
    expect((restored.look as TextLook).written).toBe(look.written);
  });

  it("that is too short is refused in Korean, and an unknown beginning does no harm", () => {
    expect(() => trainerOf({ ...own, own: "짧은 글" })).toThrow("글이 200자는");
    const { trainer } = trainerOf({ ...own, start: "😀" });
    expect((trainer.frame().frame.look as TextLook).written.length).toBeGreaterThan(40);
  });

  it("can be taken home: the ONNX file and the notebook hold the parameters of the moment", () => {
    const { config, trainer } = trainerOf(own);
    trainer.advance(3);
    const { memory, parameterCount } = trainer.frame().frame;
    const files = takeHome(config, memory!);
    expect(files.onnx.length).toBeGreaterThan(4 * parameterCount);
    expect(files.notebook).toContain(`파라미터는 모두 ${parameterCount.toLocaleString("ko")}개`);
    expect(JSON.parse(files.symbols)).toContain("별");
  });
});

describe("a puzzle", () => {
  it("is solved on puzzles never trained on, and the answers shown are the network's own", () => {
    const { trainer } = trainerOf({ subject: "task", task: "reverse", width: "32", layers: "1", heads: "1" });
    const before = trainer.frame().frame.look as ToyLook;
    expect(before.accuracy).toBe(0);
    expect(before.cases.every(({ answer, solution }) => answer === solution)).toBe(false);
    trainer.advance(160);
    const look = trainer.frame().frame.look as ToyLook;
    expect(look.accuracy).toBeGreaterThan(0.95);
    const right = look.cases.filter(({ answer, solution }) => answer === solution).length;
    expect(right).toBeGreaterThan(look.cases.length - 2);
  });
});

describe("goals", () => {
  const text = (patch: Partial<TextLook>): OwnGptFrame => ({
    ...{ steps: 200, parameterCount: 1, memory: undefined },
    look: {
      ...{
        kind: "text",
        at: 200,
        train: 2,
        test: 5,
        start: "",
        written: "",
        copied: { start: 0, end: 0 },
        next: [],
      },
      attention: { symbols: [], weights: new Float32Array(0) },
      ...patch,
    },
  });
  const task = (accuracy: number): OwnGptFrame => ({
    ...{ steps: 500, parameterCount: 1, memory: undefined },
    look: {
      ...{ kind: "task", at: 500, train: 1, test: 1, accuracy, cases: [] },
      attention: { symbols: [], weights: new Float32Array(0) },
    },
  });
  const done = (state: Partial<OwnGptState>, frame: OwnGptFrame, oneLayerFailed = false) => {
    const progress: Progress | undefined =
      frame.look.kind === "text" ? followProgress(undefined, frame.look) : undefined;
    return ownGptGoals({ state: stateWith(state), frame, progress, frequency: 5.6, oneLayerFailed })
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  };

  it("are judged from what was measured", () => {
    expect(done({}, text({ test: 5 }))).toEqual(["better"]);
    expect(done({}, text({ test: 5.3 }))).toEqual([]);
    expect(done({}, text({ test: 9, copied: { start: 3, end: 24 } }))).toEqual(["copied"]);
    expect(done({ subject: "own", own: LYRICS }, text({ test: 5.3 }))).toEqual(["own"]);
    expect(done({ subject: "task" }, task(0.96))).toEqual(["solved"]);
    expect(done({ subject: "task", task: "recall" }, task(0.96), true)).toEqual(["solved", "layers"]);
    expect(done({ subject: "task", task: "recall", layers: "1" }, task(0.96), true)).toEqual(["solved"]);
  });

  it("and the sentence says when it learns by heart", () => {
    const first = text({ train: 3, test: 5 }).look as TextLook;
    const later = text({ train: 1, test: 6, copied: { start: 0, end: 30 } });
    const progress = followProgress(followProgress(undefined, first), later.look as TextLook);
    expect(verdictText(later, progress, 5.6)).toContain("외우는 중입니다. 지금 쓴 글에서 30글자");
    expect(verdictText(text({}), followProgress(undefined, first), 5.6)).toContain("5.00비트");
  });
});

it("own text is reported on, and its beginning travels in the address", () => {
  const report = (text: string, beyond = 0) =>
    reportOf({ text: { text, beyond }, kinds: new Set(text).size });
  expect(report("")).toContain("적은 글이 없습니다");
  expect(report("가나다")).toContain("읽은 글이 3자입니다");
  expect(report(LYRICS, 12_000)).toContain("12,000자는 뺐습니다");
  const own = `별=헤는;밤 100%\n${"가".repeat(SHARED_TEXT)}😀`;
  const read = ownGptState.decode(ownGptState.encode(stateWith({ subject: "own", own, start: "별;" })));
  expect(read.problems).toEqual([]);
  expect(read.state).toMatchObject({ own: own.slice(0, SHARED_TEXT), start: "별;" });
  expect(ownGptState.decode("1;own=%E0%A4%A").problems).toEqual(["own"]);
});

it("the proverbs have room to be learned: frequencies alone leave more than six bits", () => {
  expect(frequencyBits(divideText(PROVERBS, 1))).toBeGreaterThan(6);
});
