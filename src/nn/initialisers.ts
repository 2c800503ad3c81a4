/** How a layer's weights begin. Each fills a new array for weights of shape [inputs, outputs]. */
import type { Random } from "../engine/random.ts";

export type Initialiser = (inputs: number, outputs: number, random: Random) => Float32Array;

function filled(inputs: number, outputs: number, draw: () => number): Float32Array {
  return Float32Array.from({ length: inputs * outputs }, draw);
}

/** Uniform in ±√(6/(inputs + outputs)): keeps the variance through tanh layers (X. Glorot, Y. Bengio 2010). */
export const xavier: Initialiser = (inputs, outputs, random) => {
  const bound = Math.sqrt(6 / (inputs + outputs));
  return filled(inputs, outputs, () => random.uniform(-bound, bound));
};

/** Normal with variance 2/inputs: keeps the variance through ReLU layers (K. He et al. 2015). */
export const he: Initialiser = (inputs, outputs, random) => {
  const deviation = Math.sqrt(2 / inputs);
  return filled(inputs, outputs, () => random.normal(0, deviation));
};
