/**
 * jax-js on its WebAssembly backend: the whole step, derivative and optimizer included, inside one `jit`. Every
 * function uses its arguments up, so what is needed again is passed as `.ref`.
 */
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  type Values,
  valueAndGrad,
} from "@jax-js/jax";
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

const PEER = "jax-js";

type Parameters = Record<string, Values>;
type Loss = (parameters: Parameters, ...batch: Values[]) => Values;

function valuesOf(initial: InitialParameters): Parameters {
  const entries = Object.entries(initial).map(([name, { shape, values }]) => [
    name,
    np.array(values, { shape: [...shape] }),
  ]);
  return Object.fromEntries(entries);
}

const map = (tree: Parameters, change: (values: Values, name: string) => Values): Parameters =>
  Object.fromEntries(Object.entries(tree).map(([name, values]) => [name, change(values, name)]));
const keep = (tree: Parameters): Parameters => map(tree, (values) => values.ref);

function sgd(initial: InitialParameters, rate: number, loss: Loss, batch: readonly Values[]): Contestant {
  let parameters = valuesOf(initial);
  const step = jit((now: Parameters, ...data: Values[]) => {
    const [value, slopes] = valueAndGrad(loss)(keep(now), ...data);
    value.dispose();
    return map(now, (values, name) => values.sub(slopes[name]!.mul(rate)));
  });
  const evaluate = jit(loss);
  return {
    peer: PEER,
    run: async (times) => {
      for (let i = 0; i < times; i++) {
        parameters = step(parameters, ...batch.map((values) => values.ref));
        await blockUntilReady(parameters);
      }
    },
    result: () => evaluate(keep(parameters), ...batch.map((values) => values.ref)).dataSync(),
  };
}

interface AdamState {
  readonly parameters: Parameters;
  readonly means: Parameters;
  readonly squares: Parameters;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly corrections: readonly [Values, Values];
}

/** The step of D. Kingma, J. Ba 2015, algorithm 1. */
function adamStep(loss: Loss, rate: number) {
  return (state: AdamState, ...data: Values[]): AdamState => {
    const [value, slopes] = valueAndGrad(loss)(keep(state.parameters), ...data);
    value.dispose();
    const means = map(state.means, (mean, name) => mean.mul(0.9).add(slopes[name]!.ref.mul(0.1)));
    const squares = map(state.squares, (square, name) =>
      square.mul(0.999).add(np.square(slopes[name]!).mul(0.001)),
    );
    const first = state.corrections[0].mul(0.9).add(0.1);
    const second = state.corrections[1].mul(0.999).add(0.001);
    const parameters = map(state.parameters, (values, name) => {
      const size = np.sqrt(squares[name]!.ref.div(second.ref)).add(1e-8);
      return values.sub(means[name]!.ref.div(first.ref).div(size).mul(rate));
    });
    return { parameters, means, squares, corrections: [first, second] };
  };
}

function adam(initial: InitialParameters, rate: number, loss: Loss, batch: readonly Values[]): Contestant {
  const parameters = valuesOf(initial);
  const zeros = () =>
    map(parameters, (_, name) => {
      const { shape, values } = initial[name]!;
      return np.array(new Float32Array(values.length), { shape });
    });
  const zero = () => np.array(new Float32Array(1), { shape: [] });
  let state: AdamState = { parameters, means: zeros(), squares: zeros(), corrections: [zero(), zero()] };
  const step = jit(adamStep(loss, rate));
  const evaluate = jit(loss);
  return {
    peer: PEER,
    run: async (times) => {
      for (let i = 0; i < times; i++) {
        state = step(state, ...batch.map((values) => values.ref));
        await blockUntilReady(state);
      }
    },
    result: () => evaluate(keep(state.parameters), ...batch.map((values) => values.ref)).dataSync(),
  };
}

function inference(initial: InitialParameters, outputs: Loss, batch: readonly Values[]): Contestant {
  const parameters = valuesOf(initial);
  const infer = jit(outputs);
  const once = () => infer(keep(parameters), ...batch.map((values) => values.ref));
  return {
    peer: PEER,
    run: async (times) => {
      for (let i = 0; i < times; i++) (await blockUntilReady(once())).dispose();
    },
    result: () => once().dataSync(),
  };
}

const dense = (x: Values, weights: Values, bias: Values) => np.matmul(x, weights).add(bias);
const crossEntropy = (logits: Values, targets: Values) =>
  nn.logSoftmax(logits, -1).mul(targets).sum(-1).mean().neg();
const oneHot = (labels: Int32Array, classes: number) =>
  nn.oneHot(np.array(labels, { shape: [labels.length], dtype: np.int32 }), classes);

function playground(batch: number): Contestant {
  const { x, targets } = playgroundBatch(batch);
  const data = [np.array(x, { shape: [batch, 2] }), np.array(targets, { shape: [batch, 1] })];
  const loss: Loss = (p, points, wanted) => {
    const output = [1, 2, 3].reduce((h, i) => np.tanh(dense(h, p[`w${i}`]!, p[`b${i}`]!)), points!);
    return np.square(output.sub(wanted!)).mean();
  };
  return sgd(playgroundParameters(batch), PLAYGROUND.rate, loss, data);
}

