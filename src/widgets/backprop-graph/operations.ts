/** What a node may do: the engine's own operation, and how its local derivative is written. */
import type { Tensor } from "../../engine/graph.ts";
import { relu, sigmoid, tanh } from "../../engine/ops/activations.ts";
import { add, divide, multiply, subtract } from "../../engine/ops/arithmetic.ts";
import { exp, log, square } from "../../engine/ops/functions.ts";

export const OPERATION_KINDS = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "square",
  "tanh",
  "sigmoid",
  "relu",
  "exp",
  "log",
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export interface NodeOperation {
  /** Short sign in the node and on its button. */
  readonly symbol: string;
  /** Spoken and in lists. */
  readonly label: string;
  readonly arity: 1 | 2;
  readonly build: (inputs: readonly Tensor[]) => Tensor;
  /** The operation with texts in the places of its inputs. */
  readonly write: (inputs: readonly string[]) => string;
  /** ∂node/∂input, with texts in the places of the inputs and of the node's own value. */
  readonly slope: (slot: number, inputs: readonly string[], output: string) => string;
}

const unary = (
  symbol: string,
  label: string,
  apply: (x: Tensor) => Tensor,
  write: (x: string) => string,
  slope: (x: string, y: string) => string,
): NodeOperation => ({
  symbol,
  label,
  arity: 1,
  build: ([x]) => apply(x!),
  write: ([x]) => write(x!),
  slope: (_slot, [x], y) => slope(x!, y),
});

const binary = (
  symbol: string,
  label: string,
  apply: (a: Tensor, b: Tensor) => Tensor,
  slopes: readonly [(a: string, b: string) => string, (a: string, b: string) => string],
): NodeOperation => ({
  symbol,
  label,
  arity: 2,
  build: ([a, b]) => apply(a!, b!),
  write: ([a, b]) => `${a} ${symbol} ${b}`,
  slope: (slot, [a, b]) => slopes[slot === 0 ? 0 : 1](a!, b!),
});

export const OPERATIONS: Readonly<Record<OperationKind, NodeOperation>> = {
  add: binary("+", "더하기", add, [() => "1", () => "1"]),
  subtract: binary("−", "빼기", subtract, [() => "1", () => "−1"]),
  multiply: binary("×", "곱하기", multiply, [(_a, b) => b, (a) => a]),
  divide: binary("÷", "나누기", divide, [(_a, b) => `1 / ${b}`, (a, b) => `−${a} / ${b}²`]),
  square: unary(
    "( )²",
    "제곱",
    square,
    (x) => `${x}²`,
    (x) => `2 × ${x}`,
  ),
  tanh: unary(
    "tanh",
    "tanh",
    tanh,
    (x) => `tanh(${x})`,
    (_x, y) => `1 − ${y}²`,
  ),
  sigmoid: unary(
    "σ",
    "시그모이드",
    sigmoid,
    (x) => `σ(${x})`,
    (_x, y) => `${y} × (1 − ${y})`,
  ),
  relu: unary(
    "ReLU",
    "렐루",
    relu,
    (x) => `ReLU(${x})`,
    (x) => `${x} > 0이면 1, 아니면 0`,
  ),
  exp: unary(
    "eˣ",
    "지수 함수",
    exp,
    (x) => `exp(${x})`,
    (_x, y) => y,
  ),
  log: unary(
    "ln",
    "자연로그",
    log,
    (x) => `ln(${x})`,
    (x) => `1 / ${x}`,
  ),
};
