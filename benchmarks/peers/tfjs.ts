/** TensorFlow.js on its WebAssembly backend, one thread. */
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import {
  CNN,
  cnnParameters,
  GPT,
  gptParameters,
  type InitialParameters,
  PICTURE_MLP,
  PLAYGROUND,
  pictureBatch,
  pictureMlpParameters,
  playgroundBatch,
  squareMatrices,
  tokenBatch,
} from "../../src/lab/speed/data.ts";
import type { Contestant } from "../../src/lab/speed/measure.ts";
import type { WorkloadName } from "../../src/lab/speed/workloads.ts";
import { playgroundParameters } from "./playground.ts";

const PEER = "tfjs-wasm";

type Leaf = (name: string) => tf.Tensor;

function variables(initial: InitialParameters): { leaf: Leaf; all: tf.Tensor[] } {
  const entries = Object.entries(initial).map(
    ([name, { shape, values }]) => [name, tf.variable(tf.tensor(values, shape))] as const,
  );
  const byName = new Map(entries);
  return { leaf: (name) => byName.get(name)!, all: entries.map(([, variable]) => variable) };
}

/** As its documentation trains: an optimizer minimises the loss over all variables. */
function training(
  initial: InitialParameters,
  optimizer: tf.Optimizer,
  loss: (leaf: Leaf) => tf.Tensor,
): Contestant {
  const { leaf, all } = variables(initial);
  return {
    peer: PEER,
    run: (times) => {
      for (let i = 0; i < times; i++) optimizer.minimize(() => loss(leaf), false, all);
    },
    result: () => tf.tidy(() => loss(leaf).dataSync().slice()),
  };
}

/** The backend computes at once; nothing waits to be read. */
function inference(outputs: () => tf.Tensor): Contestant {
  return {
    peer: PEER,
    run: (times) => {
      for (let i = 0; i < times; i++) tf.tidy(() => void outputs());
    },
    result: () => tf.tidy(() => outputs().dataSync().slice()),
  };
}

const adam = (rate: number) => tf.train.adam(rate, 0.9, 0.999, 1e-8);

const crossEntropy = (logits: tf.Tensor, targets: tf.Tensor) =>
  tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1)));

const dense = (x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) => tf.add(tf.matMul(x, weights), bias);

function playground(batch: number): Contestant {
  const { x, targets } = playgroundBatch(batch);
  const [points, wanted] = [tf.tensor(x, [batch, 2]), tf.tensor(targets, [batch, 1])];
  return training(playgroundParameters(batch), tf.train.sgd(PLAYGROUND.rate), (leaf) => {
    const layers = [1, 2, 3];
    const output = layers.reduce((h, i) => tf.tanh(dense(h, leaf(`w${i}`), leaf(`b${i}`))), points);
    return tf.mean(tf.square(tf.sub(output, wanted)));
  });
}

function pictureMlp(): Contestant {
  const { x, labels } = pictureBatch(PICTURE_MLP.batch);
  const pictures = tf.tensor(x, [PICTURE_MLP.batch, 784]);
  const targets = tf.oneHot(tf.tensor(labels, [PICTURE_MLP.batch], "int32"), 10);
  return training(pictureMlpParameters(), adam(PICTURE_MLP.rate), (leaf) => {
    const hidden = tf.relu(dense(pictures, leaf("w1"), leaf("b1")));
    return crossEntropy(dense(hidden, leaf("w2"), leaf("b2")), targets);
  });
}

/** Pictures with the channel last, the only order its backend knows: filters and rows are moved once, before. */
function cnnInference(batch: number): Contestant {
  const pictures = tf.tensor(pictureBatch(batch).x, [batch, 28, 28, 1]);
  const { leaf } = variables(cnnParameters());
  const filters = (name: string) => tf.transpose(leaf(name), [2, 3, 1, 0]);
  const [w1, w2] = [filters("w1"), filters("w2")];
  const w3 = tf.reshape(tf.transpose(tf.reshape(leaf("w3"), [16, 7, 7, 10]), [1, 2, 0, 3]), [784, 10]);
  const block = (x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) =>
    tf.maxPool(tf.relu(tf.add(tf.conv2d(x, weights, 1, "same"), bias)), 2, 2, "valid");
  return inference(() => {
    const second = block(block(pictures, w1, leaf("b1")), w2, leaf("b2"));
    return dense(tf.reshape(second, [batch, 784]), w3, leaf("b3"));
  });
}

const { batch, context, heads, width, vocabulary, layers } = GPT;
const rows = batch * context;

