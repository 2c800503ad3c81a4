/** ConvNetJS: sample by sample, in 64-bit numbers, as its trainer does it. */
import convnetjs, { type Network, type Target, type Volume } from "convnetjs";
import {
  CNN,
  cnnParameters,
  type InitialParameters,
  PICTURE_MLP,
  PLAYGROUND,
  pictureBatch,
  pictureMlpParameters,
  playgroundBatch,
} from "../../src/lab/speed/data.ts";
import type { Contestant } from "../../src/lab/speed/measure.ts";
import type { WorkloadName } from "../../src/lab/speed/workloads.ts";
import { playgroundParameters } from "./playground.ts";

const PEER = "ConvNetJS";

interface Sample {
  readonly x: Volume;
  readonly target: Target;
}

function volume(width: number, height: number, depth: number, values: ArrayLike<number>): Volume {
  const result = new convnetjs.Vol(width, height, depth, 0);
  result.w.set(values);
  return result;
}

/** Rows [inputs, outputs] of a dense layer into its neurons; `order[i]` is the row that input i belongs to. */
function fillDense(
  network: Network,
  layer: number,
  initial: InitialParameters,
  name: string,
  order?: number[],
) {
  const { values, shape } = initial[name]!;
  const [inputs, outputs] = [shape[0]!, shape[1]!];
  network.layers[layer]!.filters!.forEach((filter, j) => {
    for (let i = 0; i < inputs; i++) filter.w[i] = values[(order?.[i] ?? i) * outputs + j]!;
  });
  network.layers[layer]!.biases!.w.fill(0);
}

/** Filters [out, in, height, width] into volumes, whose channels lie side by side. */
function fillFilters(network: Network, layer: number, initial: InitialParameters, name: string) {
  const { values, shape } = initial[name]!;
  const [inputs, area] = [shape[1]!, shape[2]! * shape[3]!];
  network.layers[layer]!.filters!.forEach((filter, out) => {
    for (let c = 0; c < inputs; c++)
      for (let at = 0; at < area; at++) filter.w[at * inputs + c] = values[(out * inputs + c) * area + at]!;
  });
  network.layers[layer]!.biases!.w.fill(0);
}

/** Mean cost over the samples, times `scale`. */
function meanCost(network: Network, samples: readonly Sample[], scale: number): number[] {
  const last = network.layers.at(-1)!;
  let total = 0;
  for (const { x, target } of samples) {
    network.forward(x, false);
    total += last.backward(target);
  }
  return [(scale * total) / samples.length];
}

/** `costScale`: what turns its cost into our loss. */
function descent(network: Network, samples: readonly Sample[], rate: number, costScale = 1): Contestant {
  const options = { method: "sgd", learning_rate: rate, momentum: 0, l2_decay: 0 };
  const trainer = new convnetjs.Trainer(network, { ...options, batch_size: samples.length });
  return {
    peer: PEER,
    run: (times) => {
      for (let i = 0; i < times; i++) for (const { x, target } of samples) trainer.train(x, target);
    },
    result: () => meanCost(network, samples, costScale),
  };
}

function playground(batch: number): Contestant {
  const { x, targets } = playgroundBatch(batch);
  const network = new convnetjs.Net();
  network.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
    ...[8, 8, 1].map((num_neurons) => ({ type: "fc", num_neurons, activation: "tanh" })),
  ]);
  // The definition "regression" would put one more dense layer before it.
  network.layers.push(new convnetjs.RegressionLayer({ in_sx: 1, in_sy: 1, in_depth: 1 }));
  const initial = playgroundParameters(batch);
  [1, 2, 3].forEach((i) => {
    fillDense(network, 2 * i - 1, initial, `w${i}`);
  });
  const samples = Array.from(targets, (target, i) => ({
    x: volume(1, 1, 2, x.subarray(2 * i, 2 * i + 2)),
    target: [target],
  }));
  // Its cost is twice the square, and the slope it uses half the square's.
  return descent(network, samples, 2 * PLAYGROUND.rate, 1 / 2);
}