function pictureMlp(): Contestant {
  const { x, labels } = pictureBatch(PICTURE_MLP.batch);
  const data = [np.array(x, { shape: [PICTURE_MLP.batch, 784] }), oneHot(labels, 10)];
  const loss: Loss = (p, pictures, targets) =>
    crossEntropy(dense(nn.relu(dense(pictures!, p.w1!, p.b1!)), p.w2!, p.b2!), targets!);
  return adam(pictureMlpParameters(), PICTURE_MLP.rate, loss, data);
}

/** [batch, channels, h, w] → [batch, channels, h/2, w/2]. */
function pool(x: Values, batch: number, channels: number, extent: number): Values {
  const windows = x.reshape([batch, channels, extent / 2, 2, extent / 2, 2]);
  return np.max(np.max(windows, 5), 3);
}

const cnn =
  (batch: number): Loss =>
  (p, pictures) => {
    const block = (x: Values, i: number, channels: number, extent: number) => {
      const bias = p[`b${i}`]!.reshape([channels, 1, 1]);
      const sums = lax.convGeneralDilated(x, p[`w${i}`]!, [1, 1], "SAME").add(bias);
      return pool(nn.relu(sums), batch, channels, extent);
    };
    const features = block(block(pictures!, 1, 8, 28), 2, 16, 14).reshape([batch, 784]);
    return dense(features, p.w3!, p.b3!);
  };

const picturesOf = (batch: number) => np.array(pictureBatch(batch).x, { shape: [batch, 1, 28, 28] });

function cnnTraining(): Contestant {
  const { labels } = pictureBatch(CNN.batch);
  const loss: Loss = (p, pictures, targets) => crossEntropy(cnn(CNN.batch)(p, pictures!), targets!);
  return sgd(cnnParameters(), CNN.rate, loss, [picturesOf(CNN.batch), oneHot(labels, 10)]);
}

const cnnInference = (batch: number) => inference(cnnParameters(), cnn(batch), [picturesOf(batch)]);

const { batch, context, heads, width, vocabulary, layers } = GPT;
const rows = batch * context;

function normalize(x: Values, scale: Values, shift: Values): Values {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred.ref).mean(-1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(GPT.epsilon)))
    .mul(scale)
    .add(shift);
}

function attention(x: Values, p: Parameters, layer: number): Values {
  const all = dense(x, p[`query key value.${layer}`]!, p[`query key value bias.${layer}`]!);
  const [query, key, value] = np
    .split(all, 3, 1)
    .map((part) => part.reshape([batch, context, heads, width / heads]));
  const mixed = nn.dotProductAttention(query!, key!, value!, { isCausal: true });
  const joined = mixed.reshape([rows, width]);
  return dense(joined, p[`projection.${layer}`]!, p[`projection bias.${layer}`]!);
}

/** The logits from the embedded tokens [rows, width]. */
function gpt(p: Parameters, embedded: Values): Values {
  let x = embedded.reshape([batch, context, width]).add(p.positions!).reshape([rows, width]);
  for (let i = 0; i < layers; i++) {
    x = x.ref.add(attention(normalize(x, p[`scale1.${i}`]!, p[`shift1.${i}`]!), p, i));
    const normal = normalize(x.ref, p[`scale2.${i}`]!, p[`shift2.${i}`]!);
    const wide = nn.gelu(dense(normal, p[`wide.${i}`]!, p[`wide bias.${i}`]!), { approximate: true });
    x = x.add(dense(wide, p[`narrow.${i}`]!, p[`narrow bias.${i}`]!));
  }
  return np.matmul(normalize(x, p.scale!, p.shift!), p.head!);
}

/** Its `jit` refuses the derivative of a gather (“scatter input is not imm”): the product with one-hot rows does. */
function gptTraining(): Contestant {
  const { tokens, targets } = tokenBatch();
  const loss: Loss = (p, chosen, wanted) =>
    crossEntropy(gpt(p, np.matmul(chosen!, p["token table"]!)), wanted!);
  return adam(gptParameters(), GPT.rate, loss, [oneHot(tokens, vocabulary), oneHot(targets, vocabulary)]);
}

function gptInference(): Contestant {
  const tokens = np.array(tokenBatch().tokens, { shape: [rows], dtype: np.int32 });
  return inference(gptParameters(), (p, indices) => gpt(p, np.take(p["token table"]!, indices!, 0)), [
    tokens,
  ]);
}

function product(size: number): Contestant {
  const { a, b } = squareMatrices(size);
  const shape = [size, size];
  return inference({}, (_, left, right) => np.matmul(left!, right!), [
    np.array(a, { shape }),
    np.array(b, { shape }),
  ]);
}

const makers: Readonly<Record<WorkloadName, () => Contestant>> = {
  "mlp-playground-b10": () => playground(10),
  "mlp-playground-b200": () => playground(200),
  "mlp-mnist": pictureMlp,
  "cnn-mnist": cnnTraining,
  "cnn-mnist-infer-b1": () => cnnInference(1),
  "cnn-mnist-infer-b32": () => cnnInference(CNN.batch),
  "gpt-tiny": gptTraining,
  "gpt-tiny-infer-b8": gptInference,
  "gemm-256": () => product(256),
  "gemm-512": () => product(512),
};

let ready: Promise<void> | undefined;

async function start(): Promise<void> {
  await init("wasm");
  defaultDevice("wasm");
}

export async function jax(name: WorkloadName): Promise<Contestant | string> {
  ready ??= start();
  await ready;
  return makers[name]();
}
