import { constantOperation, type Tensor } from "../graph.ts";
import type { Operation } from "../operation.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { elementwise } from "./elementwise.ts";
import { sumTo } from "./reduce.ts";

/** A tensor, or a number that stands for a scalar constant. */
export type Operand = Tensor | number;

/** Applies an operation of two operands, of which at least one is a tensor. */
export function binary(operation: Operation, a: Operand, b: Operand): Tensor {
  const graph = typeof a === "number" ? (b as Tensor).graph : a.graph;
  const lift = (operand: Operand) => (typeof operand === "number" ? graph.constant(operand) : operand);
  const [left, right] = [lift(a), lift(b)];
  return simplified(operation, left, right) ?? graph.apply(operation, [left, right]);
}

/**
 * What needs no node: a sum or product with its neutral element, arithmetic between scalar constants. Gradients
 * are full of both. A product with 0 stays, because 0 · ∞ is not 0.
 */
function simplified(operation: Operation, a: Tensor, b: Tensor): Tensor | undefined {
  const [left, right] = [scalarOf(a), scalarOf(b)];
  if (left !== undefined && right !== undefined && a.shape.length + b.shape.length === 0) {
    const value = operation.reference([constantValue(left), constantValue(right)], {}, [])[0]!;
    return a.graph.constant(value);
  }
  const isKept = (kept: Tensor, neutral: Tensor) =>
    sizeOf(neutral.shape) === 1 && (neutral.shape.length === 0 || sameShape(kept.shape, neutral.shape));
  if (operation === multiplyOperation || operation === divideOperation) {
    if (right === 1 && isKept(a, b)) return a;
    if (left === 1 && operation === multiplyOperation && isKept(b, a)) return b;
  }
  if (operation === addOperation || operation === subtractOperation) {
    if (right === 0 && isKept(a, b)) return a;
    if (left === 0 && operation === addOperation && isKept(b, a)) return b;
  }
  return undefined;
}

/** The value of a constant with one element. */
function scalarOf({ operation, values }: Tensor): number | undefined {
  return operation === constantOperation && values?.length === 1 ? values[0] : undefined;
}

const constantValue = (value: number) => ({ data: new Float64Array([value]), shape: [] });

/** The two gradients, summed back over the axes each operand was stretched along. */
function toOperands(node: Tensor, a: Tensor, b: Tensor): readonly [Tensor, Tensor] {
  return [sumTo(a, node.inputs[0]!.shape), sumTo(b, node.inputs[1]!.shape)];
}

export const addOperation = elementwise({
  name: "add",
  value: ([a, b]) => a! + b!,
  emit: (e, [a, b]) => e.add(a!, b!),
  gradient: (node, upstream) => toOperands(node, upstream, upstream),
});

export const subtractOperation = elementwise({
  name: "subtract",
  value: ([a, b]) => a! - b!,
  emit: (e, [a, b]) => e.subtract(a!, b!),
  gradient: (node, upstream) => toOperands(node, upstream, negate(upstream)),
});

export const multiplyOperation = elementwise({
  name: "multiply",
  value: ([a, b]) => a! * b!,
  emit: (e, [a, b]) => e.multiply(a!, b!),
  gradient: (node, upstream) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    return toOperands(node, multiply(upstream, b), multiply(upstream, a));
  },
});

export const divideOperation = elementwise({
  name: "divide",
  value: ([a, b]) => a! / b!,
  emit: (e, [a, b]) => e.divide(a!, b!),
  gradient: (node, upstream) => {
    const b = node.inputs[1]!;
    const overB = divide(upstream, b);
    return toOperands(node, overB, negate(multiply(overB, node)));
  },
});

/** The larger operand; where both are equal the gradient goes to the second. */
export const maximumOperation = elementwise({
  name: "maximum",
  value: ([a, b]) => Math.max(a!, b!),
  emit: (e, [a, b]) => e.max(a!, b!),
  gradient: (node, upstream) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const toA = multiply(upstream, greater(a, b));
    return toOperands(node, toA, subtract(upstream, toA));
  },
});

/** The smaller operand; where both are equal the gradient goes to the second. */
export const minimumOperation = elementwise({
  name: "minimum",
  value: ([a, b]) => Math.min(a!, b!),
  emit: (e, [a, b]) => e.min(a!, b!),
  gradient: (node, upstream) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const toA = multiply(upstream, greater(b, a));
    return toOperands(node, toA, subtract(upstream, toA));
  },
});

/** 1 where a > b, otherwise 0. A mask has no derivative. */
export const greaterOperation = elementwise({
  name: "greater",
  value: ([a, b]) => (a! > b! ? 1 : 0),
  emit: (e, [a, b]) => e.and(e.greater(a!, b!), e.constant(1)),
  gradient: () => [null, null],
});

export const negateOperation = elementwise({
  name: "negate",
  value: ([x]) => -x!,
  emit: (e, [x]) => e.negate(x!),
  gradient: (_node, upstream) => [negate(upstream)],
});

export const add = (a: Operand, b: Operand): Tensor => binary(addOperation, a, b);
export const subtract = (a: Operand, b: Operand): Tensor => binary(subtractOperation, a, b);
export const multiply = (a: Operand, b: Operand): Tensor => binary(multiplyOperation, a, b);
export const divide = (a: Operand, b: Operand): Tensor => binary(divideOperation, a, b);
export const maximum = (a: Operand, b: Operand): Tensor => binary(maximumOperation, a, b);
export const minimum = (a: Operand, b: Operand): Tensor => binary(minimumOperation, a, b);
export const greater = (a: Operand, b: Operand): Tensor => binary(greaterOperation, a, b);
export const negate = (x: Tensor): Tensor => x.graph.apply(negateOperation, [x]);
