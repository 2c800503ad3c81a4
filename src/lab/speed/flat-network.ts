/** The same network in flat typed arrays, sample by sample: as fast as careful plain JavaScript gets. */
export class FlatNetwork {
  readonly #widths: readonly number[];
  readonly #weights: Float64Array[];
  readonly #biases: Float64Array[];
  readonly #weightGradients: Float64Array[];
  readonly #biasGradients: Float64Array[];
  readonly #outputs: Float64Array[];
  readonly #deltas: Float64Array[];

  constructor(widths: readonly number[], initial: readonly Float32Array[]) {
    this.#widths = widths;
    this.#weights = initial.map((weights) => Float64Array.from(weights));
    this.#biases = widths.slice(1).map((width) => new Float64Array(width));
    this.#weightGradients = initial.map(({ length }) => new Float64Array(length));
    this.#biasGradients = widths.slice(1).map((width) => new Float64Array(width));
    this.#outputs = widths.map((width) => new Float64Array(width));
    this.#deltas = widths.map((width) => new Float64Array(width));
  }

  predict(x: ArrayLike<number>, at: number): number {
    const first = this.#outputs[0]!;
    for (let i = 0; i < first.length; i++) first[i] = x[at + i]!;
    for (let layer = 0; layer < this.#weights.length; layer++) {
      const [from, to] = [this.#outputs[layer]!, this.#outputs[layer + 1]!];
      const [weights, biases] = [this.#weights[layer]!, this.#biases[layer]!];
      const [rows, columns] = [this.#widths[layer]!, this.#widths[layer + 1]!];
      for (let j = 0; j < columns; j++) {
        let total = biases[j]!;
        for (let i = 0; i < rows; i++) total += from[i]! * weights[i * columns + j]!;
        to[j] = Math.tanh(total);
      }
    }
    return this.#outputs.at(-1)![0]!;
  }

  step(x: ArrayLike<number>, targets: ArrayLike<number>, indices: ArrayLike<number>, rate: number): void {
    const inputs = this.#widths[0]!;
    for (let i = 0; i < indices.length; i++) {
      const sample = indices[i]!;
      const output = this.predict(x, sample * inputs);
      this.#backward((2 * (output - targets[sample]!)) / indices.length);
    }
    this.#descend(this.#weights, this.#weightGradients, rate);
    this.#descend(this.#biases, this.#biasGradients, rate);
  }

  #backward(toOutput: number): void {
    const last = this.#weights.length;
    const output = this.#outputs[last]![0]!;
    this.#deltas[last]![0] = toOutput * (1 - output * output);
    for (let layer = last - 1; layer >= 0; layer--) {
      const [from, above, below] = [this.#outputs[layer]!, this.#deltas[layer + 1]!, this.#deltas[layer]!];
      const [weights, gradients] = [this.#weights[layer]!, this.#weightGradients[layer]!];
      const [rows, columns] = [this.#widths[layer]!, this.#widths[layer + 1]!];
      for (let i = 0; i < rows; i++) {
        let upstream = 0;
        for (let j = 0; j < columns; j++) {
          gradients[i * columns + j]! += from[i]! * above[j]!;
          upstream += weights[i * columns + j]! * above[j]!;
        }
        below[i] = upstream * (1 - from[i]! * from[i]!);
      }
      const biasGradients = this.#biasGradients[layer]!;
      for (let j = 0; j < columns; j++) biasGradients[j]! += above[j]!;
    }
  }

  #descend(values: readonly Float64Array[], gradients: readonly Float64Array[], rate: number): void {
    for (let layer = 0; layer < values.length; layer++) {
      const [own, slope] = [values[layer]!, gradients[layer]!];
      for (let i = 0; i < own.length; i++) {
        own[i]! -= rate * slope[i]!;
        slope[i] = 0;
      }
    }
  }
}
