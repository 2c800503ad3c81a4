/** Elementary functions of one argument. */
import { emitExp, emitLog } from "../compile/vector-math.ts";
import type { Tensor } from "../graph.ts";
import { divide, multiply } from "./arithmetic.ts";
import { elementwise } from "./elementwise.ts";

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

export const exp = (x: Tensor): Tensor => x.graph.apply(expOperation, [x]);
export const log = (x: Tensor): Tensor => x.graph.apply(logOperation, [x]);
export const sqrt = (x: Tensor): Tensor => x.graph.apply(sqrtOperation, [x]);
export const square = (x: Tensor): Tensor => x.graph.apply(squareOperation, [x]);
export const abs = (x: Tensor): Tensor => x.graph.apply(absOperation, [x]);
export const sign = (x: Tensor): Tensor => x.graph.apply(signOperation, [x]);
