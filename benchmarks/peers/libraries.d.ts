/**
 * The part of the peers' interfaces that the benchmark uses, so that it can be checked on a machine where they are
 * not installed.
 */
declare module "@tensorflow/tfjs" {
  export function env(): { set(flag: string, value: boolean): void };
  export interface Tensor {
    dataSync(): Float32Array;
    dispose(): void;
  }
  export interface Optimizer {
    minimize(loss: () => Tensor, returnCost: boolean, variables: Tensor[]): Tensor | null;
    dispose(): void;
  }
  export const version: { readonly tfjs: string };
  export const train: {
    sgd(rate: number): Optimizer;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
  };
  export function setBackend(name: string): Promise<boolean>;
  export function ready(): Promise<void>;
  export function tidy<Result>(body: () => Result): Result;
  export function tensor(
    values: ArrayLike<number>,
    shape: readonly number[],
    type?: "float32" | "int32",
  ): Tensor;
  export function variable(initial: Tensor): Tensor;
  export function scalar(value: number): Tensor;
  export function matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  export function add(a: Tensor, b: Tensor | number): Tensor;
  export function sub(a: Tensor, b: Tensor | number): Tensor;
  export function mul(a: Tensor, b: Tensor | number): Tensor;
  export function div(a: Tensor, b: Tensor | number): Tensor;
  export function neg(a: Tensor): Tensor;
  export function relu(a: Tensor): Tensor;
  export function tanh(a: Tensor): Tensor;
  export function square(a: Tensor): Tensor;
  export function sqrt(a: Tensor): Tensor;
  export function softmax(a: Tensor): Tensor;
  export function logSoftmax(a: Tensor): Tensor;
  export function mean(a: Tensor, axis?: number, keepDims?: boolean): Tensor;
  export function sum(a: Tensor, axis?: number, keepDims?: boolean): Tensor;
  export function reshape(a: Tensor, shape: readonly number[]): Tensor;
  export function transpose(a: Tensor, order: readonly number[]): Tensor;
  export function split(a: Tensor, parts: number, axis: number): Tensor[];
  export function gather(a: Tensor, indices: Tensor): Tensor;
  export function oneHot(indices: Tensor, classes: number): Tensor;
  export function conv2d(x: Tensor, filters: Tensor, stride: number, padding: "same"): Tensor;
  export function maxPool(x: Tensor, size: number, stride: number, padding: "valid"): Tensor;
}

declare module "@tensorflow/tfjs-backend-wasm" {
  export function setWasmPaths(paths: Readonly<Record<string, string>>): void;
  export function setThreadsCount(count: number): void;
}

/** An array is used up by every function that takes it; `ref` keeps it for one use more. */
declare module "@jax-js/jax" {
  export interface Values {
    readonly ref: Values;
    add(other: Values | number): Values;
    sub(other: Values | number): Values;
    mul(other: Values | number): Values;
    div(other: Values | number): Values;
    neg(): Values;
    sum(axis?: number, options?: { keepdims: boolean }): Values;
    mean(axis?: number, options?: { keepdims: boolean }): Values;
    reshape(shape: readonly number[]): Values;
    transpose(order?: readonly number[]): Values;
    dataSync(): Float32Array;
    dispose(): void;
  }
  export type Tree = readonly Values[];
  export function init(device: string): Promise<string[]>;
  export function defaultDevice(device: string): string;
  export function blockUntilReady<Result>(values: Result): Promise<Result>;
  export function jit<Arguments extends unknown[], Result>(
    body: (...values: Arguments) => Result,
  ): (...values: Arguments) => Result;
  export function valueAndGrad<First, Rest extends unknown[]>(
    body: (first: First, ...rest: Rest) => Values,
  ): (first: First, ...rest: Rest) => [Values, First];
  export const numpy: {
    readonly float32: string;
    readonly int32: string;
    array(values: Float32Array | Int32Array, options: { shape: readonly number[]; dtype?: string }): Values;
    matmul(a: Values, b: Values): Values;
    sqrt(a: Values): Values;
    tanh(a: Values): Values;
    square(a: Values): Values;
    take(a: Values, indices: Values, axis: number): Values;
    split(a: Values, parts: number, axis: number): Values[];
    max(a: Values, axis: number): Values;
  };
  export const nn: {
    relu(a: Values): Values;
    gelu(a: Values, options: { approximate: boolean }): Values;
    softmax(a: Values, axis: number): Values;
    logSoftmax(a: Values, axis: number): Values;
    oneHot(a: Values, classes: number): Values;
    dotProductAttention(query: Values, key: Values, value: Values, options: { isCausal: boolean }): Values;
  };
  export const lax: {
    convGeneralDilated(x: Values, filters: Values, strides: readonly number[], padding: "SAME"): Values;
    reduceWindow(
      x: Values,
      computation: (window: Values) => Values,
      size: readonly number[],
      strides: readonly number[],
    ): Values;
  };
}

declare module "convnetjs" {
  export interface Volume {
    readonly w: Float64Array;
    readonly dw: Float64Array;
  }
  export interface Layer {
    readonly layer_type: string;
    readonly filters?: readonly Volume[];
    readonly biases?: Volume;
    backward(target: Target): number;
  }
  export type Target = number | readonly number[];
  export interface Network {
    layers: Layer[];
    makeLayers(definitions: readonly Readonly<Record<string, unknown>>[]): void;
    forward(x: Volume, training: boolean): Volume;
    backward(target: Target): number;
    getParamsAndGrads(): { readonly params: Float64Array; readonly grads: Float64Array }[];
  }
  const convnetjs: {
    readonly Vol: new (width: number, height: number, depth: number, value: number) => Volume;
    readonly Net: new () => Network;
    readonly RegressionLayer: new (options: Readonly<Record<string, number>>) => Layer;
    readonly Trainer: new (
      network: Network,
      options: Readonly<Record<string, unknown>>,
    ) => { train(x: Volume, target: Target): unknown };
  };
  export default convnetjs;
}