function normalize(x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), GPT.epsilon));
  return tf.add(tf.mul(tf.div(centred, deviation), scale), shift);
}

/** ½x(1 + tanh(√(2/π)(x + 0.044715x³))). */
function gelu(x: tf.Tensor): tf.Tensor {
  const inner = tf.mul(x, tf.add(tf.mul(tf.square(x), 0.044715), 1));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(inner, Math.sqrt(2 / Math.PI))), 1));
}

function attention(x: tf.Tensor, leaf: Leaf, layer: number, mask: tf.Tensor): tf.Tensor {
  const all = dense(x, leaf(`query key value.${layer}`), leaf(`query key value bias.${layer}`));
  const [query, key, value] = tf
    .split(all, 3, 1)
    .map((part) => tf.transpose(tf.reshape(part, [batch, context, heads, width / heads]), [0, 2, 1, 3]));
  const scores = tf.mul(tf.matMul(query!, key!, false, true), 1 / Math.sqrt(width / heads));
  const mixed = tf.matMul(tf.softmax(tf.add(scores, mask)), value!);
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [rows, width]);
  return dense(joined, leaf(`projection.${layer}`), leaf(`projection bias.${layer}`));
}

/** Logits [batch · context, vocabulary]. */
function gpt(leaf: Leaf, embedded: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  let x = tf.reshape(tf.add(tf.reshape(embedded, [batch, context, width]), leaf("positions")), [rows, width]);
  for (let i = 0; i < layers; i++) {
    x = tf.add(x, attention(normalize(x, leaf(`scale1.${i}`), leaf(`shift1.${i}`)), leaf, i, mask));
    const wide = dense(
      normalize(x, leaf(`scale2.${i}`), leaf(`shift2.${i}`)),
      leaf(`wide.${i}`),
      leaf(`wide bias.${i}`),
    );
    x = tf.add(x, dense(gelu(wide), leaf(`narrow.${i}`), leaf(`narrow bias.${i}`)));
  }
  return tf.matMul(normalize(x, leaf("scale"), leaf("shift")), leaf("head"));
}

function causalMask(): tf.Tensor {
  const values = Float32Array.from({ length: context * context }, (_, i) =>
    i % context > Math.floor(i / context) ? -1e9 : 0,
  );
  return tf.tensor(values, [context, context]);
}

function gptTraining(): Contestant {
  const { tokens, targets } = tokenBatch();
  const oneHot = (values: Int32Array) => tf.oneHot(tf.tensor(values, [rows], "int32"), vocabulary);
  // The derivative of a gather has no kernel on this backend: the product with one-hot rows has.
  const [chosen, wanted] = [oneHot(tokens), oneHot(targets)];
  const mask = causalMask();
  return training(gptParameters(), adam(GPT.rate), (leaf) =>
    crossEntropy(gpt(leaf, tf.matMul(chosen, leaf("token table")), mask), wanted),
  );
}

function gptInference(): Contestant {
  const tokens = tf.tensor(tokenBatch().tokens, [rows], "int32");
  const { leaf } = variables(gptParameters());
  const mask = causalMask();
  return inference(() => gpt(leaf, tf.gather(leaf("token table"), tokens), mask));
}

function product(size: number): Contestant {
  const matrices = squareMatrices(size);
  const [a, b] = [tf.tensor(matrices.a, [size, size]), tf.tensor(matrices.b, [size, size])];
  return inference(() => tf.matMul(a, b));
}

const makers: Readonly<Partial<Record<WorkloadName, () => Contestant>>> = {
  "mlp-playground-b10": () => playground(10),
  "mlp-playground-b200": () => playground(200),
  "mlp-mnist": pictureMlp,
  "cnn-mnist-infer-b1": () => cnnInference(1),
  "cnn-mnist-infer-b32": () => cnnInference(CNN.batch),
  "gpt-tiny": gptTraining,
  "gpt-tiny-infer-b8": gptInference,
  "gemm-256": () => product(256),
  "gemm-512": () => product(512),
};

let ready: Promise<void> | undefined;

async function start(): Promise<void> {
  setThreadsCount(1);
  // On an isolated page it would load its build for threads all the same.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    "tfjs-backend-wasm-threaded-simd.wasm": threaded,
  });
  if (!(await tf.setBackend("wasm"))) throw new Error("the WebAssembly backend of tfjs does not start");
  await tf.ready();
}

export async function tfjs(name: WorkloadName): Promise<Contestant | string> {
  ready ??= start();
  await ready;
  return makers[name]?.() ?? "no kernel for the gradient of a convolution (Conv2DBackpropFilter)";
}
