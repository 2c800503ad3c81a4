/** How each stage of a journey looks and what its numbers are called. */
import { SENTENCE_KINDS } from "../../data/sentences.ts";
import type { Token } from "../../data/subwords.ts";
import { FRAME, SAMPLE_RATE, VOWELS } from "../../data/vowels.ts";
import { STRIDE, TAPS } from "../../models/vowel-network.ts";
import type { JourneyFrame, StageFrame } from "./journey.ts";
import type { SignalKind } from "./signals.ts";

/**
 * - `tokens`: pieces of text with their numbers. `wave`: a line over time. `grid`: a picture of numbers.
 * - `units`: a few numbers, each with a bar. `probabilities`: the answer.
 */
export type Look = "tokens" | "wave" | "grid" | "units" | "probabilities";

export interface StageLook {
  readonly look: Look;
  readonly title: string;
  /** One sentence: what happens from the stage before to this one. */
  readonly what: string;
}

const SHARED: Readonly<Record<string, StageLook>> = {
  hidden: {
    look: "units",
    title: "은닉층",
    what: "앞의 수에 가중치를 곱해 더하고 편향을 보탠 뒤, 렐루로 음수를 0으로 막습니다.",
  },
  logits: {
    look: "units",
    title: "출력층의 로짓",
    what: "은닉층의 수를 다시 곱해 더합니다. 답마다 점수가 하나씩 나옵니다. 아직 확률은 아닙니다.",
  },
  probabilities: {
    look: "probabilities",
    title: "확률",
    what: "소프트맥스가 점수를 0과 1 사이로 바꾸고, 모두 더하면 1이 되게 합니다.",
  },
};

const LOOKS: Readonly<Record<SignalKind, Readonly<Record<string, StageLook>>>> = {
  sentence: {
    tokens: {
      look: "tokens",
      title: "입력층: 토큰 번호",
      what: "문장을 자주 나오는 조각(토큰)으로 자르고, 조각마다 사전의 번호를 붙입니다.",
    },
    embedding: {
      look: "grid",
      title: "임베딩",
      what: "번호마다 수 12개를 표에서 꺼냅니다. 한 줄이 토큰 하나입니다.",
    },
    average: {
      look: "units",
      title: "평균",
      what: "토큰들의 수를 자리마다 평균 냅니다. 순서는 여기서 사라집니다.",
    },
    ...SHARED,
  },
  sound: {
    waveform: {
      look: "wave",
      title: "입력층: 파형",
      what: `소리의 세기를 1초에 ${SAMPLE_RATE.toLocaleString("ko")}번 잰 수 ${FRAME}개입니다. 시간으로는 ${(FRAME / SAMPLE_RATE) * 1000} ms입니다.`,
    },
    filters: {
      look: "grid",
      title: "합성곱 층",
      what: `필터 20개가 파형을 ${TAPS}개씩 훑습니다. 한 줄이 필터 하나, 가로가 시간입니다.`,
    },
    strength: {
      look: "units",
      title: "필터의 세기",
      what: "필터마다 시간에 걸쳐 평균 냅니다. 어떤 높이의 울림이 센지가 남습니다.",
    },
    ...SHARED,
  },
};

export function lookOf(kind: SignalKind, id: string): StageLook {
  return LOOKS[kind][id] ?? { look: "units", title: id, what: "" };
}

/** Names of the answers. */
export const classesOf = (kind: SignalKind): readonly string[] =>
  kind === "sentence" ? SENTENCE_KINDS.map(({ label }) => label) : VOWELS.map(({ letter }) => letter);

/** Rows and columns of a grid; of an embedding only the rows of real tokens are shown. */
export function gridOf({ shape }: StageFrame, tokens: readonly Token[]): { rows: number; columns: number } {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  return { rows: tokens.length > 0 ? Math.min(rows, tokens.length) : rows, columns };
}

/** How many numbers of a stage mean something: a short sentence does not fill all its places. */
export function countOf(stage: StageFrame, { kind, tokens }: Pick<JourneyFrame, "kind" | "tokens">): number {
  const { look } = lookOf(kind, stage.id);
  if (look === "tokens") return tokens.length;
  if (look === "grid") {
    const { rows, columns } = gridOf(stage, tokens);
    return rows * columns;
  }
  return stage.values.length;
}

/** What one number is called, such as “‘먹었’의 5번째 수” or “필터 3, 64~127번 샘플”. */
export function nameOf(frame: Pick<JourneyFrame, "kind" | "tokens">, id: string, index: number, columns: number): string {
  const { kind, tokens } = frame;
  const column = index % columns;
  const row = Math.floor(index / columns);
  switch (id) {
    case "tokens":
      return `${index + 1}번째 토큰 ‘${tokens[index]?.text ?? ""}’`;
    case "embedding":
      return `‘${tokens[row]?.text ?? ""}’의 ${column + 1}번째 수`;
    case "average":
      return `평균의 ${index + 1}번째 수`;
    case "waveform":
      return `${index + 1}번째 샘플`;
    case "filters":
      return `필터 ${row + 1}, ${column * STRIDE + 1}~${column * STRIDE + TAPS}번째 샘플`;
    case "strength":
      return `필터 ${index + 1}의 세기`;
    case "hidden":
      return `은닉층 ${index + 1}번`;
    case "logits":
      return `‘${classesOf(kind)[index] ?? ""}’의 로짓`;
    case "probabilities":
      return `‘${classesOf(kind)[index] ?? ""}’의 확률`;
    default:
      return `${index + 1}번째 수`;
  }
}

/** Position of the largest value, the first of several. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** A number with a real minus sign. */
export const signed = (value: number, digits = 2, plus = false): string => {
  const written = Math.abs(value).toFixed(digits);
  if (Number(written) === 0) return written;
  return value < 0 ? `−${written}` : plus ? `+${written}` : written;
};

export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
