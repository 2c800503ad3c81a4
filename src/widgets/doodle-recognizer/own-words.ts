/** The learner's own words with their drawings: pure changes, limits, and the text they are kept as. */
import { decodeStrokes, encodeStrokes } from "../../data/stroke-text.ts";
import type { Stroke } from "../../data/strokes.ts";

export interface OwnWord {
  readonly name: string;
  readonly drawings: readonly (readonly Stroke[])[];
}

export const MOST_WORDS = 5;
export const FEWEST_WORDS = 2;
export const MOST_DRAWINGS = 12;
/** With fewer the last layer is not trained. */
export const FEWEST_DRAWINGS = 2;
/** As many as the widget asks for. */
export const WANTED_DRAWINGS = 5;
export const LONGEST_NAME = 10;

export type Named = { readonly name: string } | { readonly problem: string };

/** A name as it will stand: trimmed, in composed letters; or what is wrong with it, in Korean. */
export function readName(text: string, words: readonly OwnWord[]): Named {
  const name = text.normalize("NFC").replace(/\s+/g, " ").trim();
  if (name === "") return { problem: "낱말의 이름을 적어 주세요." };
  if (!/[\p{L}\p{N}]/u.test(name)) return { problem: "글자나 숫자가 하나는 있어야 합니다." };
  if ([...name].length > LONGEST_NAME) return { problem: `이름은 ${LONGEST_NAME}글자까지 쓸 수 있습니다.` };
  if (words.some((word) => word.name === name)) return { problem: `‘${name}’ 낱말은 이미 있습니다.` };
  if (words.length >= MOST_WORDS) return { problem: `낱말은 ${MOST_WORDS}개까지 만들 수 있습니다.` };
  return { name };
}

export const addWord = (words: readonly OwnWord[], name: string): readonly OwnWord[] => [
  ...words,
  { name, drawings: [] },
];

export const removeWord = (words: readonly OwnWord[], index: number): readonly OwnWord[] =>
  words.filter((_, i) => i !== index);

/** With one drawing more; the word as it is when it is full or nothing is drawn. */
export function addDrawing(
  words: readonly OwnWord[],
  index: number,
  strokes: readonly Stroke[],
): readonly OwnWord[] {
  return words.map((word, i) =>
    i === index && strokes.length > 0 && word.drawings.length < MOST_DRAWINGS
      ? { ...word, drawings: [...word.drawings, strokes] }
      : word,
  );
}

export const removeDrawing = (words: readonly OwnWord[], index: number, at: number): readonly OwnWord[] =>
  words.map((word, i) =>
    i === index ? { ...word, drawings: word.drawings.filter((_, k) => k !== at) } : word,
  );

/** Whether there is enough to learn from. */
export const canTeach = (words: readonly OwnWord[]): boolean =>
  words.length >= FEWEST_WORDS && words.every(({ drawings }) => drawings.length >= FEWEST_DRAWINGS);

export const countDrawings = (words: readonly OwnWord[]): number =>
  words.reduce((sum, { drawings }) => sum + drawings.length, 0);

const VERSION = 1;

/** As JSON: a version, and each word with its drawings as short text. */
export function writeWords(words: readonly OwnWord[]): string {
  const plain = words.map(({ name, drawings }) => ({ name, drawings: drawings.map(encodeStrokes) }));
  return JSON.stringify({ version: VERSION, words: plain });
}

/** @returns `undefined` for text that is damaged or of another version; drawings that cannot be read are left out. */
export function readWords(text: string): readonly OwnWord[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value["version"] !== VERSION || !Array.isArray(value["words"])) return undefined;
  let words: readonly OwnWord[] = [];
  for (const item of value["words"] as readonly unknown[]) {
    if (!isRecord(item) || typeof item["name"] !== "string" || !Array.isArray(item["drawings"])) continue;
    const named = readName(item["name"], words);
    if ("problem" in named) continue;
    words = addWord(words, named.name);
    for (const drawing of item["drawings"] as readonly unknown[]) {
      const strokes = typeof drawing === "string" ? decodeStrokes(drawing) : undefined;
      if (strokes) words = addDrawing(words, words.length - 1, strokes);
    }
  }
  return words;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
