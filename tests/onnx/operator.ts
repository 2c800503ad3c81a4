/** A file of a single operator. */
import { type AttributeDrafts, attribute } from "../../src/onnx/proto.ts";
import { floatTensor } from "../../src/onnx/weights.ts";
import type { ForeignModel, Step } from "./foreign.ts";

export type Shape = readonly number[];
export type Extra = Omit<ForeignModel, "steps" | "inputs">;

/** One operator on inputs `x`, `x1`, …, and the weights and integers of `extra` after them. */
export function one(
  operator: string,
  shapes: readonly Shape[],
  attributes: AttributeDrafts = {},
  extra: Extra = {},
) {
  const inputs = Object.fromEntries(shapes.map((shape, i) => [i === 0 ? "x" : `x${i}`, shape]));
  const names = [
    ...Object.keys(inputs),
    ...Object.keys(extra.weights ?? {}),
    ...Object.keys(extra.integers ?? {}),
  ];
  const steps: Step[] = [{ operator, inputs: names, attributes }];
  return { inputs, steps, ...extra } satisfies ForeignModel;
}

export const { integer, integers, float, text, texts } = attribute;
export const plane: Shape = [2, 3, 4];

/** A scalar float, or a list of them. */
export const constant = (name: string, value: number | readonly number[]): Step => ({
  ...{ operator: "Constant", inputs: [], outputs: [name] },
  attributes:
    typeof value === "number"
      ? { value_float: float(value) }
      : { value: attribute.tensor(floatTensor(value, [value.length])) },
});
