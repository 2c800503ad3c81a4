import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { add, multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { type CellName, cellWeights, unroll } from "../../src/nn/recurrent.ts";
import { expectSlopes, fill } from "./slopes.ts";

const [BATCH, TIME, INPUTS, UNITS] = [2, 5, 3, 4];
const sigma = (z: number) => 1 / (1 + Math.exp(-z));

interface PlainCell {
  /** Sum of gate `g` of unit `u` from the inputs with the bias, and from the last output. */
  input(g: number, u: number): number;
  recurrent(g: number, u: number): number;
  candidateBias(u: number): number;
}

/** One unit's new output and memory, gate by gate as the papers write them. */
const RULES: Record<CellName, (cell: PlainCell, u: number, h: number, c: number) => [number, number]> = {
  rnn: (cell, u) => [Math.tanh(cell.input(0, u) + cell.recurrent(0, u)), 0],
  gru: (cell, u, h) => {
    const r = sigma(cell.input(0, u) + cell.recurrent(0, u));
    const z = sigma(cell.input(1, u) + cell.recurrent(1, u));
    const n = Math.tanh(cell.input(2, u) + r * (cell.recurrent(2, u) + cell.candidateBias(u)));
    return [(1 - z) * n + z * h, 0];
  },
  lstm: (cell, u, _h, c) => {
    const [i, f, o] = [0, 1, 3].map((g) => sigma(cell.input(g, u) + cell.recurrent(g, u)));
    const memory = f! * c + i! * Math.tanh(cell.input(2, u) + cell.recurrent(2, u));
    return [o! * Math.tanh(memory), memory];
  },
};

function build(kind: CellName, reverse: boolean) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const cell = cellWeights(parameters, "cell", { kind, inputs: INPUTS, units: UNITS });
  const x = graph.input("x", [BATCH, TIME, INPUTS]);
  return { graph, parameters, cell, x, ...unroll(x, cell, { reverse }) };
}

describe.each(["rnn", "gru", "lstm"] as const)("%s", (kind) => {
  it.each([false, true])("follows its formulas over time (reverse: %s)", (reverse) => {
    const { graph, parameters, cell, x, outputs, state } = build(kind, reverse);
    const values = fill([...parameters.all, x], 21, 0.8);
    const width = cell.input.shape[1]!;
    const expected = new Float64Array(BATCH * TIME * UNITS);
    for (let example = 0; example < BATCH; example++) {
      let [h, c] = [new Array<number>(UNITS).fill(0), new Array<number>(UNITS).fill(0)];
      for (let taken = 0; taken < TIME; taken++) {
        const t = reverse ? TIME - 1 - taken : taken;
        const last = h;
        const plain: PlainCell = {
          input: (g, u) =>
            Array.from({ length: INPUTS }, (_, i) => i).reduce(
              (total, i) =>
                total +
                values.get(x)![(example * TIME + t) * INPUTS + i]! *
                  values.get(cell.input)![i * width + g * UNITS + u]!,
              values.get(cell.bias)![g * UNITS + u]!,
            ),
          recurrent: (g, u) =>
            last.reduce(
              (total, value, i) => total + value * values.get(cell.recurrent)![i * width + g * UNITS + u]!,
              0,
            ),
          candidateBias: (u) => values.get(cell.candidateBias!)![u]!,
        };
        const next = last.map((own, u) => RULES[kind](plain, u, own, c[u]!));
        h = next.map(([output]) => output);
        c = next.map(([, memory]) => memory);
        expected.set(h, (example * TIME + t) * UNITS);
      }
    }
    const exact = interpret([outputs], values).get(outputs)!;
    const program = createProgram(graph, { run: { outputs: [outputs, state.output] } });
    for (const [leaf, data] of values) program.write(leaf, data);
    program.run("run");
    expected.forEach((value, i) => {
      expect(exact[i]).toBeCloseTo(value, 10);
      expect(program.view(outputs)[i]).toBeCloseTo(value, 5);
    });
    const end = reverse ? 0 : TIME - 1;
    for (let u = 0; u < UNITS; u++) {
      expect(program.view(state.output)[UNITS + u]).toBeCloseTo(expected[(TIME + end) * UNITS + u]!, 5);
    }
  });

  it("has the derivatives of central differences through time", () => {
    const { parameters, x, outputs, state } = build(kind, false);
    const directions = fill([x], 5).get(x)!;
    const weighted = sum(
      multiply(
        outputs,
        outputs.graph.constant(
          Array.from({ length: BATCH * TIME * UNITS }, (_, i) => directions[i % directions.length]!),
          outputs.shape,
        ),
      ),
    );
    const loss = state.memory ? add(weighted, sum(state.memory)) : weighted;
    expectSlopes(loss, [...parameters.all, x], fill([...parameters.all, x], 22, 0.8));
  });

  it("skips what the mask leaves out: a padded sequence ends as the short one alone", () => {
    const { graph, parameters, cell, x } = build(kind, false);
    const mask = graph.input("mask", [BATCH, TIME]);
    const short = graph.input("short", [BATCH, 3, INPUTS]);
    const values = fill([...parameters.all, x], 23, 0.8);
    values.set(mask, Float64Array.from([1, 1, 1, 0, 0, 1, 1, 1, 0, 0]));
    const size = 3 * INPUTS;
    const rows = [0, 1].flatMap((row) =>
      Array.from(values.get(x)!.slice(row * TIME * INPUTS, row * TIME * INPUTS + size)),
    );
    values.set(short, Float64Array.from(rows));
    for (const reverse of [false, true]) {
      const padded = unroll(x, cell, { mask, reverse }).state.output;
      const alone = unroll(short, cell, { reverse }).state.output;
      const all = interpret([padded, alone], values);
      all.get(alone)!.forEach((value, i) => {
        expect(all.get(padded)![i]).toBeCloseTo(value, 12);
      });
    }
  });

  it("begins with the share kept that was asked for", () => {
    const graph = new Graph();
    const parameters = new Parameters(graph);
    const cell = cellWeights(parameters, "cell", { kind, inputs: INPUTS, units: UNITS, keeping: 2 });
    const written = new Map<Tensor, number[]>();
    parameters.initialize({ write: (leaf, values) => written.set(leaf, Array.from(values)) }, 1);
    const kept = written.get(cell.bias)!.slice(UNITS, 2 * UNITS);
    expect(kept).toEqual(kind === "rnn" ? [] : [2, 2, 2, 2]);
  });
});
