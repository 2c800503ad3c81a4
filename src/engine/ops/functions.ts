/** Elementary functions of one argument. */
import type { Emitter, Vector } from "../compile/emitter.ts";
import { emitCos, emitSin } from "../compile/trigonometry.ts";
import { emitExp, emitLog } from "../compile/vector-math.ts";
import type { Tensor } from "../graph.ts";
import { divide, multiply, negate } from "./arithmetic.ts";
import { elementwise, numberAttribute } from "./elementwise.ts";

export const expOperation = elementwise({
  name: "exp",
  value: ([x]) => Math.exp(x!),
  emit: (e, [x]) => emitExp(e, x!),
  gradient: (node, upstream) => [multiply(upstream, node)],
});

export const logOperation = elementwise({
  name: "log",
  value: ([x]) => Math.log(x!),
  emit: (e, [x]) => emitLog(e, x!),
  gradient: (node, upstream) => [divide(upstream, node.inputs[0]!)],
});

export const sqrtOperation = elementwise({
  name: "sqrt",
  value: ([x]) => Math.sqrt(x!),
  emit: (e, [x]) => e.sqrt(x!),
  gradient: (node, upstream) => [divide(multiply(upstream, 0.5), node)],
});

export const squareOperation = elementwise({
  name: "square",
  value: ([x]) => x! * x!,
  emit: (e, [x]) => e.multiply(x!, x!),
  gradient: (node, upstream) => [multiply(upstream, multiply(node.inputs[0]!, 2))],
});

/** |x|; the derivative at 0 is taken as 0. */
export const absOperation = elementwise({
  name: "abs",
  value: ([x]) => Math.abs(x!),
  emit: (e, [x]) => e.abs(x!),
  gradient: (node, upstream) => [multiply(upstream, sign(node.inputs[0]!))],
});

/** −1, 0 or 1. Piecewise constant: no gradient flows through it. */
export const signOperation = elementwise({
  name: "sign",
  value: ([x]) => Math.sign(x!),
  emit: (e, [x]) => {
    const one = e.constant(1);
    const zero = e.constant(0);
    return e.subtract(e.and(e.greater(x!, zero), one), e.and(e.less(x!, zero), one));
  },
  gradient: () => [null],
});

/** sin x, x in radians; in 32 bits exact to its last places for |x| below some thousands. */
export const sinOperation = elementwise({
  name: "sin",
  value: ([x]) => Math.sin(x!),
  emit: (e, [x]) => emitSin(e, x!),
  gradient: (node, upstream) => [multiply(upstream, cos(node.inputs[0]!))],
});

export const cosOperation = elementwise({
  name: "cos",
  value: ([x]) => Math.cos(x!),
  emit: (e, [x]) => emitCos(e, x!),
  gradient: (node, upstream) => [negate(multiply(upstream, sin(node.inputs[0]!)))],
});

/** x to a fixed exponent; a base below 0 needs a whole one. */
export const powerOperation = elementwise({
  name: "power",
  value: ([x], attributes) => x! ** numberAttribute(attributes, "exponent"),
  emit: (e, [x], attributes) => emitPower(e, x!, numberAttribute(attributes, "exponent")),
  gradient: (node, upstream) => {
    const exponent = numberAttribute(node.attributes, "exponent");
    return [multiply(upstream, multiply(power(node.inputs[0]!, exponent - 1), exponent))];
  },
});

/** Whole exponents up to this are products. */
const LARGEST_PRODUCT = 16;

function emitPower(e: Emitter, x: Vector, exponent: number): Vector {
  if (exponent < 0) return e.divide(e.constant(1), emitPower(e, x, -exponent));
  if (exponent === 0.5) return e.sqrt(x);
  if (Number.isInteger(exponent) && exponent <= LARGEST_PRODUCT) {
    if (exponent === 0) return e.constant(1);
    if (exponent === 1) return x;
    const half = emitPower(e, x, Math.floor(exponent / 2));
    const even = e.multiply(half, half);
    return exponent % 2 === 0 ? even : e.multiply(even, x);
  }
  return emitExp(e, e.multiply(emitLog(e, x), e.constant(exponent)));
}

export const exp = (x: Tensor): Tensor => x.graph.apply(expOperation, [x]);
export const log = (x: Tensor): Tensor => x.graph.apply(logOperation, [x]);
export const sqrt = (x: Tensor): Tensor => x.graph.apply(sqrtOperation, [x]);
export const square = (x: Tensor): Tensor => x.graph.apply(squareOperation, [x]);
export const abs = (x: Tensor): Tensor => x.graph.apply(absOperation, [x]);
export const sign = (x: Tensor): Tensor => x.graph.apply(signOperation, [x]);
export const sin = (x: Tensor): Tensor => x.graph.apply(sinOperation, [x]);
export const cos = (x: Tensor): Tensor => x.graph.apply(cosOperation, [x]);
/** 1/√x. */
export const rsqrt = (x: Tensor): Tensor => divide(1, sqrt(x));
/** x to a fixed exponent. */
export function power(x: Tensor, exponent: number): Tensor {
  return exponent === 1 ? x : x.graph.apply(powerOperation, [x], { exponent });
}
