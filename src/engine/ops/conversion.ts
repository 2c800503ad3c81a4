/** Between floats and indices, and the value without its derivative. */
import type { Tensor } from "../graph.ts";
import type { Operation } from "../operation.ts";
import { elementwise } from "./elementwise.ts";

/** Whole numbers (`i32`) as floats. */
export const toFloatOperation = elementwise({
  name: "toFloat",
  value: ([x]) => x!,
  emit: (e, [x]) => e.fromInt(x!),
  gradient: () => [null],
});

/** Floats cut to whole numbers (`i32`), to be used as indices. */
export const toIndexOperation: Operation = {
  ...elementwise({
    name: "toIndex",
    value: ([x]) => Math.trunc(x!),
    emit: (e, [x]) => e.toInt(x!),
    gradient: () => [null],
  }),
  type: "i32",
};

/** Sums of whole numbers (`i32`): a window's start plus 0, 1, 2, …. */
export const addIndicesOperation: Operation = {
  ...elementwise({
    name: "addIndices",
    value: ([a, b]) => (a! + b!) | 0,
    emit: (e, [a, b]) => e.addInt(a!, b!),
    gradient: () => [null, null],
  }),
  type: "i32",
};

/** The value itself; nothing flows back through it. */
export const stopGradientOperation = elementwise({
  name: "stopGradient",
  value: ([x]) => x!,
  emit: (_e, [x]) => x!,
  gradient: () => [null],
});

export const toFloat = (x: Tensor): Tensor => x.graph.apply(toFloatOperation, [x]);
export const toIndex = (x: Tensor): Tensor => x.graph.apply(toIndexOperation, [x]);
export const addIndices = (a: Tensor, b: Tensor): Tensor => a.graph.apply(addIndicesOperation, [a, b]);
export const stopGradient = (x: Tensor): Tensor => x.graph.apply(stopGradientOperation, [x]);
