/** What all elementwise table entries share: broadcasting shapes, and a reference from a scalar function. */
import type { Emitter, Vector } from "../compile/emitter.ts";
import type { Tensor } from "../graph.ts";
import { type Attributes, numberAttribute, type Operation, type Value } from "../operation.ts";
import { broadcastShapes, broadcastStrides, type Shape, sizeOf } from "../shape.ts";

/** Calls `visit(flat, offsets)` for every element of `domain`, with each input's broadcast offset. */
export function forEachBroadcast(
  shapes: readonly Shape[],
  domain: Shape,
  visit: (flat: number, offsets: readonly number[]) => void,
): void {
  const strides = shapes.map((shape) => broadcastStrides(shape, domain));
  const index = new Array<number>(domain.length).fill(0);
  const offsets = new Array<number>(shapes.length).fill(0);
  const size = sizeOf(domain);
  for (let flat = 0; flat < size; flat++) {
    visit(flat, offsets);
    for (let axis = domain.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      for (let i = 0; i < offsets.length; i++) offsets[i]! += strides[i]![axis]!;
      if (index[axis]! < domain[axis]!) break;
      for (let i = 0; i < offsets.length; i++) offsets[i]! -= strides[i]![axis]! * domain[axis]!;
      index[axis] = 0;
    }
  }
}

interface Elementwise {
  readonly name: string;
  /** The scalar function, in double precision. */
  readonly value: (inputs: readonly number[], attributes: Attributes) => number;
  readonly emit: (e: Emitter, inputs: readonly Vector[], attributes: Attributes) => Vector;
  readonly gradient?: (node: Tensor, upstream: Tensor) => readonly (Tensor | null)[];
}

/** A table entry for a function applied element by element over the inputs' common broadcast shape. */
// Without effects: a bundle leaves out the operations its networks never use.
/* @__NO_SIDE_EFFECTS__ */
export function elementwise({ name, value, emit, gradient }: Elementwise): Operation {
  return {
    name,
    shape: (inputs) => broadcastShapes(name, inputs),
    reference: (inputs: readonly Value[], attributes, shape) => {
      const result = new Float64Array(sizeOf(shape));
      const shapes = inputs.map((input) => input.shape);
      forEachBroadcast(shapes, shape, (flat, offsets) => {
        result[flat] = value(
          inputs.map(({ data }, i) => data[offsets[i]!]!),
          attributes,
        );
      });
      return result;
    },
    ...(gradient ? { gradient } : {}),
    kernel: { kind: "elementwise", emit },
  };
}

export { numberAttribute };
