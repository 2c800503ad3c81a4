/** The parameters of a network as it is built, each with the way it begins. */
import type { Graph, Tensor } from "../engine/graph.ts";
import { Random } from "../engine/random.ts";
import { type Shape, sizeOf } from "../engine/shape.ts";
import type { Initialiser } from "./initialisers.ts";

/** What can take values: a program. */
export interface Writable {
  write(tensor: Tensor, values: ArrayLike<number>): void;
}

/** What layers ask for their parameters: new ones, or those that are there already under these names. */
export type ParameterSource = Pick<Parameters, "add">;

export class Parameters {
  readonly graph: Graph;
  readonly #entries: { tensor: Tensor; begin: (random: Random) => Float32Array }[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
  }

  get all(): readonly Tensor[] {
    return this.#entries.map(({ tensor }) => tensor);
  }

  /** Number of values in all parameters. */
  get count(): number {
    return this.all.reduce((total, { shape }) => total + sizeOf(shape), 0);
  }

  /**
   * A new parameter.
   * @param fans how many terms a sum of the layer has and how many sums one input goes into, for the initialiser;
   *   by default the last axis counts outputs and the axes before it inputs.
   * @throws Error when the name is taken.
   */
  add(name: string, shape: Shape, initialiser: Initialiser, fans?: readonly [number, number]): Tensor {
    const tensor = this.graph.parameter(name, shape);
    const outputs = shape.at(-1) ?? 1;
    const [inputs, units] = fans ?? [sizeOf(shape) / outputs, outputs];
    this.#entries.push({ tensor, begin: (random) => initialiser(inputs, units, random, sizeOf(shape)) });
    return tensor;
  }

  /** Writes fresh values; equal seeds give equal values. */
  initialize(program: Writable, seed: number): void {
    const random = new Random(seed);
    for (const { tensor, begin } of this.#entries) program.write(tensor, begin(random));
  }
}
