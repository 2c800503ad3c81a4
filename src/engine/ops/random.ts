/**
 * Random numbers inside the graph. The generator is a function of a counter: the same counter gives the same
 * numbers, in the interpreter and in compiled code bit for bit, and the program advances the counter as a state.
 */
import type { Emitter, Vector } from "../compile/emitter.ts";
import { forEach, place, vectorsFor } from "../compile/loops.ts";
import type { Tensor } from "../graph.ts";
import { leadingAxis, listAttribute, numberAttribute, type Operation } from "../operation.ts";
import { type Shape, sizeOf } from "../shape.ts";

/** Multipliers of the integer hash `lowbias32` (C. Wellons 2018, public domain). */
const FIRST = 0x7feb352d;
const SECOND = 0x846ca68b | 0;
/** 2³²/φ: keeps the counter 0 from hashing to 0. */
const GOLDEN = 0x9e3779b9 | 0;
/** A float holds 24 bits exactly. */
const UNIT = 2 ** -24;

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), FIRST);
  mixed = Math.imul(mixed ^ (mixed >>> 15), SECOND);
  return mixed ^ (mixed >>> 16);
}

function emitMix(e: Emitter, value: Vector): Vector {
  const fold = (x: Vector, bits: number) => e.xor(x, e.shiftRightUnsigned(x, bits));
  const first = e.multiplyInt(fold(value, 16), sameBits(e, FIRST));
  return fold(e.multiplyInt(fold(first, 15), sameBits(e, SECOND)), 16);
}

const sameBits = (e: Emitter, bits: number) => e.bits([bits, bits, bits, bits]);

/**
 * Element i is the upper 24 bits of mix(mix(i) ⊕ key), as a fraction; the key is mix(mix(counter + 2³²/φ) ⊕
 * seed). Hashing i before the key joins it keeps the sequences of neighbouring counters from being shifted copies.
 */
export const uniformOperation: Operation = {
  name: "uniform",
  shape: (_inputs, attributes) => listAttribute(attributes, "shape"),
  reference: ([counter], attributes, shape) => {
    const key = mix(mix((counter!.data[0]! + GOLDEN) | 0) ^ numberAttribute(attributes, "seed"));
    return Float64Array.from({ length: sizeOf(shape) }, (_, i) => (mix(mix(i) ^ key) >>> 8) * UNIT);
  },
  gradient: () => [null],
  kernel: {
    kind: "whole",
    cut: (_inputs, output) => {
      const axis = leadingAxis(output);
      return axis === undefined ? undefined : { output: axis, inputs: [null] };
    },
    emit: (e, { inputs, output, attributes }) => {
      const counter = e.splatInt(e.loadInt({ offset: inputs[0]!.address }));
      const mixed = emitMix(e, e.addInt(counter, sameBits(e, GOLDEN)));
      const key = emitMix(e, e.xor(mixed, sameBits(e, numberAttribute(attributes, "seed"))));
      const { start } = output;
      const index = e.variable(e.bits([start, start + 1, start + 2, start + 3]));
      const vectors = vectorsFor(sizeOf(output.shape));
      forEach(e, { end: vectors * 16, step: 16, unroll: vectors <= 8 }, (offset) => {
        const bits = emitMix(e, e.xor(emitMix(e, index), key));
        const fraction = e.multiply(e.fromInt(e.shiftRightUnsigned(bits, 8)), e.constant(UNIT));
        e.store(place(e, output.address, [offset, 1]), fraction);
        e.assign(index, e.addInt(index, sameBits(e, 4)));
      });
    },
  },
};

/**
 * Numbers in [0, 1), multiples of 2⁻²⁴, drawn from the scalar `counter` (`i32`) and `seed`. Two nodes with the same
 * counter, seed and shape are one node: give each use a seed of its own.
 */
export function uniform(counter: Tensor, shape: Shape, seed: number): Tensor {
  return counter.graph.apply(uniformOperation, [counter], { shape: [...shape], seed: seed | 0 });
}
