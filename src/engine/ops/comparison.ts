/** Comparisons, as masks of 1 and 0, and what chooses by them. */
import type { Tensor } from "../graph.ts";
import { binary, greater, maximum, minimum, type Operand, subtract } from "./arithmetic.ts";
import { elementwise } from "./elementwise.ts";
import { sumTo } from "./reduce.ts";

/** 1 where a ≥ b, otherwise 0. */
export const greaterOrEqualOperation = elementwise({
  name: "greaterOrEqual",
  value: ([a, b]) => (a! >= b! ? 1 : 0),
  emit: (e, [a, b]) => e.and(e.greaterOrEqual(a!, b!), e.constant(1)),
  gradient: () => [null, null],
});

/** 1 where a = b, otherwise 0. */
export const equalOperation = elementwise({
  name: "equal",
  value: ([a, b]) => (a === b ? 1 : 0),
  emit: (e, [a, b]) => e.and(e.equal(a!, b!), e.constant(1)),
  gradient: () => [null, null],
});

/** The second input where the first is not 0, the third elsewhere; what is not chosen may be infinite. */
export const whereOperation = elementwise({
  name: "where",
  value: ([condition, a, b]) => (condition !== 0 ? a! : b!),
  emit: (e, [condition, a, b]) => e.select(e.equal(condition!, e.constant(0)), b!, a!),
  gradient: (node, upstream) => {
    const [condition, a, b] = node.inputs as [Tensor, Tensor, Tensor];
    return [
      null,
      sumTo(where(condition, upstream, 0), a.shape),
      sumTo(where(condition, 0, upstream), b.shape),
    ];
  },
});

export const greaterOrEqual = (a: Operand, b: Operand): Tensor => binary(greaterOrEqualOperation, a, b);
export const less = (a: Operand, b: Operand): Tensor => greater(b, a);
export const lessOrEqual = (a: Operand, b: Operand): Tensor => greaterOrEqual(b, a);
export const equal = (a: Operand, b: Operand): Tensor => binary(equalOperation, a, b);
export const notEqual = (a: Operand, b: Operand): Tensor => subtract(1, equal(a, b));

/** `a` where `condition` is not 0, `b` elsewhere; the three broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const { graph } = condition;
  const lift = (operand: Operand) => (typeof operand === "number" ? graph.constant(operand) : operand);
  return graph.apply(whereOperation, [condition, lift(a), lift(b)]);
}

/** x held between two bounds. */
export const clip = (x: Tensor, low: Operand, high: Operand): Tensor => minimum(maximum(x, low), high);
