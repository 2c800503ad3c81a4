/** What the test sentences say of the network. */
import { SENTIMENTS } from "../../data/sentiment.ts";
import { TEST_SENTENCES, type TestKind } from "../../data/sentiment-test.ts";
import { MOST_LETTERS } from "../../models/sentiment-network.ts";
import type { Reading } from "./experiment.ts";

export const KINDS: readonly { readonly id: TestKind; readonly label: string }[] = [
  { id: "plain", label: "곧이곧대로 쓴 문장" },
  { id: "negation", label: "안, 않다, 없다가 든 문장" },
  { id: "mixed", label: "칭찬과 불평이 섞인 문장" },
  { id: "irony", label: "비꼬는 문장" },
];

export interface Score {
  readonly right: number;
  readonly count: number;
}

const isRight = (positive: number, label: number): boolean => positive > 0.5 === (label === 1);

/** How many of the test sentences of a kind, or of all, are read rightly. */
export function scoreOf(test: Float32Array, kind?: TestKind): Score {
  let [right, count] = [0, 0];
  TEST_SENTENCES.forEach((sentence, i) => {
    if (kind !== undefined && sentence.kind !== kind) return;
    count += 1;
    if (isRight(test[i]!, sentence.label)) right += 1;
  });
  return { right, count };
}

export interface Mistake {
  readonly text: string;
  readonly kind: TestKind;
  readonly label: number;
  /** Probability of the wrong answer. */
  readonly sureness: number;
}

/** Test sentences read wrongly, the surest first. */
export function mistakesOf(test: Float32Array): readonly Mistake[] {
  return TEST_SENTENCES.flatMap(({ text, kind, label }, i) =>
    isRight(test[i]!, label) ? [] : [{ text, kind, label, sureness: label === 1 ? 1 - test[i]! : test[i]! }],
  ).sort((a, b) => b.sureness - a.sureness);
}

/** Between these the network is undecided. */
export const UNDECIDED = { least: 0.4, most: 0.6 } as const;

/** The answer in a sentence. */
export function readingText(reading: Reading | undefined, text: string): string {
  if (text.trim() === "") return "문장을 적어 주세요.";
  if (!reading) return "한글이 없어서 읽을 것이 없습니다. 이모지, 영어, 숫자는 읽지 않습니다.";
  const cut = reading.isCut ? ` 앞의 ${MOST_LETTERS}글자만 읽었습니다.` : "";
  if (reading.known === 0) return `배운 글자 조각이 하나도 없습니다. 아래 확률은 아무 근거가 없습니다.${cut}`;
  const { positive } = reading;
  if (positive > UNDECIDED.least && positive < UNDECIDED.most) return `어느 쪽인지 망설입니다.${cut}`;
  const label = positive > 0.5 ? 1 : 0;
  const share = label === 1 ? positive : 1 - positive;
  return `${SENTIMENTS[label]!}으로 읽었습니다. 확률 ${(100 * share).toFixed(1)}%.${cut}`;
}

/** Whether taking out one word turns the answer round, and which. */
export function turningWord(reading: Reading | undefined): string | undefined {
  if (!reading || reading.words.length < 2) return undefined;
  return reading.words.find(({ without }) => without > 0.5 !== reading.positive > 0.5)?.word;
}
