/**
 * Where a number in a network comes from: walks the graph back from one element of a layer to the elements of the layer
 * before, and says what each of them contributed. Nothing is known of the network but its graph.
 */
import { ancestors, inputOperation, type Tensor } from "../engine/graph.ts";
import { convolutionSizes } from "../engine/ops/convolution.ts";
import { forEachWindow, poolSizes } from "../engine/ops/pool-window.ts";
import { broadcastStrides, type Shape, sizeOf, splitAtAxis } from "../engine/shape.ts";

/** One element of the layer before, and its part: value × weight. */
export interface Source {
  readonly tensor: Tensor;
  readonly index: number;
  readonly value: number;
  readonly weight: number;
}

/**
 * - `sum`: Σ value × weight + bias, then perhaps a function.
 * - `largest`: the largest of the sources.
 * - `row`: read out of a table, in the row that the source's number names.
 * - `softmax`: e^value over the sum of e^value of all sources; the weight of each source is its share.
 * - `given`: an input.
 */
export type Kind = "sum" | "largest" | "row" | "softmax" | "given";

export interface Explanation {
  readonly kind: Kind;
  readonly value: number;
  /** Name of the function applied last, such as `relu`, and what it was applied to. */
  readonly activation: { readonly name: string; readonly before: number } | undefined;
  readonly bias: number;
  readonly sources: readonly Source[];
}

/** Values of every node, as `interpret` returns them. */
export type Values = ReadonlyMap<Tensor, ArrayLike<number>>;

const FUNCTIONS = ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"];

/** Whether the tensor depends on what the network is given, and not on its parameters alone. */
function isData(tensor: Tensor): boolean {
  return ancestors([tensor]).some(({ operation }) => operation === inputOperation);
}

/** Flat index into an operand that broadcasts to `domain`. */
function operandIndex(operand: Shape, domain: Shape, index: number): number {
  const strides = broadcastStrides(operand, domain);
  let [rest, at] = [index, 0];
  for (let axis = domain.length - 1; axis >= 0; axis--) {
    at += (rest % domain[axis]!) * strides[axis]!;
    rest = Math.floor(rest / domain[axis]!);
  }
  return at;
}

interface Place {
  readonly tensor: Tensor;
  readonly index: number;
}

class Walk {
  readonly #values: Values;
  readonly #layers: ReadonlySet<Tensor>;
  /** The sum so far is scale × what is still to be explained + bias. */
  #scale = 1;
  #bias = 0;
  #activation: Explanation["activation"];

  constructor(values: Values, layers: ReadonlySet<Tensor>) {
    this.#values = values;
    this.#layers = layers;
  }

  explain(start: Place): Explanation {
    let place: Place | undefined = start;
    for (;;) {
      const next: Place | Explanation | undefined = this.#step(place, start);
      if (next === undefined) return this.#done(start, "sum", [this.#source(place, 1)]);
      if ("kind" in next) return next;
      if (this.#layers.has(next.tensor)) return this.#done(start, "sum", [this.#source(next, 1)]);
      place = next;
    }
  }

  /** Goes back over one operation; an explanation when it has found the layer before. */
  #step({ tensor, index }: Place, start: Place): Place | Explanation | undefined {
    const { name } = tensor.operation;
    if (tensor.operation === inputOperation) return this.#done(start, "given", []);
    if (FUNCTIONS.includes(name)) {
      this.#activation = { name, before: this.#at({ tensor: tensor.inputs[0]!, index }) };
      return { tensor: tensor.inputs[0]!, index };
    }
    if (name === "reshape") return { tensor: tensor.inputs[0]!, index };
    if (["add", "subtract", "multiply", "divide"].includes(name)) return this.#arithmetic(tensor, index);
    const sources = this.#sources(tensor, index);
    return sources && this.#done(start, kindOf(name), sources);
  }

