/** What the widget says. */
import { spaced } from "../../data/number-reading.ts";
import type { Direction, NumberNetworkKind } from "../../models/number-network.ts";
import type { TranslatorFrame } from "./experiment.ts";
import type { Question } from "./question.ts";

export const KIND_TITLES: Readonly<Record<NumberNetworkKind, string>> = {
  attention: "어텐션 있음",
  plain: "어텐션 없음",
};

export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Symbols of a sequence and its end, as they head rows and columns. */
export const symbolsWithEnd = (text: string): string[] => [...text, "끝"];

/** As people write it: readings with the space after 만. */
export const shown = (text: string, direction: Direction): string =>
  direction === "read" ? spaced(text) : text;

/** One sentence on what both made of the question. */
export function verdictText(question: Question, frame: TranslatorFrame | undefined): string {
  if (question.problem !== undefined) return question.problem;
  if (!frame || frame.source !== question.source) return "번역하고 있습니다.";
  const { truth, direction } = question;
  if (truth === undefined) {
    return "이것은 어떤 수의 읽기도 아닙니다. 그래도 신경망은 무언가를 적습니다. 모른다는 답을 배우지 않았기 때문입니다.";
  }
  const { attention, plain } = frame.answers;
  const right = `정답은 ${shown(truth, direction)}입니다.`;
  if (attention.output === truth) {
    return plain.output === truth ? `${right} 둘 다 맞혔습니다.` : `${right} 어텐션이 있는 쪽만 맞혔습니다.`;
  }
  return plain.output === truth ? `${right} 어텐션이 없는 쪽만 맞혔습니다.` : `${right} 둘 다 틀렸습니다.`;
}

/** What one cell of the alignment says. */
export function cellText(target: string, source: string, weight: number): string {
  const wrote = target === "끝" ? "끝을 알릴 때" : `‘${target}’ 글자를 쓸 때`;
  const from = source === "끝" ? "읽은 것의 끝에서" : `읽은 것 가운데 ‘${source}’에서`;
  return `${wrote} ${from} ${percent(weight)}를 가져왔습니다.`;
}

/** The whole picture in words. */
export function description(question: Question, frame: TranslatorFrame | undefined): string {
  const task =
    "숫자를 적으면 한글로 읽고, 한글로 읽은 것을 적으면 숫자로 옮기는 인코더–디코더 신경망 둘을 견줍니다. 하나는 어텐션이 있고 하나는 없습니다.";
  if (!frame) return `${task} 아직 신경망이 없습니다.`;
  const { attention, plain } = frame.answers;
  return `${task} 물은 것은 ${frame.source}이고, 어텐션이 있는 쪽은 ${attention.output || "빈 답"}, 없는 쪽은 ${plain.output || "빈 답"}이라고 적었습니다. ${verdictText(question, frame)}`;
}
