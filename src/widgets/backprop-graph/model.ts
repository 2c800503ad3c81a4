/** A computation graph as the learner builds it: values and operations, joined by the inputs' numbers. */
import { type Codec, number } from "../../ui/state-codec.ts";
import { OPERATION_KINDS, OPERATIONS, type OperationKind } from "./operations.ts";

export const ROLES = ["x", "w", "t"] as const;
/** Data, something to be learned, or what is wanted. */
export type Role = (typeof ROLES)[number];

export interface ValueNode {
  readonly kind: "value";
  readonly role: Role;
  readonly value: number;
}

export interface OperationNode {
  readonly kind: OperationKind;
  /** Numbers of other nodes; `undefined` where nothing is joined yet. */
  readonly inputs: readonly (number | undefined)[];
}

export type GraphNode = ValueNode | OperationNode;
export type Nodes = readonly GraphNode[];

export const MAX_NODES = 24;
export const LIMIT = 1_000_000;

export const value = (role: Role, amount: number): ValueNode => ({ kind: "value", role, value: amount });
export const operation = (kind: OperationKind, ...inputs: (number | undefined)[]): OperationNode => ({
  kind,
  inputs: Array.from({ length: OPERATIONS[kind].arity }, (_, slot) => inputs[slot]),
});
export const isValue = (node: GraphNode): node is ValueNode => node.kind === "value";
export const inputsOf = (node: GraphNode): readonly (number | undefined)[] =>
  isValue(node) ? [] : node.inputs;

const amount = number({ fallback: 0, min: -LIMIT, max: LIMIT });

/** A value as `w-0.5`, an operation as `add_0_1`, with nothing where an input is missing: `add_0_`. */
export const nodeCodec: Codec<GraphNode> = {
  fallback: value("x", 1),
  encode: (node) =>
    isValue(node)
      ? node.role + amount.encode(node.value)
      : [node.kind, ...node.inputs.map((input) => input ?? "")].join("_"),
  decode: (text) => decodeValue(text) ?? decodeOperation(text),
};

function decodeValue(text: string): ValueNode | undefined {
  const role = ROLES.find((each) => text.startsWith(each));
  const read = role === undefined ? undefined : amount.decode(text.slice(1));
  return role === undefined || read === undefined ? undefined : value(role, read);
}

function decodeOperation(text: string): OperationNode | undefined {
  const [name, ...parts] = text.split("_");
  const kind = OPERATION_KINDS.find((each) => each === name);
  if (kind === undefined || parts.length !== OPERATIONS[kind].arity) return undefined;
  if (parts.some((part) => !/^\d{0,2}$/.test(part))) return undefined;
  return operation(kind, ...parts.map((part) => (part === "" ? undefined : Number(part))));
}

const INNER_NAMES = "abcdefghijkmnopqrsuvyz";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** `x₁`, `w₂`, `t`; operations `a`, `b`, … and the output `L`. A role that stands once has no number. */
export function namesOf(nodes: Nodes, output: number | undefined): string[] {
  const counts = { x: 0, w: 0, t: 0 };
  const total = (role: Role) => nodes.filter((node) => isValue(node) && node.role === role).length;
  let inner = 0;
  return nodes.map((node, i) => {
    if (!isValue(node)) return i === output ? "L" : (INNER_NAMES[inner++] ?? `n${i}`);
    counts[node.role] += 1;
    if (total(node.role) === 1) return node.role;
    return node.role + [...String(counts[node.role])].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
  });
}

/** Whether `from` is computed from `target`, over any number of nodes; a node reaches itself. */
export function dependsOn(nodes: Nodes, from: number, target: number): boolean {
  const found = new Set<number>();
  const pending = [from];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === target) return true;
    if (found.has(at)) continue;
    found.add(at);
    for (const input of inputsOf(nodes[at]!)) if (input !== undefined) pending.push(input);
  }
  return false;
}

export type Connection =
  | { readonly nodes: Nodes }
  /** Joining them would close a circle. */
  | { readonly refused: "cycle" };

/** Joins `source` to an input of `target`; refused where the source is itself computed from the target. */
export function connect(nodes: Nodes, target: number, slot: number, source: number | undefined): Connection {
  const node = nodes[target];
  if (!node || isValue(node)) return { nodes };
  if (source !== undefined && dependsOn(nodes, source, target)) return { refused: "cycle" };
  const inputs = node.inputs.map((input, i) => (i === slot ? source : input));
  return { nodes: nodes.map((each, i) => (i === target ? { ...node, inputs } : each)) };
}

/** Takes a node out; what it was an input of has an empty place there. */
export function removeNode(nodes: Nodes, gone: number): Nodes {
  const moved = (input: number | undefined) =>
    input === undefined || input === gone ? undefined : input > gone ? input - 1 : input;
  return nodes
    .filter((_, i) => i !== gone)
    .map((node) => (isValue(node) ? node : { ...node, inputs: node.inputs.map(moved) }));
}

/** Another operation in the same place; an input too many is let go. */
export function changeKind(nodes: Nodes, index: number, kind: OperationKind): Nodes {
  return nodes.map((node, i) => (i === index && !isValue(node) ? operation(kind, ...node.inputs) : node));
}

/** First empty input of a node; `undefined` when all are joined. */
export function emptySlot(node: GraphNode): number | undefined {
  const slot = inputsOf(node).indexOf(undefined);
  return slot < 0 ? undefined : slot;
}

/** The wanted output where it is an operation, or the last operation; `undefined` when there is none. */
export function outputOf(nodes: Nodes, wanted: number): number | undefined {
  const node = nodes[wanted];
  if (node && !isValue(node)) return wanted;
  const last = nodes.findLastIndex((each) => !isValue(each));
  return last < 0 ? undefined : last;
}

/** Joins anew what a link says; what names no other node, or would close a circle, stays empty. */
export function soundNodes(nodes: Nodes): Nodes {
  const bare = nodes.map((node): GraphNode => (isValue(node) ? node : operation(node.kind)));
  return nodes.reduce<Nodes>(
    (joined, node, target) =>
      inputsOf(node).reduce<Nodes>((current, source, slot) => {
        if (source === undefined || source >= nodes.length) return current;
        const result = connect(current, target, slot, source);
        return "nodes" in result ? result.nodes : current;
      }, joined),
    bare,
  );
}

/** How many inputs are joined. */
export const joinCount = (nodes: Nodes): number =>
  nodes.flatMap(inputsOf).filter((input) => input !== undefined).length;
