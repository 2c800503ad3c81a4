/** Any shape and any attributes: compiled code against the interpreter, and the interpreter against plain indexing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { causalSoftmax, maskedSoftmax } from "../../src/engine/ops/masked-softmax.ts";
import { layerNorm } from "../../src/engine/ops/normalize.ts";
import { concat, pad, slice } from "../../src/engine/ops/slice.ts";
import { transpose } from "../../src/engine/ops/transpose.ts";
import { createProgram } from "../../src/engine/program.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { expectClose } from "./agreement.ts";

const RUNS = { seed: 20, numRuns: 150 };
const extent = fc.integer({ min: 1, max: 11 });
const shape = fc.array(extent, { minLength: 1, maxLength: 4 });

/** 0, 1, 2, …: every element tells where it came from. */
const count = (length: number) => Array.from({ length }, (_, i) => i);

/** Builds on one input, runs it compiled both ways and interpreted; returns the interpreter's values. */
function both(
  inputs: readonly { shape: readonly number[]; values: readonly number[] }[],
  build: (tensors: readonly Tensor[]) => Tensor,
): Float64Array {
  const graph = new Graph();
  const tensors = inputs.map((own, i) => graph.input(`x${i}`, own.shape));
  const output = build(tensors);
  const values = new Map(tensors.map((tensor, i) => [tensor, inputs[i]!.values.map(Math.fround)]));
  const exact = interpret([output], values).get(output)!;
  for (const relaxedSimd of [true, false]) {
    const program = createProgram(graph, { run: { outputs: [output] } }, { simd: true, relaxedSimd });
    for (const tensor of tensors) program.write(tensor, values.get(tensor)!);
    program.run("run");
    expectClose(program.view(output), exact, `[${inputs.map((own) => own.shape).join("] [")}]`);
  }
  return exact;
}

/** Row-major flat indices of a list of indices for each axis. */
function pick(own: readonly number[], indices: readonly (readonly number[])[]): number[] {
  return indices.reduce<number[]>(
    (flat, along, axis) => flat.flatMap((start) => along.map((index) => start * own[axis]! + index)),
    [0],
  );
}

