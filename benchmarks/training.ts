/**
 * One training step of 2-8-8-1, tanh, mean squared error: ours beside plain JavaScript, in the same page, taking
 * turns. Before measuring, every contestant trains the same batches from the same parameters, and their losses
 * must agree.
 */
import { Random } from "../src/engine/random.ts";
import { createMlp } from "../src/nn/mlp.ts";
import { FlatNetwork } from "./peers/flat.ts";
import { ObjectNetwork } from "./peers/objects.ts";

const SAMPLES = 200;
const RATE = 0.03;
const WIDTHS = [2, 8, 8, 1];
const ROUNDS = 7;
const ROUND_MS = 250;

interface Contestant {
  readonly name: string;
  step(times: number): void;
  loss(): number;
}

export interface Measured {
  readonly name: string;
  /** Median over the rounds. */
  readonly stepsPerSecond: number;
  readonly lossAfterCheck: number;
}

/** XOR: the sign of x·y, as ±1. */
function makeData(): { x: Float32Array; targets: Float32Array } {
  const random = new Random(2026);
  const x = Float32Array.from({ length: SAMPLES * 2 }, () => random.uniform(-1, 1));
  const targets = Float32Array.from({ length: SAMPLES }, (_, i) => (x[2 * i]! * x[2 * i + 1]! > 0 ? 1 : -1));
  return { x, targets };
}

interface PlainNetwork {
  step(x: Float32Array, targets: Float32Array, indices: Int32Array, rate: number): void;
  predict(x: Float32Array, at: number): number;
}

function contestants(batchSize: number): Contestant[] {
  const { x, targets } = makeData();
  const mlp = createMlp({
    ...{ inputs: 2, hidden: WIDTHS.slice(1, -1), outputs: 1, activation: "tanh", outputActivation: "tanh" },
    ...{ loss: "mse", regularization: "none", optimizer: "sgd", batchSize, seed: 1 },
    ...{ trainCount: SAMPLES, testCount: 1, gridCount: 1 },
  });
  mlp.setTrain(x, targets);
  const initial = [1, 2, 3].map((layer) => mlp.parameter(`weights${layer}`).slice());
  const order = mlp.batchOrder.slice();
  const plain = (name: string, network: PlainNetwork): Contestant => {
    let cursor = 0;
    return {
      name,
      step: (times) => {
        for (let i = 0; i < times; i++) {
          network.step(x, targets, order.subarray(cursor, cursor + batchSize), RATE);
          cursor = (cursor + batchSize) % order.length;
        }
      },
      loss: () => {
        const errors = targets.map((target, i) => (network.predict(x, 2 * i) - target) ** 2);
        return errors.reduce((total, error) => total + error, 0) / SAMPLES;
      },
    };
  };
  const ours = { learningRate: RATE, regularizationRate: 0 };
  return [
    {
      name: `ours (${mlp.backend})`,
      step: (times) => void mlp.step(times, ours),
      loss: () => mlp.evaluate().trainLoss,
    },
    plain("plain JavaScript, objects", new ObjectNetwork(WIDTHS, initial)),
    plain("plain JavaScript, flat arrays", new FlatNetwork(WIDTHS, initial)),
  ];
}

/** @throws Error when the losses of the contestants part company. */
export function measureTraining(batchSize: number): Measured[] {
  const all = contestants(batchSize);
  const losses = all.map((contestant) => {
    contestant.step(400);
    return contestant.loss();
  });
  for (const [i, loss] of losses.entries()) {
    if (!(Math.abs(loss - losses[0]!) < 1e-3 * losses[0]!)) {
      throw new Error(`${all[i]!.name}: loss ${loss} instead of ${losses[0]}`);
    }
  }
  const rates = all.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, contestant] of all.entries()) {
      rates[i]!.push(stepsPerSecond(contestant));
    }
  }
  return all.map(({ name }, i) => ({
    name,
    stepsPerSecond: rates[i]!.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!,
    lossAfterCheck: losses[i]!,
  }));
}

function stepsPerSecond({ step }: Contestant): number {
  let steps = 0;
  let chunk = 16;
  const start = performance.now();
  for (;;) {
    step(chunk);
    steps += chunk;
    const elapsed = performance.now() - start;
    if (elapsed >= ROUND_MS) return (steps / elapsed) * 1000;
    chunk = Math.min(chunk * 2, 4096);
  }
}
