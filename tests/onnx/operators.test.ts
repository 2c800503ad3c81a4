/** Every operator the reader knows, in the forms other programs write: our graph against onnxruntime. */
import { describe, expect, test } from "vitest";
import { ancestors } from "../../src/engine/graph.ts";
import { createProgram } from "../../src/engine/program.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { READINGS } from "../../src/onnx/reading.ts";
import { TestRandom } from "../engine/random.ts";
import { type ForeignModel, writeForeign } from "./foreign.ts";
import { tensorCases } from "./operator-cases.ts";
import { imageCases } from "./operator-cases-images.ts";
import { networkCases } from "./operator-cases-networks.ts";
import { runInRuntime } from "./runtime.ts";

async function compare(model: ForeignModel): Promise<void> {
  const bytes = writeForeign(model);
  const { graph, inputs, outputs, values } = importOnnx(bytes);
  const random = new TestRandom(5);
  const feeds = [...inputs.values()].map((leaf) => {
    const data = Float32Array.from({ length: sizeOf(leaf.shape) }, () => random.between(-2, 2));
    return [leaf, data] as const;
  });
  const theirs = await runInRuntime(bytes, feeds);
  const ends = [...outputs.values()];
  const program = createProgram(graph, { run: { outputs: ends } });
  const reached = new Set(ancestors(ends));
  for (const [leaf, data] of [...values, ...feeds]) if (reached.has(leaf)) program.write(leaf, data);
  program.run("run");
  for (const [name, tensor] of outputs) {
    const expected = theirs.get(name)!;
    expect(tensor.shape.reduce((size, extent) => size * extent, 1)).toBe(expected.length);
    Array.from(program.view(tensor)).forEach((value, at) => {
      expect(value, `${name}[${at}]`).toBeCloseTo(expected[at]!, 5);
    });
  }
}

const cases = [...tensorCases, ...imageCases, ...networkCases];

describe("read as onnxruntime reads it", () => {
  test.each(cases)("%s", async (_name, model) => {
    await compare(model);
  });
});

test("no operator of the table is left out", () => {
  // Exercised by the files we write ourselves, in the parity test.
  const own = ["Mod", "ScatterND", "ScatterElements", "DequantizeLinear"];
  const met = new Set([...own, ...cases.flatMap(([, { steps }]) => steps.map(({ operator }) => operator))]);
  expect(Object.keys(READINGS).filter((name) => !met.has(name))).toEqual([]);
});
