/** Cases of what moves elements: transposing, slicing, padding, joining; and of integers. */
import type { Tensor } from "../../src/engine/graph.ts";
import * as conversion from "../../src/engine/ops/conversion.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { gather } from "../../src/engine/ops/gather.ts";
import { argmax } from "../../src/engine/ops/reduce.ts";
import { concat, pad, place, type Range, slice } from "../../src/engine/ops/slice.ts";
import { transpose } from "../../src/engine/ops/transpose.ts";
import type { Shape } from "../../src/engine/shape.ts";
import type { OperationCase } from "./cases.ts";
import type { TestRandom } from "./random.ts";

/** Fewer elements than elsewhere: the gradient test recomputes everything for each. */
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 13];
const size = (random: TestRandom) => random.pick(SIZES);

const shapeOf = (random: TestRandom, rank: number): Shape =>
  Array.from({ length: rank }, (_, axis) => (axis >= rank - 2 ? size(random) : random.integer(1, 3)));

function shuffled(random: TestRandom, rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  for (let last = rank - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [axes[last], axes[other]] = [axes[other]!, axes[last]!];
  }
  return axes;
}

const transposes: OperationCase = {
  name: "transpose",
  draw: (random) => {
    const rank = random.integer(1, 4);
    const axes = shuffled(random, rank);
    return {
      inputs: [{ shape: shapeOf(random, rank) }],
      build: ([x]) => square(transpose(square(x!), axes)),
    };
  },
};

/** Any non-empty part of an axis, forwards or backwards, by indices counted from either end. */
function rangeOf(random: TestRandom, extent: number): Range {
  const step = random.pick([1, 1, 2, 3, -1, -2]);
  const first = random.integer(0, extent - 1);
  const start = random.next() < 0.3 ? first - extent : first;
  if (random.next() < 0.3) return { start, step };
  if (step > 0) return { start, step, end: random.integer(first + 1, extent) };
  return first > 0 ? { start, step, end: random.integer(0, first - 1) } : { start, step };
}

const slices: OperationCase = {
  name: "slice",
  draw: (random) => {
    const shape = shapeOf(random, random.integer(1, 4));
    const ranges = shape.map((extent) => (random.next() < 0.3 ? {} : rangeOf(random, extent)));
    return { inputs: [{ shape }], build: ([x]) => square(slice(x!, ranges)) };
  },
};

const places: OperationCase = {
  name: "place",
  draw: (random) => {
    const part = shapeOf(random, random.integer(1, 3));
    const step = part.map(() => random.pick([1, 1, 2, 3]));
    const before = part.map(() => random.integer(0, 3));
    const shape = part.map((extent, i) => before[i]! + (extent - 1) * step[i]! + 1 + random.integer(0, 3));
    // Backwards, the first element is the last place.
    const backwards = part.map(() => random.next() < 0.2);
    const start = part.map((extent, i) => before[i]! + (backwards[i] ? (extent - 1) * step[i]! : 0));
    const steps = step.map((value, i) => (backwards[i] ? -value : value));
    return {
      inputs: [{ shape: part }],
      build: ([x]) => square(place(x!, { shape, start, step: steps, fill: 0.5 })),
    };
  },
};

const pads: OperationCase = {
  name: "pad",
  draw: (random) => {
    const shape = shapeOf(random, random.integer(1, 4));
    const amounts = shape.map(() => [random.integer(0, 3), random.integer(0, 3)] as const);
    return { inputs: [{ shape }], build: ([x]) => square(pad(x!, amounts, -1)) };
  },
};

const joins: OperationCase = {
  name: "concat",
  draw: (random) => {
    const shape = shapeOf(random, random.integer(1, 3));
    const axis = random.integer(0, shape.length - 1);
    const inputs = Array.from({ length: random.integer(2, 4) }, () => ({
      shape: shape.map((extent, i) => (i === axis ? size(random) : extent)),
    }));
    return { inputs, build: (tensors) => square(concat(tensors, axis)) };
  },
};

/** A batch of windows of a text, as a language model reads it: tokens and the tokens after them. */
const integers: OperationCase = {
  name: "windows of indices",
  draw: (random) => {
    const [rows, length, batch] = [size(random), random.integer(2, 9), size(random)];
    const text = length + 20;
    const build = ([table, tokens, starts]: readonly Tensor[]) => {
      const { graph } = tokens!;
      const along = graph.constant(
        Array.from({ length }, (_, i) => i),
        [1, length],
        "i32",
      );
      const windows = gather(
        tokens!,
        conversion.addIndices(transpose(starts!), conversion.addIndices(along, graph.constant(1, [], "i32"))),
      );
      const later = slice(windows, [{}, { start: 1 }]);
      return square(gather(table!, concat([later, transpose(transpose(windows))], 1)));
    };
    return {
      inputs: [
        { shape: [rows, 3] },
        { shape: [text], indicesBelow: rows },
        { shape: [1, batch], indicesBelow: 15 },
      ],
      build,
    };
  },
};

const largestIndex: OperationCase = {
  name: "argmax",
  differentiable: false,
  draw: (random) => {
    const shape = shapeOf(random, random.integer(1, 3));
    const axis = random.integer(0, shape.length - 1);
    return { inputs: [{ shape }], build: ([x]) => conversion.toFloat(argmax(x!, axis)) };
  },
};

export const layoutCases: readonly OperationCase[] = [
  transposes,
  slices,
  places,
  pads,
  joins,
  integers,
  largestIndex,
];
