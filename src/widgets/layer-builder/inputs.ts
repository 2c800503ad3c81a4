/** What can come in at the front. */
import { shapeText, type ValueShape } from "./shapes.ts";

export interface InputKind {
  readonly id: string;
  readonly label: string;
  readonly shape: ValueShape;
}

const image = (id: string, what: string, channels: number, size: number): InputKind => ({
  id,
  label: `${what} ${size}×${size}`,
  shape: { kind: "image", channels, rows: size, columns: size },
});

export const INPUTS = [
  image("gray-28", "흑백 그림", 1, 28),
  image("gray-32", "흑백 그림", 1, 32),
  image("color-32", "컬러 그림", 3, 32),
  image("color-224", "컬러 사진", 3, 224),
  image("color-227", "컬러 사진", 3, 227),
  { id: "points", label: "평면의 점 (x₁, x₂)", shape: { kind: "vector", size: 2 } },
  { id: "sound", label: "소리 0.064초 (16 kHz)", shape: { kind: "wave", channels: 1, length: 1024 } },
  { id: "text", label: "문장: 토큰 16개, 50가지", shape: { kind: "tokens", length: 16, vocabulary: 50 } },
  {
    id: "gpt-2",
    label: "글: 토큰 1,024개, 50,257가지",
    shape: { kind: "tokens", length: 1024, vocabulary: 50_257 },
  },
  {
    id: "gpt-3",
    label: "글: 토큰 2,048개, 50,257가지",
    shape: { kind: "tokens", length: 2048, vocabulary: 50_257 },
  },
] as const satisfies readonly InputKind[];

export type InputId = (typeof INPUTS)[number]["id"];
export const INPUT_IDS = INPUTS.map(({ id }) => id);

export const inputOf = (id: InputId): InputKind => INPUTS.find((input) => input.id === id) ?? INPUTS[0];

export const inputText = (id: InputId): string => `${inputOf(id).label}: ${shapeText(inputOf(id).shape)}`;
