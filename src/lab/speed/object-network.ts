/**
 * A network of node and link objects, trained sample by sample: how most pages that teach neural networks do it.
 * tanh everywhere, mean squared error, gradient descent.
 */
interface Link {
  weight: number;
  gradient: number;
  readonly from: Node;
  readonly to: Node;
}

interface Node {
  readonly incoming: Link[];
  readonly outgoing: Link[];
  bias: number;
  biasGradient: number;
  output: number;
  /** ∂loss/∂z, z the sum before tanh. */
  delta: number;
}

export class ObjectNetwork {
  readonly #layers: Node[][];

  /** @param initial weights [in, out] of each layer; biases begin at 0. */
  constructor(widths: readonly number[], initial: readonly Float32Array[]) {
    const node = (): Node => ({ incoming: [], outgoing: [], bias: 0, biasGradient: 0, output: 0, delta: 0 });
    this.#layers = widths.map((width) => Array.from({ length: width }, node));
    initial.forEach((weights, layer) => {
      const [inputs, outputs] = [this.#layers[layer]!, this.#layers[layer + 1]!];
      inputs.forEach((from, i) => {
        outputs.forEach((to, j) => {
          const link = { weight: weights[i * outputs.length + j]!, gradient: 0, from, to };
          from.outgoing.push(link);
          to.incoming.push(link);
        });
      });
    });
  }

  predict(x: ArrayLike<number>, at: number): number {
    this.#layers[0]!.forEach((node, i) => {
      node.output = x[at + i]!;
    });
    for (const layer of this.#layers.slice(1)) {
      for (const node of layer) {
        let total = node.bias;
        for (const { weight, from } of node.incoming) total += weight * from.output;
        node.output = Math.tanh(total);
      }
    }
    return this.#layers.at(-1)![0]!.output;
  }

  /** One step of gradient descent on the samples `indices` points to. */
  step(x: ArrayLike<number>, targets: ArrayLike<number>, indices: ArrayLike<number>, rate: number): void {
    const inputs = this.#layers[0]!.length;
    for (let i = 0; i < indices.length; i++) {
      const sample = indices[i]!;
      const output = this.predict(x, sample * inputs);
      this.#backward((2 * (output - targets[sample]!)) / indices.length);
    }
    this.#update(rate);
  }

  #backward(toOutput: number): void {
    for (let layer = this.#layers.length - 1; layer > 0; layer--) {
      for (const node of this.#layers[layer]!) {
        let upstream = node.outgoing.length === 0 ? toOutput : 0;
        for (const { weight, to } of node.outgoing) upstream += weight * to.delta;
        node.delta = upstream * (1 - node.output * node.output);
        node.biasGradient += node.delta;
        for (const link of node.incoming) link.gradient += node.delta * link.from.output;
      }
    }
  }

  #update(rate: number): void {
    for (const layer of this.#layers.slice(1)) {
      for (const node of layer) {
        node.bias -= rate * node.biasGradient;
        node.biasGradient = 0;
        for (const link of node.incoming) {
          link.weight -= rate * link.gradient;
          link.gradient = 0;
        }
      }
    }
  }
}
