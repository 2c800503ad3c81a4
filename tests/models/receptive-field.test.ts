import { expect, test } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { maxPool } from "../../src/engine/ops/max-pool.ts";
import { averagePool } from "../../src/engine/ops/sum-pool.ts";
import { createProgram } from "../../src/engine/program.ts";
import { type ConvolutionAndPool, fieldAt, receptiveFields } from "../../src/models/receptive-field.ts";
import { convolve } from "../../src/nn/image-layers.ts";

const LAYERS: readonly ConvolutionAndPool[] = [
  { window: 5, pool: 1 },
  { window: 3, pool: 2 },
  { window: 3, pool: 1 },
  { window: 2, pool: 2 },
  { window: 3, pool: 1 },
];

test("sizes by hand: 5, 5+2, one pooling and two steps of 2, …", () => {
  expect(receptiveFields(LAYERS).map(({ size }) => size)).toEqual([5, 7, 12, 14, 24]);
  expect(receptiveFields(LAYERS).map(({ step }) => step)).toEqual([1, 1, 2, 2, 4]);
});

/** Values of a network of positive weights that a change of one pixel reaches, as rows of the last map. */
function reached(count: number, pixel: number, pool: typeof maxPool): number[] {
  const graph = new Graph();
  const size = 32;
  const image = graph.input("image", [1, 1, size, 1]);
  let x = image;
  LAYERS.slice(0, count).forEach(({ window, pool: joined }, i) => {
    const filters = graph.constant(new Array<number>(window).fill(1), [1, 1, window, 1]);
    x = convolve(x, { filters, bias: graph.constant([0], [1]) });
    if (i + 1 < count && joined > 1) x = pool(x, { window: [joined, 1] });
  });
  const program = createProgram(graph, { run: { outputs: [x] } });
  const run = (at: number) => {
    program.write(
      image,
      Array.from({ length: size }, (_, i) => (i === at ? 1 : 0)),
    );
    program.run("run");
    return [...program.view(x)];
  };
  return run(pixel).flatMap((value, row) => (value !== 0 ? [row] : []));
}

test("a pixel reaches exactly the values whose field holds it", () => {
  receptiveFields(LAYERS).forEach((field, k) => {
    for (const pixel of [0, 9, 16, 31]) {
      const rows = reached(k + 1, pixel, averagePool);
      const expected = Array.from({ length: 32 / field.step }, (_, row) => row).filter((row) => {
        const [first, end] = fieldAt(field, row);
        return pixel >= first && pixel < end;
      });
      expect(rows).toEqual(expected);
      expect(reached(k + 1, pixel, maxPool)).toEqual(expected);
    }
  });
});
