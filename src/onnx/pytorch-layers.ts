/** Finds what PyTorch has a layer for: a product or a convolution with parameters of its own, and their bias. */
import { parameterOperation, type Tensor } from "../engine/graph.ts";
import { listAttribute, numberAttribute } from "../engine/operation.ts";
import { sizeOf } from "../engine/shape.ts";

/** One entry of PyTorch's `state_dict`. */
export interface StateEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface Layer {
  readonly code: string;
  readonly state: readonly StateEntry[];
}

export interface FoundLayer {
  readonly layer: Layer;
  readonly input: Tensor;
  /** Nodes that the layer computes on the way. */
  readonly inside: readonly Tensor[];
}

export class LayerFinder {
  readonly #consumers: ReadonlyMap<Tensor, readonly Tensor[]>;
  readonly #outputs: readonly Tensor[];
  readonly #values: (leaf: Tensor) => ArrayLike<number>;

  constructor(
    consumers: ReadonlyMap<Tensor, readonly Tensor[]>,
    outputs: readonly Tensor[],
    values: (leaf: Tensor) => ArrayLike<number>,
  ) {
    this.#consumers = consumers;
    this.#outputs = outputs;
    this.#values = values;
  }

  /** The layer whose result the node is. */
  find(node: Tensor): FoundLayer | undefined {
    return this.#linear(node) ?? this.#convolution(node);
  }

  /** Whether a layer computes the node on the way to its result. */
  isInside(node: Tensor): boolean {
    return (this.#consumers.get(node) ?? []).some((consumer) => this.find(consumer)?.inside.includes(node));
  }

  /** x·W or x·W + b, rows of samples. */
  #linear(node: Tensor): FoundLayer | undefined {
    const product = this.#sumOf(node, (input) => this.#isProduct(input), isRow)?.product;
    const bias = product && node.inputs.find((input) => input !== product);
    const factors = product ?? (this.#isProduct(node) ? node : undefined);
    if (!factors) return undefined;
    const [input, weights] = factors.inputs as [Tensor, Tensor];
    const isOut = factors.attributes["transposeB"] === true;
    const [outputs, inputs] = isOut ? weights.shape : [weights.shape[1], weights.shape[0]];
    const values = this.#values(weights);
    const weight = isOut ? values : transposed(values, inputs!, outputs!);
    const state: StateEntry[] = [{ name: "weight", shape: [outputs!, inputs!], values: weight }];
    if (bias) state.push({ name: "bias", shape: [outputs!], values: this.#values(bias) });
    const code = `nn.Linear(${inputs}, ${outputs}${bias ? "" : ", bias=False"})`;
    return { layer: { code, state }, input, inside: product ? [product] : [] };
  }

  /** x ∗ filters or x ∗ filters + b, with padding that is equal on opposite sides, as PyTorch's layer has it. */
  #convolution(node: Tensor): FoundLayer | undefined {
    const found = this.#sumOf(node, (input) => this.#isConvolution(input), isChannels);
    const product = found?.product ?? (this.#isConvolution(node) ? node : undefined);
    if (!product) return undefined;
    const [input, filters] = product.inputs as [Tensor, Tensor];
    const [top, left] = listAttribute(product.attributes, "padding");
    const groups = numberAttribute(product.attributes, "groups");
    const [outputs, perGroup, ...window] = filters.shape;
    const pairs = ["stride", "dilation"].map((name) => {
      const list = listAttribute(product.attributes, name);
      return list.every((step) => step === 1) ? "" : `, ${name}=(${list.join(", ")})`;
    });
    const padding = top || left ? `, padding=(${top}, ${left})` : "";
    const options = [...pairs, padding, groups > 1 ? `, groups=${groups}` : "", found ? "" : ", bias=False"];
    const sizes = `${perGroup! * groups}, ${outputs}, (${window.join(", ")})`;
    const state: StateEntry[] = [{ name: "weight", shape: filters.shape, values: this.#values(filters) }];
    if (found) state.push({ name: "bias", shape: [outputs!], values: this.#values(found.bias) });
    return {
      layer: { code: `nn.Conv2d(${sizes}${options.join("")})`, state },
      input,
      inside: found ? [product, ...(found.bias === found.added ? [] : [found.added])] : [],
    };
  }

  /** The parts of product + bias, when the layer may own all of them. */
  #sumOf(
    { operation, inputs }: Tensor,
    isProduct: (input: Tensor) => boolean,
    fits: (bias: Tensor, product: Tensor) => boolean,
  ): { product: Tensor; added: Tensor; bias: Tensor } | undefined {
    if (operation.name !== "add") return undefined;
    const product = inputs.find(isProduct);
    const added = inputs.find((input) => input !== product);
    if (!product || !added || !this.#isAlone(product)) return undefined;
    const bias = added.operation.name === "reshape" && this.#isAlone(added) ? added.inputs[0]! : added;
    return this.#isOwn(bias) && fits(added, product) ? { product, added, bias } : undefined;
  }

  #isProduct({ operation, inputs, attributes }: Tensor): boolean {
    if (operation.name !== "matmul" || attributes["transposeA"] === true) return false;
    return this.#isOwn(inputs[1]!) && inputs[1]!.shape.length === 2 && inputs[0] !== inputs[1];
  }

  #isConvolution({ operation, inputs, attributes }: Tensor): boolean {
    if (operation.name !== "convolution" || !this.#isOwn(inputs[1]!)) return false;
    const [top, left, bottom, right] = listAttribute(attributes, "padding");
    return top === bottom && left === right;
  }

  /** Read once, and no result of the network. */
  #isAlone(tensor: Tensor): boolean {
    return this.#consumers.get(tensor)!.length === 1 && !this.#outputs.includes(tensor);
  }

  /** A parameter that nothing else uses, so that a layer may own it. */
  #isOwn(tensor: Tensor): boolean {
    return tensor.operation === parameterOperation && this.#consumers.get(tensor)!.length === 1;
  }
}

/** One number for each column, whatever the rows. */
function isRow(bias: Tensor, product: Tensor): boolean {
  const columns = product.shape.at(-1);
  const isLine = bias.operation === parameterOperation && bias.shape.at(-1) === columns;
  return isLine && sizeOf(bias.shape) === columns && bias.shape.length <= product.shape.length;
}

/** [1, channels, 1, 1]. */
function isChannels({ shape }: Tensor, product: Tensor): boolean {
  return shape.at(-3) === product.shape[1] && sizeOf(shape) === product.shape[1];
}

function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    return values[(at % rows) * columns + Math.floor(at / rows)]!;
  });
}
