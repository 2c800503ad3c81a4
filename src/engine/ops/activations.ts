/** Activation functions. The linear one is the tensor itself and needs no entry. */
import { emitExp, emitLog1p, emitSigmoid, emitTanh } from "../compile/vector-math.ts";
import type { Tensor } from "../graph.ts";
import { numberAttribute } from "../operation.ts";
import { add, greater, multiply, subtract } from "./arithmetic.ts";
import { elementwise } from "./elementwise.ts";
import { square } from "./functions.ts";

export const tanhOperation = elementwise({
  name: "tanh",
  value: ([x]) => Math.tanh(x!),
  emit: (e, [x]) => emitTanh(e, x!),
  gradient: (node, upstream) => [multiply(upstream, subtract(1, square(node)))],
});

export const sigmoidOperation = elementwise({
  name: "sigmoid",
  value: ([x]) => 1 / (1 + Math.exp(-x!)),
  emit: (e, [x]) => emitSigmoid(e, x!),
  gradient: (node, upstream) => [multiply(upstream, multiply(node, subtract(1, node)))],
});

/** max(x, 0); the derivative at 0 is taken as 0. */
export const reluOperation = elementwise({
  name: "relu",
  value: ([x]) => (x! > 0 ? x! : Number.isNaN(x!) ? Number.NaN : 0),
  emit: (e, [x]) => e.max(x!, e.constant(0)),
  gradient: (node, upstream) => [multiply(upstream, greater(node.inputs[0]!, 0))],
});

/** x above 0, `slope`·x below. */
export const leakyReluOperation = elementwise({
  name: "leakyRelu",
  value: ([x], attributes) => (x! > 0 ? x! : numberAttribute(attributes, "slope") * x!),
  emit: (e, [x], attributes) => {
    const below = e.multiply(x!, e.constant(numberAttribute(attributes, "slope")));
    return e.select(e.greater(x!, e.constant(0)), x!, below);
  },
  gradient: (node, upstream) => {
    const slope = numberAttribute(node.attributes, "slope");
    const derivative = add(multiply(greater(node.inputs[0]!, 0), 1 - slope), slope);
    return [multiply(upstream, derivative)];
  },
});

/** √(2/π) and the cubic coefficient of the tanh form (Hendrycks & Gimpel 2016, arXiv:1606.08415). */
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/** ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))): the tanh form of GELU, as GPT-2 uses it. */
export const geluOperation = elementwise({
  name: "gelu",
  value: ([x]) => 0.5 * x! * (1 + Math.tanh(GELU_SCALE * (x! + GELU_CUBIC * x! ** 3))),
  emit: (e, [x]) => {
    const cubic = e.multiplyAdd(
      e.multiply(x!, x!),
      e.constant(GELU_CUBIC * GELU_SCALE),
      e.constant(GELU_SCALE),
    );
    // ½(1 + tanh u) = sigmoid(2u): the same value, without cancellation where tanh u is near −1.
    const doubled = e.multiply(e.multiply(cubic, x!), e.constant(2));
    return e.multiply(x!, emitSigmoid(e, doubled));
  },
  gradient: (node, upstream) => {
    const x = node.inputs[0]!;
    const squared = square(x);
    const inner = multiply(multiply(x, add(multiply(squared, GELU_CUBIC), 1)), GELU_SCALE);
    const innerDerivative = multiply(add(multiply(squared, 3 * GELU_CUBIC), 1), GELU_SCALE);
    const half = sigmoid(multiply(inner, 2));
    const slope = multiply(multiply(half, subtract(1, half)), multiply(innerDerivative, 2));
    return [multiply(upstream, add(half, multiply(x, slope)))];
  },
});

/** 1 where x ≥ 0, otherwise 0: the perceptron's activation. Its derivative is 0 everywhere, so it has none. */
export const stepOperation = elementwise({
  name: "step",
  value: ([x]) => (x! >= 0 ? 1 : 0),
  emit: (e, [x]) => e.and(e.greaterOrEqual(x!, e.constant(0)), e.constant(1)),
});

/** ln(1 + eˣ) without overflow: max(x, 0) + ln(1 + e^−|x|). */
export const softplusOperation = elementwise({
  name: "softplus",
  value: ([x]) => Math.max(x!, 0) + Math.log1p(Math.exp(-Math.abs(x!))),
  emit: (e, [x]) => e.add(e.max(x!, e.constant(0)), emitLog1p(e, emitExp(e, e.negate(e.abs(x!))))),
  gradient: (node, upstream) => [multiply(upstream, sigmoid(node.inputs[0]!))],
});

export const tanh = (x: Tensor): Tensor => x.graph.apply(tanhOperation, [x]);
export const sigmoid = (x: Tensor): Tensor => x.graph.apply(sigmoidOperation, [x]);
export const relu = (x: Tensor): Tensor => x.graph.apply(reluOperation, [x]);
export const leakyRelu = (x: Tensor, slope = 0.01): Tensor =>
  x.graph.apply(leakyReluOperation, [x], { slope });
export const gelu = (x: Tensor): Tensor => x.graph.apply(geluOperation, [x]);
export const step = (x: Tensor): Tensor => x.graph.apply(stepOperation, [x]);
export const softplus = (x: Tensor): Tensor => x.graph.apply(softplusOperation, [x]);
