import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { WorkerLike } from "../../../src/lab/client.ts";
import { parseSequenceCard } from "../../../src/models/sequence-card.ts";
import {
  createTranslators,
  type Tested,
  type TranslatorConfig,
  type TranslatorFrame,
} from "../../../src/widgets/number-translator/experiment.ts";
import { translatorGoals, worstOf } from "../../../src/widgets/number-translator/goals.ts";
import { lazyWorker } from "../../../src/widgets/number-translator/lazy-worker.ts";
import { questionOf } from "../../../src/widgets/number-translator/question.ts";
import { type TranslatorState, translatorState } from "../../../src/widgets/number-translator/state.ts";
import { FILES_KILOBYTES } from "../../../src/widgets/number-translator/use-files.ts";
import { verdictText } from "../../../src/widgets/number-translator/words.ts";

const FOLDER = join(import.meta.dirname, "../../../public/models");
const fileOf = (name: string) => new Uint8Array(readFileSync(join(FOLDER, name)));
const stateWith = (patch: Partial<TranslatorState>): TranslatorState => ({
  ...translatorState.defaults,
  ...patch,
});

describe("what is typed", () => {
  it.each([
    ["2026", "2026", "read", "이천이십육"],
    ["1,234", "1234", "read", "천이백삼십사"],
    ["２０２６", "2026", "read", "이천이십육"],
    [" 만 이천 ", "만이천", "write", "12000"],
    ["일만이천", "일만이천", "write", "12000"],
    ["영", "영", "write", "0"],
    ["십백", "십백", "write", undefined],
  ])("“%s” is asked", (typed, source, direction, truth) => {
    expect(questionOf(typed)).toEqual({ source, direction, truth });
  });

  it.each([
    ["", "적어 주세요"],
    ["3만 5천", "섞여"],
    ["-7", "음수"],
    ["3.14", "소수"],
    ["007", "맨 앞의 0"],
    ["123456789", "9자리"],
    ["스물다섯", "고유어"],
    ["이억", "억"],
    ["이처ㄴ", "다 적지"],
    ["천구백구십구만구천구백구십구구", "", "fits"],
    ["구천구백구십구만구천구백구십구구", "15글자"],
    ["오류", "‘류’"],
    ["two", "‘t’"],
    ["😀", "‘😀’"],
  ])("“%s” is answered clearly", (typed, part, fits?: string) => {
    const { problem } = questionOf(typed);
    if (fits) expect(problem).toBeUndefined();
    else expect(problem).toContain(part);
  });
});

describe("the pretrained translators", () => {
  const config: TranslatorConfig = {
    ...{ key: "k", seed: 1, isEmpty: false },
    files: {
      attention: fileOf("number-translator.onnx"),
      plain: fileOf("number-translator-plain.onnx"),
    },
  };
  const trainer = createTranslators(config);
  const ask = (text: string): TranslatorFrame => {
    const question = questionOf(text);
    if (question.problem !== undefined) throw new Error(question.problem);
    trainer.setLive({ learningRate: 0.001, digits: 8, source: question.source });
    return trainer.frame().frame;
  };
  const reached = (text: string, patch: Partial<TranslatorState> = {}) =>
    translatorGoals(stateWith({ text, ...patch }), questionOf(text), ask(text), false)
      .filter(({ done }) => done)
      .map(({ id }) => id);

  it("answer both ways, with an attention that the goals look into", () => {
    const { answers, trainedTo, source } = ask("384512");
    expect(source).toBe("384512");
    expect(answers.attention.output).toBe("삼십팔만사천오백십이");
    expect(answers.plain.attention).toEqual([]);
    expect(trainedTo).toBe(6);
    expect(reached("384512")).toContain("align");
    expect(reached("384512", { source: 6 })).not.toContain("align");
    expect(reached("2026")).not.toContain("align");
    expect(ask("십이만 삼천오").answers.attention.output).toBe("123005");
  });

  it("fail on what is longer than what they learned", () => {
    expect(reached("3845129")).toContain("long");
    expect(verdictText(questionOf("3845129"), ask("3845129"))).toContain("둘 다 틀렸습니다");
    expect(verdictText(questionOf("십백"), ask("십백"))).toContain("어떤 수의 읽기도 아닙니다");
  });

  it("train on, then also on longer numbers", () => {
    expect(trainer.advance(1)).toBe(1);
    const { steps, losses, trainedTo, tested } = trainer.frame().frame;
    expect(steps).toBe(1);
    expect(trainedTo).toBe(8);
    expect(losses.attention).toBeGreaterThan(0);
    expect(tested).toEqual([]);
  });
});

test("goals on accuracy ask for both directions", () => {
  const tested = (read: number, write: number): Tested[] =>
    (["read", "write"] as const).map((direction) => ({
      ...{ kind: "attention" as const, direction, digits: 8, count: 50 },
      share: direction === "read" ? read : write,
    }));
  expect(worstOf(tested(1, 0.8), 8)).toBe(0.8);
  expect(worstOf(tested(1, 0.8).slice(0, 1), 8)).toBe(0);
  expect(worstOf(tested(1, 1), 4)).toBe(0);
});

test("the size told before fetching is that of the files", () => {
  const bytes = ["number-translator", "number-translator-plain"].map(
    (id) => parseSequenceCard(readFileSync(join(FOLDER, `${id}.json`), "utf8"))!.bytes,
  );
  expect(FILES_KILOBYTES).toBe(Math.round(bytes.reduce((a, b) => a + b) / 1000));
});

test("a worker starts only when there are networks, and ends when there are none", () => {
  const said: string[] = [];
  const real: WorkerLike = {
    ...{ onmessage: null, onerror: null },
    postMessage: (message) => said.push((message as { type: string }).type),
    terminate: () => said.push("ended"),
  };
  const lazy = lazyWorker(() => real);
  const configure = (isEmpty: boolean) =>
    lazy.postMessage({ type: "configure", id: 1, config: { key: "", seed: 1, isEmpty }, live: {}, pace: 1 });
  lazy.postMessage({ type: "run" });
  configure(true);
  expect(said).toEqual([]);
  configure(false);
  lazy.postMessage({ type: "run" });
  const heard: unknown[] = [];
  lazy.onmessage = ({ data }) => heard.push(data);
  real.onmessage?.({ data: 7 } as MessageEvent);
  expect(heard).toEqual([7]);
  configure(true);
  expect(said).toEqual(["configure", "run", "ended"]);
});

test("the state travels in the address", () => {
  const state = stateWith({ text: "십이만 삼천오", way: "write", digits: 8, target: 3 });
  expect(translatorState.decode(translatorState.encode(state))).toEqual({ state, problems: [] });
  expect(translatorState.decode("1;digits=9;way=up").problems).toEqual(["digits", "way"]);
});