describe("moving elements", () => {
  it("slice takes what Python's start:end:step takes", () => {
    const range = fc.record(
      {
        start: fc.integer({ min: -13, max: 13 }),
        end: fc.integer({ min: -13, max: 13 }),
        step: fc.constantFrom(1, 2, 3, -1, -2, -4),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, fc.array(range, { minLength: 4, maxLength: 4 }), (own, ranges) => {
        const indices = own.map((length, axis) => {
          const { start, end, step = 1 } = ranges[axis]!;
          const counted = (value: number) => (value < 0 ? value + length : value);
          // CPython's PySlice_AdjustIndices.
          const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
          const hold = (value: number) => Math.min(Math.max(counted(value), low), high);
          const from = start === undefined ? (step > 0 ? 0 : length - 1) : hold(start);
          const to = end === undefined ? (step > 0 ? length : -1) : hold(end);
          const taken: number[] = [];
          for (let i = from; step > 0 ? i < to : i > to; i += step) taken.push(i);
          return taken;
        });
        fc.pre(indices.every((taken) => taken.length > 0));
        const values = count(sizeOf(own));
        expect([...both([{ shape: own, values }], ([x]) => slice(x!, ranges))]).toEqual(pick(own, indices));
      }),
      RUNS,
    );
  });

  it("transpose puts the element at (i, j, …) where its turned index says", () => {
    const turned = shape.chain((own) =>
      fc.tuple(fc.constant(own), fc.shuffledSubarray(count(own.length), { minLength: own.length })),
    );
    fc.assert(
      fc.property(turned, ([own, axes]) => {
        const values = count(sizeOf(own));
        const result = both([{ shape: own, values }], ([x]) => transpose(x!, axes));
        const target = axes.map((axis) => own[axis]!);
        result.forEach((value, flat) => {
          let [rest, from] = [flat, 0];
          for (let i = target.length - 1; i >= 0; i--) {
            from += (rest % target[i]!) * sizeOf(own.slice(axes[i]! + 1));
            rest = Math.floor(rest / target[i]!);
          }
          expect(value).toBe(from);
        });
      }),
      RUNS,
    );
  });

  it("what is padded, or joined, comes back by slicing", () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(shape, amounts, (own, around) => {
        const values = count(sizeOf(own));
        const used = around.slice(0, own.length);
        const padded = both([{ shape: own, values }], ([x]) => pad(x!, used, -1));
        expect([...padded].filter((value) => value >= 0)).toEqual(values);
        const back = both([{ shape: own, values }], ([x]) =>
          slice(
            pad(x!, used, -1),
            used.map(([before], axis) => ({ start: before, end: before + own[axis]! })),
          ),
        );
        expect([...back]).toEqual(values);
        const axis = around[0]![0] % own.length;
        const joined = both(
          [
            { shape: own, values },
            { shape: own, values: values.map((value) => value + 0.5) },
          ],
          (tensors) =>
            slice(
              concat([tensors[1]!, ...tensors], axis),
              own.map((length, i) => (i === axis ? { start: length, end: 2 * length } : {})),
            ),
        );
        expect([...joined]).toEqual(values);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});

describe("rows", () => {
  const scores = fc.tuple(extent, fc.integer({ min: 1, max: 70 })).chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(fc.double({ min: -40, max: 40, noNaN: true }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      }),
    }),
  );

  it("masked softmax: 0 where nothing may be seen, the rest adds up to 1, an empty row is 0", () => {
    fc.assert(
      fc.property(scores, fc.integer(), ({ rows, columns, values }, pattern) => {
        // Row 0 is empty, the others as the bits of a hash say.
        const mask = values.map((_, i) => (i < columns ? 0 : (Math.imul(i + 1, pattern | 1) >>> 9) & 1));
        const own = [rows, columns];
        const result = both(
          [
            { shape: own, values },
            { shape: own, values: mask },
          ],
          ([x, m]) => maskedSoftmax(x!, m!),
        );
        for (let row = 0; row < rows; row++) {
          const at = (i: number) => row * columns + i;
          const total = count(columns).reduce((sum, i) => sum + result[at(i)]!, 0);
          const seen = count(columns).some((i) => mask[at(i)] === 1);
          expect(total).toBeCloseTo(seen ? 1 : 0, 9);
          for (const i of count(columns)) if (mask[at(i)] === 0) expect(result[at(i)]).toBe(0);
        }
      }),
      RUNS,
    );
  });

  it("causal softmax is masked softmax with a triangle, whatever the sizes", () => {
    fc.assert(
      fc.property(scores, ({ rows, columns, values }) => {
        const own = [rows, columns];
        const triangle = values.map((_, i) =>
          Number((i % columns) - (columns - rows) <= Math.floor(i / columns)),
        );
        const causal = both([{ shape: own, values }], ([x]) => causalSoftmax(x!));
        const masked = both(
          [
            { shape: own, values },
            { shape: own, values: triangle },
          ],
          ([x, m]) => maskedSoftmax(x!, m!),
        );
        expect(causal).toEqual(masked);
      }),
      RUNS,
    );
  });

  it("layer normalisation takes no notice of a row's offset and size", () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -8, max: 8 }), ({ rows, columns, values }, offset) => {
        fc.pre(columns > 1);
        const own = [rows, columns];
        const spread = values.map((value, i) => value + (i % 2 ? 3 : -3));
        const plain = both([{ shape: own, values: spread }], ([x]) => layerNorm(x!, 1e-3));
        const moved = both([{ shape: own, values: spread.map((value) => 4 * value + offset) }], ([x]) =>
          layerNorm(x!, 16e-3),
        );
        plain.forEach((value, i) => {
          expect(moved[i]).toBeCloseTo(value, 3);
        });
      }),
      RUNS,
    );
  });
});