  /** Adds a bias or takes a factor on the way; both operands data: no way to go on. */
  #arithmetic(tensor: Tensor, index: number): Place | undefined {
    const [left, right] = tensor.inputs.map((operand) => ({
      tensor: operand,
      index: operandIndex(operand.shape, tensor.shape, index),
    })) as [Place, Place];
    const [data, other] = isData(left.tensor) ? [left, right] : [right, left];
    if (isData(other.tensor)) return undefined;
    const value = this.#at(other);
    const { name } = tensor.operation;
    if (name === "add") this.#bias += this.#scale * value;
    else if (name === "multiply") this.#scale *= value;
    else if (name === "divide" && data === left) this.#scale /= value;
    else if (name === "subtract" && data === left) this.#bias -= this.#scale * value;
    else if (name === "subtract") {
      this.#bias += this.#scale * value;
      this.#scale = -this.#scale;
    } else return undefined;
    return data;
  }

  #sources(tensor: Tensor, index: number): Source[] | undefined {
    const [a, b] = tensor.inputs as [Tensor, Tensor];
    switch (tensor.operation.name) {
      case "matmul":
        return this.#matmul(tensor, index);
      case "convolution":
        return this.#convolution(tensor, index);
      case "sum":
        return this.#sum(a, Number(tensor.attributes["axis"]), index);
      case "maxPool":
      case "sumPool":
        return windowElements(tensor, index).map((element) => this.#source({ tensor: a, index: element }, 1));
      case "gather":
        return [this.#source({ tensor: b, index: Math.floor(index / sizeOf(a.shape.slice(1))) }, 1)];
      case "softmax": {
        const width = tensor.shape.at(-1)!;
        const first = index - (index % width);
        const row = Array.from({ length: width }, (_, i) => first + i);
        return row.map((at) => ({
          ...this.#source({ tensor: a, index: at }, 1),
          weight: this.#at({ tensor, index: at }),
        }));
      }
      default:
        return undefined;
    }
  }

  #matmul(tensor: Tensor, index: number): Source[] | undefined {
    const [x, weights] = tensor.inputs as [Tensor, Tensor];
    if (isData(weights) || x.shape.length !== 2 || tensor.attributes["transposeA"] === true) return undefined;
    const [row, column] = [Math.floor(index / tensor.shape[1]!), index % tensor.shape[1]!];
    const inner = x.shape[1]!;
    return Array.from({ length: inner }, (_, i) => {
      const at =
        tensor.attributes["transposeB"] === true ? column * inner + i : i * tensor.shape[1]! + column;
      return this.#source({ tensor: x, index: row * inner + i }, this.#at({ tensor: weights, index: at }));
    });
  }

  #convolution(tensor: Tensor, index: number): Source[] {
    const [images, weights] = tensor.inputs as [Tensor, Tensor];
    const { inChannels, outChannels, groups, y, x } = convolutionSizes(
      "convolution",
      images.shape,
      weights.shape,
      tensor.attributes,
    );
    const perGroup = inChannels / groups;
    const column = index % x.output;
    const row = Math.floor(index / x.output) % y.output;
    const out = Math.floor(index / (x.output * y.output)) % outChannels;
    const firstChannel = Math.floor(out / (outChannels / groups)) * perGroup;
    const plane = y.window * x.window;
    const sources: Source[] = [];
    for (let tap = 0; tap < perGroup * plane; tap++) {
      const channel = firstChannel + Math.floor(tap / plane);
      const r = row * y.stride + (Math.floor(tap / x.window) % y.window) * y.dilation - y.before;
      const c = column * x.stride + (tap % x.window) * x.dilation - x.before;
      if (r < 0 || r >= y.input || c < 0 || c >= x.input) continue;
      const place = { tensor: images, index: (channel * y.input + r) * x.input + c };
      sources.push(this.#source(place, this.#at({ tensor: weights, index: out * perGroup * plane + tap })));
    }
    return sources;
  }

  /** A sum along an axis, of products perhaps: the factor that is no layer is the weight. */
  #sum(summed: Tensor, axis: number, index: number): Source[] {
    const { extent, inner } = splitAtAxis(summed.shape, axis);
    const first = Math.floor(index / inner) * extent * inner + (index % inner);
    return Array.from({ length: extent }, (_, i) =>
      this.#factor({ tensor: summed, index: first + i * inner }),
    );
  }

  #factor(place: Place): Source {
    if (place.tensor.operation.name !== "multiply" || this.#layers.has(place.tensor))
      return this.#source(place, 1);
    const [left, right] = place.tensor.inputs.map((operand) => ({
      tensor: operand,
      index: operandIndex(operand.shape, place.tensor.shape, place.index),
    })) as [Place, Place];
    const [layer, weight] = this.#layers.has(this.#settled(left).tensor) ? [left, right] : [right, left];
    return this.#source(layer, this.#at(weight));
  }

  /** The place in the layer whose numbers these are: a change of shape moves none of them. */
  #settled(place: Place): Place {
    let { tensor, index } = place;
    while (!this.#layers.has(tensor)) {
      if (tensor.operation.name === "reshape") tensor = tensor.inputs[0]!;
      else if (["add", "subtract", "multiply", "divide"].includes(tensor.operation.name)) {
        const data = tensor.inputs.find(isData);
        if (!data || sizeOf(data.shape) !== sizeOf(tensor.shape)) break;
        tensor = data;
      } else break;
    }
    return { tensor, index };
  }

  #source(place: Place, weight: number): Source {
    return { ...this.#settled(place), value: this.#at(place), weight: weight * this.#scale };
  }

  #at({ tensor, index }: Place): number {
    const values = this.#values.get(tensor) ?? tensor.values;
    if (!values) throw new Error(`no value of ${tensor.graph.nameOf(tensor)}`);
    return values[index]!;
  }

  #done(start: Place, kind: Kind, sources: readonly Source[]): Explanation {
    return { kind, value: this.#at(start), activation: this.#activation, bias: this.#bias, sources };
  }
}

function windowElements(tensor: Tensor, index: number): readonly number[] {
  const images = tensor.inputs[0]!;
  let found: readonly number[] = [];
  forEachWindow(poolSizes(tensor.operation.name, images.shape, tensor.attributes), (position, elements) => {
    if (position === index) found = elements;
  });
  return found;
}

function kindOf(operation: string): Kind {
  if (operation === "maxPool") return "largest";
  if (operation === "gather") return "row";
  return operation === "softmax" ? "softmax" : "sum";
}

/**
 * Explains element `index` of `tensor` by elements of the nearest of `layers` behind it.
 * @param values of every node on the way.
 * @param layers the tensors that are shown; the walk ends at them.
 */
export function explain(
  tensor: Tensor,
  index: number,
  values: Values,
  layers: Iterable<Tensor>,
): Explanation {
  return new Walk(values, new Set(layers)).explain({ tensor, index });
}
