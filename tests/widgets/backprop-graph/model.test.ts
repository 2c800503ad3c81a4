import { describe, expect, test } from "vitest";
import {
  descended,
  joined,
  withOperation,
  withoutNode,
  withValue,
} from "../../../src/widgets/backprop-graph/edit.ts";
import { evaluate } from "../../../src/widgets/backprop-graph/evaluate.ts";
import { type GraphFacts, graphGoals } from "../../../src/widgets/backprop-graph/goals.ts";
import {
  backwardOrder,
  NO_SCORE,
  type Sign,
  scored,
  signOf,
} from "../../../src/widgets/backprop-graph/guess.ts";
import { layoutOf } from "../../../src/widgets/backprop-graph/layout.ts";
import {
  connect,
  MAX_NODES,
  type Nodes,
  namesOf,
  operation as op,
  removeNode,
  value,
} from "../../../src/widgets/backprop-graph/model.ts";
import { PRESET_NAMES, PRESETS } from "../../../src/widgets/backprop-graph/presets.ts";
import {
  type GraphState,
  graphState,
  presetState,
  soundState,
} from "../../../src/widgets/backprop-graph/state.ts";
import { overflowText, spoken } from "../../../src/widgets/backprop-graph/text.ts";

const sound = (patch: Partial<GraphState> = {}) => soundState({ ...graphState.defaults, ...patch });
const apply = (state: ReturnType<typeof sound>, patch: Partial<GraphState> | undefined) =>
  soundState({ ...state, ...patch });

describe("the address", () => {
  test("keeps every preset and an unfinished graph", () => {
    const own: Nodes = [value("x", -0.25), value("t", 3), op("multiply", 0), op("relu", 2)];
    for (const nodes of [...PRESET_NAMES.map((name) => PRESETS[name].nodes as Nodes), own]) {
      const state = { ...graphState.defaults, nodes, output: 2, selected: 1, mode: "all" as const };
      expect(graphState.decode(graphState.encode(state))).toEqual({ state, problems: [] });
    }
  });

  test("a circle or a node that is not there is cut, the rest stays", () => {
    const { state, problems } = graphState.decode("1;nodes=x1,add_0_2,tanh_1,square_9");
    expect(problems).toEqual([]);
    const read = soundState(state);
    expect(read.cut).toBe(true);
    expect(read.nodes).toEqual([value("x", 1), op("add", 0, 2), op("tanh"), op("square")]);
    expect(sound().cut).toBe(false);
  });

  test.each(["y1", "add_0", "tanh_1_2", "sin_0", "x", "x9e9", "add_a_b"])("%s is no node", (text) => {
    expect(graphState.decode(`1;nodes=${text}`).problems).toEqual(["nodes"]);
  });

  test("every preset is complete, or empty", () => {
    for (const name of PRESET_NAMES) {
      const state = apply(sound(), presetState(name));
      const { loss } = evaluate(state.nodes, state.lossNode);
      expect(Number.isFinite(loss), name).toBe(name !== "empty");
    }
  });
});

describe("editing", () => {
  test("a circle is refused with its reason", () => {
    const state = sound();
    expect(connect(state.nodes, 4, 0, 8)).toEqual({ refused: "cycle" });
    const result = joined(state, namesOf(state.nodes, 8), 4, 0, 8);
    expect("refusal" in result && result.refusal).toContain("고리");
    const itself = joined(state, namesOf(state.nodes, 8), 4, 0, 4);
    expect("refusal" in itself && itself.refusal).toContain("자기 자신");
    expect(joined(state, [], 4, 0, 2)).toMatchObject({ patch: { selected: 4 } });
  });

  test("a whole graph by buttons alone: L = tanh(x·w)²", () => {
    let state = apply(sound(), presetState("empty"));
    state = apply(state, { selected: 0 });
    state = apply(state, withOperation(state, "multiply"));
    const result = joined(state, [], 2, 1, 1);
    if ("patch" in result) state = apply(state, result.patch);
    state = apply(state, withOperation(state, "tanh"));
    state = apply(state, withOperation(state, "square"));
    expect(state.lossNode).toBe(4);
    expect(evaluate(state.nodes, state.lossNode).loss).toBeCloseTo(Math.tanh(0.5) ** 2, 12);
    // A branch from the middle leaves L where it is.
    state = apply({ ...state, selected: 2 }, withOperation({ ...state, selected: 2 }, "relu"));
    expect(state.lossNode).toBe(4);
  });

  test("taking a node out renumbers the others", () => {
    expect(removeNode([value("x", 1), value("w", 2), op("add", 0, 1), op("square", 2)], 0)).toEqual([
      value("w", 2),
      op("add", undefined, 0),
      op("square", 1),
    ]);
    const state = sound();
    expect(apply(state, withoutNode(state, 0)).lossNode).toBe(7);
    expect(apply(state, withoutNode(state, 8)).lossNode).toBe(7);
  });

  test("no more nodes than the graph may hold", () => {
    const full = sound({ nodes: Array.from({ length: MAX_NODES }, () => value("x", 1)) });
    expect(withValue(full, "w")).toBeUndefined();
    expect(withOperation(full, "tanh")).toBeUndefined();
  });

  test("a step moves the weights only, against their gradients", () => {
    const nodes: Nodes = [value("x", 2), value("w", 1), value("t", 1), op("multiply", 0, 1), op("add", 3, 2)];
    expect(descended(nodes, (i) => [1, 2, 3][i], 0.1)).toEqual([
      value("x", 2),
      value("w", 0.8),
      value("t", 1),
      ...nodes.slice(3),
    ]);
    expect(descended(nodes, () => Number.NaN, 0.1)).toBeUndefined();
    expect(descended([value("x", 1)], () => 1, 0.1)).toBeUndefined();
  });
});

