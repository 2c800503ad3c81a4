import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { centralDifference, disagrees, evaluate } from "../../../src/widgets/backprop-graph/evaluate.ts";
import {
  type GraphNode,
  type Nodes,
  operation as op,
  value,
} from "../../../src/widgets/backprop-graph/model.ts";
import { OPERATION_KINDS, OPERATIONS } from "../../../src/widgets/backprop-graph/operations.ts";
import { PRESETS } from "../../../src/widgets/backprop-graph/presets.ts";

const gradientsOf = (nodes: Nodes, output = nodes.length - 1) =>
  evaluate(nodes, output).nodes.map(({ gradient }) => gradient);

describe("by hand", () => {
  test("micrograd's README: g = 24.7041, ∂g/∂a = 138.8338, ∂g/∂b = 645.5773", () => {
    // The example at github.com/karpathy/micrograd, with its numbers.
    const nodes: GraphNode[] = [value("w", -4), value("w", 2)];
    const push = (...node: Parameters<typeof op>) => nodes.push(op(...node)) - 1;
    const number = (amount: number) => nodes.push(value("x", amount)) - 1;
    const [a, b] = [0, 1];
    let c = push("add", a, b);
    let d = push("add", push("multiply", a, b), push("multiply", push("square", b), b));
    const one = number(1);
    c = push("add", c, push("add", c, one));
    c = push("add", c, push("subtract", push("add", one, c), a));
    const two = number(2);
    d = push("add", d, push("add", push("multiply", d, two), push("relu", push("add", b, a))));
    const three = number(3);
    d = push("add", d, push("add", push("multiply", three, d), push("relu", push("subtract", b, a))));
    const f = push("square", push("subtract", c, d));
    const g = push("divide", f, two);
    const output = push("add", g, push("divide", number(10), f));
    const { nodes: readings, loss } = evaluate(nodes, output);
    expect(loss).toBeCloseTo(24.7041, 4);
    expect(readings[a]!.gradient).toBeCloseTo(138.8338, 4);
    expect(readings[b]!.gradient).toBeCloseTo(645.5773, 4);
  });

  test("a value that goes two ways gets both shares: L = a² + a at a = −1.5", () => {
    const { nodes } = evaluate(PRESETS.fork.nodes, 4);
    expect(nodes[2]!.uses).toEqual([
      { consumer: 3, slot: 0, local: -3, upstream: 1, share: -3 },
      { consumer: 4, slot: 1, local: 1, upstream: 1, share: 1 },
    ]);
    expect(nodes[2]!.gradient).toBe(-2);
    expect(nodes[1]!.gradient).toBe(-4);
  });

  test("one value as both inputs: (a·a)′ = 2a", () => {
    const { nodes } = evaluate([value("x", 3), op("multiply", 0, 0)], 1);
    expect(nodes[0]!.uses.map(({ share }) => share)).toEqual([3, 3]);
    expect(nodes[0]!.gradient).toBe(6);
  });

  test("equal computations stay two nodes, each with its own responsibility", () => {
    const nodes = [value("x", 2), value("w", 3), op("multiply", 0, 1), op("multiply", 0, 1), op("add", 2, 3)];
    expect(gradientsOf(nodes)).toEqual([6, 4, 1, 1, 1]);
  });

  test("what is not joined to L is not responsible", () => {
    expect(gradientsOf([value("x", 2), value("w", 3), op("square", 0)], 2)).toEqual([4, 0, 1]);
  });
});

describe("what cannot be computed", () => {
  test("missing inputs, and what waits for them", () => {
    const nodes = [value("x", 1), op("add", 0), op("square", 1), op("tanh", 0)];
    const { nodes: readings, loss, order } = evaluate(nodes, 2);
    expect(readings.map(({ problem }) => problem)).toEqual([undefined, "missing", "waiting", undefined]);
    expect(loss).toBeUndefined();
    expect(order).toEqual([0, 3]);
    expect(readings[0]!.gradient).toBeUndefined();
    expect(centralDifference(nodes, 2, 0)).toBeUndefined();
  });

  test.each([
    ["an overflow", [value("x", 800), op("exp", 0), op("square", 1)], 1],
    ["a division by 0", [value("x", 1), value("w", 0), op("divide", 0, 1), op("square", 2)], 2],
    ["a logarithm of a negative number", [value("x", -1), op("log", 0), op("square", 1)], 1],
  ] as const)("%s is found at its node", (_, nodes, at) => {
    expect(evaluate(nodes, nodes.length - 1).overflow).toBe(at);
  });

  test("no graph at all", () => {
    expect(evaluate([], undefined)).toEqual({ order: [], loss: undefined, overflow: undefined, nodes: [] });
  });
});

