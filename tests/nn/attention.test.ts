import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import { type Attention, attention, attentionWeights, type Mask } from "../../src/nn/attention.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { expectSlopes, fill } from "./slopes.ts";

const [BATCH, TIME, SOURCE, WIDTH, HEADS] = [2, 4, 5, 6, 3];
type Rows = number[][];

/** Section 3.2 of “Attention Is All You Need”, one example, head by head, as loops. */
function plainAttention(
  x: Rows,
  source: Rows,
  values: (tensor: Tensor) => Float64Array,
  own: Attention,
  visible: (row: number, column: number) => boolean,
): Rows {
  const project = (rows: Rows, { weights, bias }: Attention["query"]) =>
    rows.map((row) =>
      Array.from(values(bias), (start, j) =>
        row.reduce((total, value, i) => total + value * values(weights)[i * WIDTH + j]!, start),
      ),
    );
  const [q, k, v] = [project(x, own.query), project(source, own.key), project(source, own.value)];
  const size = WIDTH / HEADS;
  const joined = x.map(() => new Array<number>(WIDTH).fill(0));
  for (let head = 0; head < HEADS; head++) {
    const dims = Array.from({ length: size }, (_, i) => head * size + i);
    q.forEach((query, row) => {
      const weights = k.map((key, column) =>
        visible(row, column)
          ? Math.exp(dims.reduce((total, d) => total + query[d]! * key[d]!, 0) / Math.sqrt(size))
          : 0,
      );
      const total = weights.reduce((a, b) => a + b, 0);
      if (total === 0) return;
      for (const d of dims) {
        joined[row]![d] = weights.reduce((all, weight, column) => all + (weight / total) * v[column]![d]!, 0);
      }
    });
  }
  return project(joined, own.output);
}

function build(cross: boolean, mask: (graph: Graph) => Mask) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const own = attentionWeights(parameters, "attention", { width: WIDTH, heads: HEADS });
  const x = graph.input("x", [BATCH, TIME, WIDTH]);
  const source = cross ? graph.input("source", [BATCH, SOURCE, WIDTH]) : x;
  const { output } = attention(x, source, own, mask(graph));
  return { graph, parameters, own, x, source, output };
}

/** Row 2 of the second example sees nothing at all. */
const CHOSEN = Array.from({ length: BATCH * TIME * SOURCE }, (_, i) =>
  i >= 30 && i < 35 ? 0 : Number(i % 3 !== 0),
);

describe("attention against loops over heads, rows and columns", () => {
  const cases = [
    { name: "self", cross: false, mask: (): Mask => "none", visible: () => true },
    {
      name: "causal",
      cross: false,
      mask: (): Mask => "causal",
      visible: (_: number, row: number, column: number) => column <= row,
    },
    { name: "cross", cross: true, mask: (): Mask => "none", visible: () => true },
    {
      name: "cross with a mask, one row empty",
      cross: true,
      mask: (graph: Graph): Mask => graph.constant(CHOSEN, [BATCH, 1, TIME, SOURCE]),
      visible: (example: number, row: number, column: number) =>
        CHOSEN[(example * TIME + row) * SOURCE + column] === 1,
    },
  ];
  it.each(cases)("$name", ({ cross, mask, visible }) => {
    const { graph, parameters, own, x, source, output } = build(cross, mask);
    const leaves = [...new Set([...parameters.all, x, source])];
    const values = fill(leaves, 11, 0.7);
    const rowsOf = (tensor: Tensor, example: number): Rows => {
      const time = tensor.shape[1]!;
      return Array.from({ length: time }, (_, t) =>
        Array.from(
          values.get(tensor)!.subarray((example * time + t) * WIDTH, (example * time + t + 1) * WIDTH),
        ),
      );
    };
    const expected = Array.from({ length: BATCH }, (_, example) =>
      plainAttention(
        rowsOf(x, example),
        rowsOf(source, example),
        (tensor) => values.get(tensor)!,
        own,
        (row, column) => visible(example, row, column),
      ),
    ).flat(2);
    const exact = interpret([output], values).get(output)!;
    for (const relaxedSimd of [true, false]) {
      const program = createProgram(graph, { run: { outputs: [output] } }, { simd: true, relaxedSimd });
      for (const [leaf, data] of values) program.write(leaf, data);
      program.run("run");
      expected.forEach((value, i) => {
        expect(exact[i]).toBeCloseTo(value, 10);
        expect(program.view(output)[i]).toBeCloseTo(value, 4);
      });
    }
  });

  it("has the derivatives of central differences, through a mask too", () => {
    for (const { cross, mask } of cases.slice(1)) {
      const { parameters, x, source, output } = build(cross, mask);
      const leaves = [...new Set([...parameters.all, x, source])];
      const directions = fill([x], 4).get(x)!;
      const loss = sum(multiply(output, output.graph.constant(directions, output.shape)));
      expectSlopes(loss, leaves, fill(leaves, 12, 0.7));
    }
  });

  it("refuses heads that do not divide the width", () => {
    const parameters = new Parameters(new Graph());
    expect(() => attentionWeights(parameters, "a", { width: 6, heads: 4 })).toThrow(/4 heads .* width of 6/);
  });
});
