/** What random graphs grow by: leaves on demand, and moves that add a node to what is there. */
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { broadcastShapes, type Shape, ShapeError, sizeOf } from "../../src/engine/shape.ts";
import type { TestRandom } from "../engine/random.ts";

/** No tensor grows beyond this many elements. */
export const LARGEST = 600;
/** Larger values would let a later function magnify the rounding of 32 bits beyond what is compared. */
export const LARGEST_VALUE = 30;
/** Distance from the place of a jump: rounding must not decide on which side a value is. */
export const MARGIN = 1e-3;

/** Grows one graph: its leaves on demand, its nodes by moves. */
export class Grower {
  readonly graph = new Graph();
  readonly values = new Map<Tensor, Float64Array>();
  readonly pool: Tensor[] = [];
  readonly random: TestRandom;
  readonly #computed = new Map<Tensor, Float64Array>();

  constructor(random: TestRandom) {
    this.random = random;
  }

  /** A tensor made so far, more likely a late one, so that graphs become deep. */
  any(fits: (tensor: Tensor) => boolean = () => true): Tensor | undefined {
    const found = this.pool.filter(fits);
    if (found.length === 0) return undefined;
    return this.random.next() < 0.6 ? found.at(-1) : this.random.pick(found);
  }

  /** A leaf of the shape: input, parameter or constant. */
  leaf(shape: Shape): Tensor {
    const name = `x${this.graph.nodes.length}`;
    const data = Float64Array.from({ length: sizeOf(shape) }, () =>
      Math.fround(this.random.between(-1.5, 1.5)),
    );
    const kind = this.random.next();
    if (kind < 0.2) return this.graph.constant(data, shape);
    const leaf = kind < 0.5 ? this.graph.input(name, shape) : this.graph.parameter(name, shape);
    this.values.set(leaf, data);
    return leaf;
  }

  indices(shape: Shape, below: number): Tensor {
    const leaf = this.graph.input(`i${this.graph.nodes.length}`, shape, "i32");
    this.values.set(
      leaf,
      Float64Array.from({ length: sizeOf(shape) }, () => this.random.integer(0, below - 1)),
    );
    return leaf;
  }

  /** The tensor's values by the reference implementations. */
  valuesOf(tensor: Tensor): Float64Array {
    const known = this.values.get(tensor) ?? this.#computed.get(tensor) ?? tensor.values;
    if (known) return known;
    const inputs = tensor.inputs.map((input) => ({ data: this.valuesOf(input), shape: input.shape }));
    const made = tensor.operation.reference(inputs, tensor.attributes, tensor.shape);
    this.#computed.set(tensor, made);
    return made;
  }

  shape(rank = this.random.integer(0, 4)): Shape {
    return Array.from({ length: rank }, () => this.random.integer(1, rank > 2 ? 5 : 12));
  }
}

export type Move = (g: Grower) => Tensor | undefined;

export const unary =
  (apply: (x: Tensor) => Tensor): Move =>
  (g) =>
    apply(g.any()!);

/** A function with a jump at 0, where the values are clear of it. */
export const jump =
  (apply: (x: Tensor) => Tensor): Move =>
  (g) => {
    const x = g.any()!;
    return g.valuesOf(x).every((value) => Math.abs(value) > MARGIN) ? apply(x) : undefined;
  };

export const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor): Move =>
  (g) => {
    const a = g.any()!;
    const known = g.any(({ shape }) => broadcasts(a.shape, shape));
    const b =
      known && known !== a ? known : g.leaf(a.shape.map((extent) => (g.random.next() < 0.4 ? 1 : extent)));
    return g.random.next() < 0.5 ? apply(a, b) : apply(b, a);
  };

function broadcasts(a: Shape, b: Shape): boolean {
  try {
    return sizeOf(broadcastShapes("test", [a, b])) <= LARGEST;
  } catch {
    return false;
  }
}

export const alongAxis =
  (apply: (x: Tensor, axis: number, random: TestRandom) => Tensor): Move =>
  (g) => {
    const x = g.any(({ shape }) => shape.length > 0);
    return x && apply(x, g.random.integer(0, x.shape.length - 1), g.random);
  };

/** A window may be larger than its image. */
export function ifItFits(apply: () => Tensor): Tensor | undefined {
  try {
    return apply();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}
