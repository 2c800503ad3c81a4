/**
 * The learner's graph as a graph of the engine. Nothing here knows a derivative: to every node and to every way
 * between two nodes a tensor of value 0 is added, and the engine's gradient of the output in these is what each
 * node, and each way, is responsible for.
 */
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { interpret } from "../../engine/interpret.ts";
import { add } from "../../engine/ops/arithmetic.ts";
import { inputsOf, isValue, type Nodes } from "./model.ts";
import { OPERATIONS } from "./operations.ts";

/** Why a node has no value: an input is not joined, or has no value itself. */
export type Problem = "missing" | "waiting";

/** A value on its way into another node. */
export interface Use {
  /** The node it goes into, and into which of its inputs. */
  readonly consumer: number;
  readonly slot: number;
  /** ∂consumer/∂input. */
  readonly local: number;
  /** ∂L/∂consumer. */
  readonly upstream: number;
  /** ∂L along this way only. */
  readonly share: number;
}

export interface NodeReading {
  readonly problem: Problem | undefined;
  readonly value: number | undefined;
  /** ∂L/∂node: 0 where it does not reach L, `undefined` where L has no value. */
  readonly gradient: number | undefined;
  /** Ways towards L, one for every input it is joined to. */
  readonly uses: readonly Use[];
}

export interface Evaluation {
  readonly nodes: readonly NodeReading[];
  /** Every node that has a value, inputs before what is computed from them. */
  readonly order: readonly number[];
  /** Value of L; `undefined` when there is none. */
  readonly loss: number | undefined;
  /** The first node whose value is infinite or undefined. */
  readonly overflow: number | undefined;
}

/** Nodes that can be computed, in order, and what hinders the others. @param nodes without a circle. */
export function orderOf(nodes: Nodes): { order: number[]; problems: (Problem | undefined)[] } {
  const placed = new Set<number>();
  for (let before = -1; before < placed.size; ) {
    before = placed.size;
    nodes.forEach((node, i) => {
      if (inputsOf(node).every((input) => input !== undefined && placed.has(input))) placed.add(i);
    });
  }
  const problems = nodes.map((node, i): Problem | undefined => {
    if (placed.has(i)) return undefined;
    return inputsOf(node).includes(undefined) ? "missing" : "waiting";
  });
  return { order: [...placed], problems };
}

interface Built {
  readonly order: readonly number[];
  readonly problems: readonly (Problem | undefined)[];
  readonly leaves: ReadonlyMap<number, Tensor>;
  readonly tensors: ReadonlyMap<number, Tensor>;
  /** Tensors of value 0: one for each node, one for each way `consumer slot`. */
  readonly nodeProbes: ReadonlyMap<number, Tensor>;
  readonly wayProbes: ReadonlyMap<string, Tensor>;
  readonly nodeGradients: ReadonlyMap<number, Tensor>;
  readonly wayGradients: ReadonlyMap<string, Tensor>;
  readonly locals: ReadonlyMap<string, Tensor>;
}

const wayKey = (consumer: number, slot: number) => `${consumer} ${slot}`;

function build(nodes: Nodes, output: number | undefined): Built {
  const { order, problems } = orderOf(nodes);
  const graph = new Graph();
  const leaves = new Map<number, Tensor>();
  const tensors = new Map<number, Tensor>();
  const nodeProbes = new Map<number, Tensor>();
  const wayProbes = new Map<string, Tensor>();
  for (const i of order) {
    const node = nodes[i]!;
    const probe = graph.parameter(`node ${i}`, []);
    nodeProbes.set(i, probe);
    if (isValue(node)) {
      const leaf = graph.parameter(`value ${i}`, []);
      leaves.set(i, leaf);
      tensors.set(i, add(leaf, probe));
      continue;
    }
    const inputs = node.inputs.map((input, slot) => {
      const way = graph.parameter(`way ${wayKey(i, slot)}`, []);
      wayProbes.set(wayKey(i, slot), way);
      return add(tensors.get(input!)!, way);
    });
    tensors.set(i, add(OPERATIONS[node.kind].build(inputs), probe));
  }
  const loss = output === undefined ? undefined : tensors.get(output);
  const [toNodes, toWays] = loss
    ? [gradients(loss, [...nodeProbes.values()]), gradients(loss, [...wayProbes.values()])]
    : [[], []];
  const locals = new Map(
    [...wayProbes].map(([key, probe]) => {
      const consumer = tensors.get(Number(key.split(" ")[0]))!;
      return [key, gradients(consumer, [probe])[0]!];
    }),
  );
  return {
    ...{ order, problems, leaves, tensors, nodeProbes, wayProbes, locals },
    nodeGradients: new Map([...nodeProbes.keys()].flatMap((i, at) => (loss ? [[i, toNodes[at]!]] : []))),
    wayGradients: new Map([...wayProbes.keys()].flatMap((key, at) => (loss ? [[key, toWays[at]!]] : []))),
  };
}