/** Graphs without a circle: every operation takes nodes before it. */
const graphs = fc
  .tuple(
    fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 2, maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...OPERATION_KINDS), fc.nat(), fc.nat()), {
      minLength: 1,
      maxLength: 9,
    }),
  )
  .map(([amounts, operations]) => {
    const nodes: GraphNode[] = amounts.map((amount) => value("w", amount));
    for (const [kind, a, b] of operations) nodes.push(op(kind, a % nodes.length, b % nodes.length));
    return nodes;
  });

/** No corner and no steep place near, where central differences themselves are rough. */
const smooth = (nodes: Nodes) => {
  const { nodes: readings, overflow } = evaluate(nodes, nodes.length - 1);
  return (
    overflow === undefined &&
    readings.every(({ value: amount }) => Math.abs(amount!) < 50) &&
    nodes.every((node, i) => {
      if (node.kind === "value") return true;
      const second = readings[node.inputs.at(-1)!]!.value!;
      if (node.kind === "divide" || node.kind === "log") return second > 0.2;
      return node.kind !== "relu" || (Math.abs(second) > 0.01 && readings[i] !== undefined);
    })
  );
};

test("in any graph: central differences agree, shares add up, local × upstream is the share", () => {
  fc.assert(
    fc.property(graphs.filter(smooth), (nodes) => {
      const output = nodes.length - 1;
      const { nodes: readings } = evaluate(nodes, output);
      readings.forEach(({ gradient, uses }, i) => {
        const { slope } = centralDifference(nodes, output, i)!;
        expect(Math.abs(gradient! - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(gradient!)));
        expect(disagrees(gradient, { h: 1, above: 0, below: 0, slope })).toBe(false);
        const total = uses.reduce((sum, { share }) => sum + share, i === output ? 1 : 0);
        expect(gradient).toBeCloseTo(total, 9);
        for (const { local, upstream, share } of uses) expect(local * upstream).toBeCloseTo(share, 9);
      });
    }),
    { seed: 6, numRuns: 80 },
  );
});

test("at the corner of ReLU the two ways to a slope disagree", () => {
  const nodes = [value("x", 0), op("relu", 0)];
  const { gradient } = evaluate(nodes, 1).nodes[0]!;
  const difference = centralDifference(nodes, 1, 0);
  expect(gradient).toBe(0);
  expect(difference?.slope).toBeCloseTo(0.5, 9);
  expect(disagrees(gradient, difference)).toBe(true);
});

test("the written derivative has the value of the computed one", () => {
  const [a, b] = [0.8, 1.3];
  for (const kind of OPERATION_KINDS) {
    const { nodes, loss } = evaluate([value("x", a), value("w", b), op(kind, 0, 1)], 2);
    const amounts = [a, b].map(String);
    for (let slot = 0; slot < OPERATIONS[kind].arity; slot++) {
      const text = OPERATIONS[kind]
        .slope(slot, amounts, String(loss))
        .replaceAll("−", "-")
        .replaceAll("×", "*");
      // Only sums, products, quotients and squares of numbers, read by hand.
      const written = kind === "relu" ? 1 : calculate(text);
      expect(nodes[slot]!.uses[0]!.local, `${kind} ${text}`).toBeCloseTo(written, 9);
    }
  }
});

/** The value of `a * (1 - b)`, `1 - a²`, `-a / b²`, `1 / a`, `2 * a`, `a`. */
function calculate(text: string): number {
  const product = text.replace("(", "").replace(")", "").split(" * ");
  const factor = (part: string): number => {
    const [left, right] = part.split(" - ");
    if (right !== undefined) return factor(left!) - factor(right);
    const [above, below] = part.split(" / ");
    if (below !== undefined) return factor(above!) / factor(below);
    return part.endsWith("²") ? Number(part.slice(0, -1)) ** 2 : Number(part);
  };
  return product.map(factor).reduce((total, each) => total * each, 1);
}
