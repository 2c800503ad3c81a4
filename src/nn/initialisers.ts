/** How a layer's weights begin. Each fills a new array, by default for weights of shape [inputs, outputs]. */
import type { Random } from "../engine/random.ts";

/**
 * @param inputs how many terms a sum of the layer has; `outputs` how many sums one input goes into.
 * @param count how many weights there are: fewer than inputs × outputs where they are shared.
 */
export type Initialiser = (inputs: number, outputs: number, random: Random, count?: number) => Float32Array;

function filled(length: number, draw: () => number): Float32Array {
  return Float32Array.from({ length }, draw);
}

/** Uniform in ±√(6/(inputs + outputs)): keeps the variance through tanh layers (X. Glorot, Y. Bengio 2010). */
export const xavier: Initialiser = (inputs, outputs, random, count = inputs * outputs) => {
  const bound = Math.sqrt(6 / (inputs + outputs));
  return filled(count, () => random.uniform(-bound, bound));
};

/** Normal with variance 2/inputs: keeps the variance through ReLU layers (K. He et al. 2015). */
export const he: Initialiser = (inputs, outputs, random, count = inputs * outputs) => {
  const deviation = Math.sqrt(2 / inputs);
  return filled(count, () => random.normal(0, deviation));
};

export const zeros: Initialiser = (inputs, outputs, _random, count = inputs * outputs) =>
  new Float32Array(count);

/** Every value the same. */
export const constant =
  (value: number): Initialiser =>
  (inputs, outputs, _random, count = inputs * outputs) =>
    filled(count, () => value);

/** Normal with mean 0. */
export const normal =
  (deviation: number): Initialiser =>
  (inputs, outputs, random, count = inputs * outputs) =>
    filled(count, () => random.normal(0, deviation));

/**
 * Orthonormal columns, or rows where there are fewer of them: keeps lengths, and so the size of a signal over many
 * steps (A. Saxe, J. McClelland, S. Ganguli 2014, arXiv:1312.6120). Gram–Schmidt on normal vectors.
 */
export const orthogonal: Initialiser = (inputs, outputs, random) => {
  const [count, size] = [Math.min(inputs, outputs), Math.max(inputs, outputs)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length: size }, () => random.normal());
    // Twice: once leaves the rounding of the first pass.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = vector.reduce((total, value, i) => total + value * other[i]!, 0);
        for (let i = 0; i < size; i++) vector[i]! -= along * other[i]!;
      }
    }
    const length = Math.hypot(...vector);
    vectors.push(vector.map((value) => value / length));
  }
  return Float32Array.from({ length: inputs * outputs }, (_, at) => {
    const [row, column] = [Math.floor(at / outputs), at % outputs];
    return inputs >= outputs ? vectors[column]![row]! : vectors[row]![column]!;
  });
};