/** Leaves of the engine's graph, one node pushed by `shift`. */
function leafValues(built: Built, nodes: Nodes, pushed?: number, shift = 0): Map<Tensor, number[]> {
  const values = new Map<Tensor, number[]>();
  for (const [i, leaf] of built.leaves) {
    const node = nodes[i]!;
    values.set(leaf, [isValue(node) ? node.value : 0]);
  }
  for (const [i, probe] of built.nodeProbes) values.set(probe, [i === pushed ? shift : 0]);
  for (const probe of built.wayProbes.values()) values.set(probe, [0]);
  return values;
}

/** Every value, every gradient, every way's share. */
export function evaluate(nodes: Nodes, output: number | undefined): Evaluation {
  const built = build(nodes, output);
  const wanted = [built.tensors, built.nodeGradients, built.wayGradients, built.locals];
  const values = interpret(
    wanted.flatMap((tensors) => [...tensors.values()]),
    leafValues(built, nodes),
  );
  const read = (tensor: Tensor | undefined) => (tensor ? values.get(tensor)?.[0] : undefined);
  const amountOf = (i: number) => read(built.tensors.get(i));
  const overflow = built.order.find((i) => !Number.isFinite(amountOf(i)));
  const loss = output === undefined ? undefined : amountOf(output);
  const usesOf = (i: number): Use[] =>
    nodes.flatMap((node, consumer) =>
      inputsOf(node).flatMap((input, slot): Use[] => {
        const key = wayKey(consumer, slot);
        const [local, upstream, share] = [
          read(built.locals.get(key)),
          read(built.nodeGradients.get(consumer)),
          read(built.wayGradients.get(key)),
        ];
        if (input !== i || local === undefined || upstream === undefined || share === undefined) return [];
        return [{ consumer, slot, local, upstream, share }];
      }),
    );
  return {
    order: built.order,
    loss,
    overflow,
    nodes: nodes.map((_, i) => ({
      problem: built.problems[i],
      value: amountOf(i),
      gradient: read(built.nodeGradients.get(i)),
      uses: usesOf(i),
    })),
  };
}

export interface Difference {
  readonly h: number;
  readonly above: number;
  readonly below: number;
  /** (L(v + h) − L(v − h)) / 2h. */
  readonly slope: number;
}

/** The slope found without any derivative: L with the node pushed up and down a little. `undefined` without L. */
export function centralDifference(
  nodes: Nodes,
  output: number | undefined,
  index: number,
): Difference | undefined {
  const built = build(nodes, output);
  const loss = output === undefined ? undefined : built.tensors.get(output);
  const node = built.tensors.get(index);
  if (!loss || !node) return undefined;
  const at = (shift: number) => interpret([loss, node], leafValues(built, nodes, index, shift));
  const h = 1e-5 * Math.max(1, Math.abs(at(0).get(node)![0]!));
  const [above, below] = [at(h).get(loss)![0]!, at(-h).get(loss)![0]!];
  return { h, above, below, slope: (above - below) / (2 * h) };
}

/** Whether the two ways to a slope tell different things: at a corner such as that of ReLU at 0. */
export function disagrees(gradient: number | undefined, difference: Difference | undefined): boolean {
  if (gradient === undefined || difference === undefined) return false;
  if (!Number.isFinite(gradient) || !Number.isFinite(difference.slope)) return false;
  const scale = Math.max(1, Math.abs(gradient), Math.abs(difference.slope));
  return Math.abs(gradient - difference.slope) > 1e-3 * scale;
}
