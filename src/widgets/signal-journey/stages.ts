/** How each stage of a journey looks and what its numbers are called. */
import { DIGITS } from "../../data/datasets.ts";
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
  picture: {
    image: {
      look: "grid",
      title: "입력층: 픽셀",
      what: "그림을 28×28칸으로 나누어 칸마다 먹의 짙기를 0과 1 사이의 수로 적습니다.",
    },
    a1: {
      look: "grid",
      title: "합성곱 층 1",
      what: "5×5 필터 8개가 그림 위를 옮겨 다니며, 자기 무늬와 닮은 곳에서 큰 수를 냅니다.",
    },
    p1: {
      look: "grid",
      title: "풀링 1",
      what: "2×2칸마다 가장 큰 수만 남깁니다. 가로와 세로가 절반이 됩니다.",
    },
    a2: {
      look: "grid",
      title: "합성곱 층 2",
      what: "앞의 여덟 장을 한꺼번에 보는 5×5 필터가 16개 있습니다.",
    },
    p2: {
      look: "grid",
      title: "풀링 2",
      what: "다시 2×2칸마다 가장 큰 수만 남깁니다.",
    },
    a3: {
      look: "grid",
      title: "합성곱 층 3",
      what: "열여섯 장을 한꺼번에 보는 3×3 필터가 32개 있습니다.",
    },
    a4: {
      look: "grid",
      title: "완전 연결층",
      what: "뉴런 64개가 저마다 앞의 수 1,568개를 모두 봅니다.",
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
export const classesOf = (kind: SignalKind): readonly string[] => {
  if (kind === "picture") return DIGITS.classes;
  return kind === "sentence" ? SENTENCE_KINDS.map(({ label }) => label) : VOWELS.map(({ letter }) => letter);
};

/** Pictures of rows × columns numbers side by side: one for each channel. */
export interface Layout {
  readonly tiles: number;
  readonly across: number;
  readonly rows: number;
  readonly columns: number;
}

/** Of an embedding only the rows of real tokens are shown. */
export function layoutOf({ id, shape }: StageFrame, tokens: readonly Token[]): Layout {
  const [rows = 1, columns = 1] = shape.slice(-2);
  if (id === "a4") return { tiles: 1, across: 1, rows: 4, columns: 16 };
  if (id === "embedding")
    return { tiles: 1, across: 1, rows: Math.max(1, Math.min(rows, tokens.length)), columns };
  // Filters over time: the channels are the rows of one picture.
  if (id === "filters") return { tiles: 1, across: 1, rows: shape[0] ?? 1, columns };
  if (shape.length < 3) return { tiles: 1, across: 1, rows: 1, columns: shape.at(-1) ?? 1 };
  const tiles = shape[0] ?? 1;
  return { tiles, across: Math.min(tiles, rows > 14 ? 4 : 8), rows, columns };
}

/** Column and row of a number within the whole picture, with one empty line between tiles. */
export function cellOf({ across, rows, columns }: Layout, index: number): { x: number; y: number } {
  const tile = Math.floor(index / (rows * columns));
  const within = index % (rows * columns);
  return {
    x: (tile % across) * (columns + 1) + (within % columns),
    y: Math.floor(tile / across) * (rows + 1) + Math.floor(within / columns),
  };
}

/** The number at a column and row of the whole picture; `undefined` between tiles and outside. */
export function indexAt({ tiles, across, rows, columns }: Layout, x: number, y: number): number | undefined {
  const [tileX, tileY] = [Math.floor(x / (columns + 1)), Math.floor(y / (rows + 1))];
  const [column, row] = [x - tileX * (columns + 1), y - tileY * (rows + 1)];
  const tile = tileY * across + tileX;
  if (x < 0 || y < 0 || tileX >= across || tile >= tiles || column >= columns || row >= rows)
    return undefined;
  return tile * rows * columns + row * columns + column;
}

export const widthOf = ({ across, columns }: Layout): number => across * (columns + 1) - 1;
export const heightOf = ({ tiles, across, rows }: Layout): number =>
  Math.ceil(tiles / across) * (rows + 1) - 1;

/** How many numbers of a stage mean something: a short sentence does not fill all its places. */
export function countOf(stage: StageFrame, { kind, tokens }: Pick<JourneyFrame, "kind" | "tokens">): number {
  const { look } = lookOf(kind, stage.id);
  if (look === "tokens") return tokens.length;
  if (stage.id !== "embedding") return stage.values.length;
  const { rows, columns } = layoutOf(stage, tokens);
  return Math.min(tokens.length, rows) * columns;
}

/** What one number is called, such as “‘먹었’의 5번째 수” or “필터 3, 64~127번 샘플”. */
export function nameOf(
  frame: Pick<JourneyFrame, "kind" | "tokens">,
  stage: StageFrame,
  index: number,
): string {
  const { kind, tokens } = frame;
  const { rows, columns } = layoutOf(stage, tokens);
  const column = index % columns;
  const row = Math.floor(index / columns) % rows;
  const channel = Math.floor(index / (rows * columns));
  const { title } = lookOf(kind, stage.id);
  switch (stage.id) {
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
    case "image":
      return `위에서 ${row + 1}째, 왼쪽에서 ${column + 1}째 픽셀`;
    case "hidden":
    case "a4":
      return `${title} ${index + 1}번`;
    case "logits":
      return `‘${classesOf(kind)[index] ?? ""}’의 로짓`;
    case "probabilities":
      return `‘${classesOf(kind)[index] ?? ""}’의 확률`;
    default:
      return `${title}의 ${channel + 1}번 채널, 위에서 ${row + 1}째, 왼쪽에서 ${column + 1}째`;
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

/** A share in percent; what only rounds to 0 or 100 is not called so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  if (share < 1 && share >= 0.9995) return ">99.9%";
  return `${(share * 100).toFixed(1)}%`;
}

/** Short enough for a narrow cell. */
export const brief = (value: number): string => signed(value, Math.abs(value) >= 10 ? 1 : 2);
