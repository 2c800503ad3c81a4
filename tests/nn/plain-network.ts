/** A fully connected network sample by sample in double precision, written from the formulas alone. */
import type { MlpConfig } from "../../src/nn/mlp.ts";

const FUNCTIONS: Record<MlpConfig["activation"], (z: number) => number> = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  "leaky-relu": (z) => (z > 0 ? z : 0.01 * z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  // The tanh form: Hendrycks & Gimpel 2016, https://arxiv.org/abs/1606.08415, section 2.
  gelu: (z) => 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
};

/** Derivatives by central differences: independent of anyone's calculus. */
const slope = (f: (z: number) => number, z: number) => (f(z + 1e-6) - f(z - 1e-6)) / 2e-6;

export function plainNetwork(config: MlpConfig, parameters: Map<string, Float64Array>) {
  const widths = [config.inputs, ...config.hidden, 1];
  const last = widths.length - 1;
  const functionOf = (layer: number) =>
    FUNCTIONS[layer === last ? config.outputActivation : config.activation];
  const weightsOf = (layer: number) => parameters.get(`weights${layer}`)!;
  const biasOf = (layer: number) => parameters.get(`bias${layer}`)!;
  const sampleLoss = (y: number, t: number) =>
    config.loss === "mse" ? (y - t) ** 2 : Math.log(1 + Math.exp(y)) - y * t;

  /** Sums before activation of every layer from the first, and activations from the inputs on. */
  function run(x: number, y: number) {
    const activations = [[x, y]];
    const sums: number[][] = [[]];
    for (let layer = 1; layer <= last; layer++) {
      const below = activations[layer - 1]!;
      const z = Array.from(biasOf(layer), (bias, j) =>
        below.reduce((sum, value, i) => sum + value * weightsOf(layer)[i * widths[layer]! + j]!, bias),
      );
      sums.push(z);
      activations.push(z.map(functionOf(layer)));
    }
    return { activations, sums };
  }

  /** Mean gradient over samples, by the chain rule. */
  function gradient(points: ArrayLike<number>, targets: ArrayLike<number>, batch: readonly number[]) {
    const total = new Map([...parameters].map(([name, values]) => [name, new Float64Array(values.length)]));
    for (const sample of batch) {
      const { activations, sums } = run(points[2 * sample]!, points[2 * sample + 1]!);
      const y = activations[last]![0]!;
      let upstream = [slope((value) => sampleLoss(value, targets[sample]!), y) / batch.length];
      for (let layer = last; layer > 0; layer--) {
        const delta = upstream.map((value, j) => value * slope(functionOf(layer), sums[layer]![j]!));
        const below = activations[layer - 1]!;
        upstream = below.map((value, i) =>
          delta.reduce((sum, d, j) => {
            total.get(`weights${layer}`)![i * widths[layer]! + j]! += value * d;
            return sum + weightsOf(layer)[i * widths[layer]! + j]! * d;
          }, 0),
        );
        for (const [j, d] of delta.entries()) total.get(`bias${layer}`)![j]! += d;
      }
    }
    return total;
  }

  const everything = (targets: ArrayLike<number>) => Array.from(targets, (_, i) => i);
  return {
    parameters,
    forward: (x: number, y: number) => run(x, y).activations,
    loss: (points: ArrayLike<number>, targets: ArrayLike<number>) =>
      everything(targets).reduce((sum, i) => {
        const { activations } = run(points[2 * i]!, points[2 * i + 1]!);
        return sum + sampleLoss(activations[last]![0]!, targets[i]!);
      }, 0) / targets.length,
    train(
      points: ArrayLike<number>,
      targets: ArrayLike<number>,
      batch: readonly number[],
      rate: number,
      penaltyRate: number,
    ) {
      for (const [name, slopes] of gradient(points, targets, batch)) {
        const values = parameters.get(name)!;
        const penalised = name.startsWith("weights") ? penaltyRate : 0;
        values.forEach((value, i) => {
          const extra = { none: 0, l1: Math.sign(value), l2: value }[config.regularization];
          values[i] = value - rate * (slopes[i]! + penalised * extra);
        });
      }
    },
    gradientNorms(points: ArrayLike<number>, targets: ArrayLike<number>) {
      const slopes = gradient(points, targets, everything(targets));
      return widths.slice(1).map((_, i) => {
        const both = [...slopes.get(`weights${i + 1}`)!, ...slopes.get(`bias${i + 1}`)!];
        return Math.sqrt(both.reduce((sum, value) => sum + value * value, 0));
      });
    },
  };
}
