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