function pictures(batch: number): Sample[] {
  const { x, labels } = pictureBatch(batch);
  return Array.from(labels, (target, i) => ({
    x: volume(28, 28, 1, x.subarray(784 * i, 784 * (i + 1))),
    target,
  }));
}

/** Its trainer knows no Adam; this is Adam over the parameters and gradients it hands out. */
function pictureMlp(): Contestant {
  const network = new convnetjs.Net();
  network.makeLayers([
    { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
    { type: "fc", num_neurons: 128, activation: "relu" },
    { type: "softmax", num_classes: 10 },
  ]);
  const initial = pictureMlpParameters();
  fillDense(network, 1, initial, "w1");
  fillDense(network, 3, initial, "w2");
  const samples = pictures(PICTURE_MLP.batch);
  const states = network
    .getParamsAndGrads()
    .map(({ params }) => [new Float64Array(params.length), new Float64Array(params.length)] as const);
  let steps = 0;
  const update = () => {
    steps += 1;
    const rate = PICTURE_MLP.rate / (1 - 0.9 ** steps);
    const correction = 1 - 0.999 ** steps;
    network.getParamsAndGrads().forEach(({ params, grads }, at) => {
      const [mean, square] = states[at]!;
      for (let i = 0; i < params.length; i++) {
        const slope = grads[i]! / samples.length;
        mean[i] = 0.9 * mean[i]! + 0.1 * slope;
        square[i] = 0.999 * square[i]! + 0.001 * slope * slope;
        params[i]! -= (rate * mean[i]!) / (Math.sqrt(square[i]! / correction) + 1e-8);
        grads[i] = 0;
      }
    });
  };
  return {
    peer: PEER,
    run: (times) => {
      for (let i = 0; i < times; i++) {
        for (const { x, target } of samples) {
          network.forward(x, true);
          network.backward(target);
        }
        update();
      }
    },
    result: () => meanCost(network, samples, 1),
  };
}

function cnn(): Network {
  const network = new convnetjs.Net();
  const conv = (filters: number) => [
    { type: "conv", sx: 5, filters, stride: 1, pad: 2, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
  ];
  network.makeLayers([
    { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
    ...conv(8),
    ...conv(16),
    { type: "softmax", num_classes: 10 },
  ]);
  const initial = cnnParameters();
  fillFilters(network, 1, initial, "w1");
  fillFilters(network, 4, initial, "w2");
  const order = Array.from({ length: 784 }, (_, i) => (i % 16) * 49 + Math.floor(i / 16));
  fillDense(network, 7, initial, "w3", order);
  return network;
}

function cnnInference(batch: number): Contestant {
  const network = cnn();
  // Without the softmax at its end: the others stop at the logits as well.
  network.layers = network.layers.slice(0, -1);
  const samples = pictures(batch);
  return {
    peer: PEER,
    run: (times) => {
      for (let i = 0; i < times; i++) for (const { x } of samples) network.forward(x, false);
    },
    result: () => samples.flatMap(({ x }) => [...network.forward(x, false).w]),
  };
}

const makers: Readonly<Partial<Record<WorkloadName, () => Contestant>>> = {
  "mlp-playground-b10": () => playground(10),
  "mlp-playground-b200": () => playground(200),
  "mlp-mnist": pictureMlp,
  "cnn-mnist": () => descent(cnn(), pictures(CNN.batch), CNN.rate),
  "cnn-mnist-infer-b1": () => cnnInference(1),
  "cnn-mnist-infer-b32": () => cnnInference(CNN.batch),
};

export async function convnet(name: WorkloadName): Promise<Contestant | string> {
  const reason = name.startsWith("gpt") ? "no attention" : "no matrix product of its own";
  return makers[name]?.() ?? reason;
}
