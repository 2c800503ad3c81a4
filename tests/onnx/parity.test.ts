import { expect, test } from "vitest";
import { ancestors, type Graph, type Tensor } from "../../src/engine/graph.ts";
import { createProgram, type Program } from "../../src/engine/program.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { MAPPINGS } from "../../src/onnx/mapping.ts";
import { growGraph, type RandomGraph } from "./random-graph.ts";
import { runInRuntime } from "./runtime.ts";

const GRAPHS = 320;
const TOLERANCE = 1e-4;

/** What our compiled program computes; `write` fills the leaves. */
function compute(
  graph: Graph,
  outputs: readonly Tensor[],
  write: (program: Program) => void,
): Float32Array[] {
  const program = createProgram(graph, { run: { outputs } });
  write(program);
  expect(program.run("run")).toBe(1);
  return outputs.map((output) => Float32Array.from(program.view(output)));
}

function runOurs({ graph, outputs, values }: RandomGraph): Float32Array[] {
  const reached = new Set(ancestors(outputs));
  return compute(graph, outputs, (program) => {
    for (const [leaf, data] of values) if (reached.has(leaf)) program.write(leaf, data);
  });
}

/** The file read back and computed by us again. */
function runImported(bytes: Uint8Array, { values, outputs: original }: RandomGraph): Float32Array[] {
  const batched = ancestors(original).find(
    ({ operation, shape }) => operation.name === "input" && shape.length > 0,
  );
  const batch = batched?.shape[0] ?? 1;
  const { graph, inputs, outputs, values: weights } = importOnnx(bytes, { batch });
  const ends = [...outputs.values()];
  const reached = new Set(ancestors(ends));
  return compute(graph, ends, (program) => {
    for (const [leaf, data] of weights) if (reached.has(leaf)) program.write(leaf, data);
    for (const [leaf, data] of values) {
      const own = inputs.get(leaf.name!);
      if (own && reached.has(own)) program.write(own, data);
    }
  });
}

/**
 * Largest difference, against the largest value of the tensor, or against 0.001: far out onnxruntime's sigmoid is a
 * rational approximation that is only exact to 2·10⁻⁸ (σ(−11) = 1.670·10⁻⁵ becomes 1.672·10⁻⁵).
 */
function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  let worst = 0;
  for (let at = 0; at < expected.length; at++) {
    const error = Math.abs(actual[at]! - expected[at]!) / largest;
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return worst;
}

test(`${GRAPHS} random graphs compute the same in onnxruntime, and read back`, async () => {
  const met = new Set<string>();
  let deepest = 0;
  for (let seed = 1; seed <= GRAPHS; seed++) {
    const made = growGraph(seed);
    const named = made.outputs.map((tensor, i): [string, Tensor] => [`y${i}`, tensor]);
    const { bytes } = exportOnnx({
      outputs: Object.fromEntries(named),
      values: (leaf) => made.values.get(leaf)!,
    });
    const theirs = await runInRuntime(bytes, made.values);
    const ours = runOurs(made);
    const again = runImported(bytes, made);
    made.outputs.forEach((output, i) => {
      const error = distance(theirs.get(`y${i}`)!, ours[i]!);
      expect(error, `seed ${seed}, ${made.graph.nameOf(output)}`).toBeLessThan(TOLERANCE);
      expect(distance(again[i]!, ours[i]!), `seed ${seed}, read back`).toBeLessThan(TOLERANCE);
    });
    const nodes = ancestors(made.outputs);
    for (const { operation } of nodes) met.add(operation.name);
    const depth = new Map<Tensor, number>();
    for (const node of nodes)
      depth.set(node, 1 + Math.max(0, ...node.inputs.map((input) => depth.get(input)!)));
    deepest = Math.max(deepest, ...depth.values());
  }
  expect(deepest).toBeGreaterThanOrEqual(15);
  expect(Object.keys(MAPPINGS).filter((name) => !met.has(name))).toEqual([]);
}, 60_000);