test("names by role, letters for operations, L for the output", () => {
  expect(namesOf(PRESETS.neuron.nodes, 8)).toEqual(["x", "w₁", "w₂", "t", "a", "b", "c", "d", "L"]);
  expect(spoken("w₁")).toBe("더블유일");
});

describe("where nodes stand", () => {
  test("inputs before what they are used for, and no two in one place", () => {
    for (const name of PRESET_NAMES) {
      const { nodes } = PRESETS[name];
      const { spots, ways } = layoutOf(nodes, nodes.length - 1);
      for (const { source, consumer } of ways) {
        expect(spots[source]!.column, name).toBeLessThan(spots[consumer]!.column);
      }
      const places = [...spots, ...ways.flatMap(({ points }) => points.slice(1, -1))];
      const distinct = new Set(places.map(({ column, row }) => `${column} ${row}`));
      expect(distinct.size, name).toBe(places.length);
    }
  });

  test("a chain of forks, which has a million ways, is laid out at once", () => {
    const nodes: Nodes = [value("x", 1), ...Array.from({ length: 23 }, (_, i) => op("add", i, i))];
    expect(layoutOf(nodes, 23).columns).toBe(24);
  });
});

describe("goals", () => {
  const facts = (state: ReturnType<typeof sound>, patch: Partial<GraphFacts> = {}): GraphFacts => ({
    evaluation: evaluate(state.nodes, state.lossNode),
    score: NO_SCORE,
    opened: undefined,
    lossBefore: undefined,
    disagreement: false,
    ...patch,
  });
  const done = (state: ReturnType<typeof sound>, patch: Partial<GraphFacts> = {}) =>
    graphGoals(state, facts(state, patch))
      .filter((goal) => goal.done)
      .map(({ id }) => id);

  test("five right in a row, not all the same answer", () => {
    const afterAnswers = (signs: readonly Sign[]) =>
      signs.reduce((score, sign) => scored(score, sign, sign), NO_SCORE);
    expect(done(sound(), { score: afterAnswers(["up", "up", "down", "up", "none"]) })).toEqual(["guess"]);
    expect(done(sound(), { score: afterAnswers(["up", "up", "up", "up", "up"]) })).toEqual([]);
    expect(scored(afterAnswers(["up", "down"]), "up", "down").streak).toEqual([]);
    expect([0.3, -0.3, 0].map(signOf)).toEqual(["up", "down", "none"]);
  });

  test("two shares that are not 0", () => {
    const fork = apply(sound(), presetState("fork"));
    expect(done(fork, { opened: 2 })).toEqual(["fork"]);
    expect(done(fork, { opened: 1 })).toEqual([]);
    // Both ways of x in the pair: the second neuron is off.
    expect(done(apply(sound(), presetState("pair")), { opened: 0 })).toEqual([]);
  });

  test("down by steps alone", () => {
    let state = sound({ rate: "0.3" });
    const lossBefore = evaluate(state.nodes, state.lossNode).loss;
    for (let i = 0; i < 60; i++) {
      const { nodes } = evaluate(state.nodes, state.lossNode);
      state = apply(state, {
        nodes: descended(state.nodes, (k) => nodes[k]!.gradient, 0.3)!,
        steps: i + 1,
      });
    }
    expect(done(state, { lossBefore })).toEqual(["descend"]);
    expect(done(state, { lossBefore: 0.02 })).toEqual([]);
    expect(done({ ...state, steps: 0 }, { lossBefore })).toEqual([]);
  });

  test("a corner, and an own graph", () => {
    expect(done(sound(), { disagreement: true })).toEqual(["corner"]);
    const own = sound({
      nodes: [
        value("x", 1),
        value("w", 0.5),
        op("multiply", 0, 1),
        op("tanh", 2),
        op("square", 3),
        op("exp", 4),
      ],
    });
    expect(done(own)).toEqual(["build"]);
    // Another value alone makes no other graph.
    const values = sound({ nodes: [value("x", 9), ...PRESETS.neuron.nodes.slice(1)] });
    expect(done(values)).toEqual([]);
  });
});

test("responsibility goes back from L, every node after what it goes into", () => {
  const order = backwardOrder(evaluate(PRESETS.pair.nodes, 10));
  expect(order[0]).toBe(10);
  PRESETS.pair.nodes.forEach((node, i) => {
    if (node.kind === "value") return;
    for (const input of node.inputs) expect(order.indexOf(input!)).toBeGreaterThan(order.indexOf(i));
  });
});

test("what overflowed is said", () => {
  const said = (nodes: Nodes) => {
    const state = sound({ nodes });
    return overflowText(state, namesOf(nodes, state.lossNode), evaluate(nodes, state.lossNode));
  };
  expect(said([value("x", 1), value("w", 0), op("divide", 0, 1)])).toContain("0으로 나누었습니다");
  expect(said([value("x", -2), op("log", 0)])).toContain("로그는 양수에서만");
  expect(said([value("x", 800), op("exp", 0)])).toContain("범위를 넘었습니다");
  expect(said(PRESETS.neuron.nodes)).toBeUndefined();
});
