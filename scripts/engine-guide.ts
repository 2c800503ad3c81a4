/**
 * `npm run guide`: brings the blocks of ENGINE.md up to date. Each is printed by the engine itself from one small
 * network, so that the guide cannot drift from the code; a test compares them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import loadWabt from "wabt";
import { compile, type Entry, planTasks, targetsOf } from "../src/engine/compile/compile.ts";
import { fuse, storageOf } from "../src/engine/compile/fuse.ts";
import { barriersBefore } from "../src/engine/compile/tasks.ts";
import { gradients } from "../src/engine/gradient.ts";
import { ancestors, Graph, type Tensor } from "../src/engine/graph.ts";
import { interpret } from "../src/engine/interpret.ts";
import { relu } from "../src/engine/ops/activations.ts";
import { add, multiply, subtract } from "../src/engine/ops/arithmetic.ts";
import { square } from "../src/engine/ops/functions.ts";
import { matmul } from "../src/engine/ops/matmul.ts";
import { sum } from "../src/engine/ops/reduce.ts";
import { createProgram } from "../src/engine/program.ts";

const GUIDE = join(import.meta.dirname, "..", "ENGINE.md");

/** What the leaves hold in the example. */
const VALUES = { x: [1, 2], weights: [0.5, -0.25, 1, 0.75], bias: [0.1, -0.2], target: [1, 1] };
const RATE = 0.1;

/** Loss Σ(relu(x·W + b) − t)² of a layer with two inputs and two neurons, and a step of gradient descent. */
function example(rows = 1, size = 2) {
  const graph = new Graph();
  const x = graph.input("x", [rows, size]);
  const weights = graph.parameter("weights", [size, size]);
  const bias = graph.parameter("bias", [size]);
  const target = graph.input("target", [rows, size]);
  const loss = sum(square(subtract(relu(add(matmul(x, weights), bias)), target)));
  const forward = graph.nodes.length;
  const [toWeights, toBias] = gradients(loss, [weights, bias]) as [Tensor, Tensor];
  const backward = graph.nodes.length;
  const descend = (parameter: Tensor, gradient: Tensor) => subtract(parameter, multiply(gradient, RATE));
  const updates = new Map([
    [weights, descend(weights, toWeights)],
    [bias, descend(bias, toBias)],
  ]);
  const step: Entry = { outputs: [loss], updates };
  return { graph, leaves: { x, weights, bias, target }, loss, forward, backward, step };
}

const describe = ({ id, operation, inputs, shape, name, values }: Tensor) =>
  [
    `#${String(id).padEnd(3)}`,
    [operation.name, name && `“${name}”`, values?.join(", ")].filter(Boolean).join(" ").padEnd(22),
    inputs
      .map((input) => `#${input.id}`)
      .join(", ")
      .padEnd(12),
    `[${shape.join(", ")}]`,
  ]
    .join(" ")
    .trimEnd();

/** Steps as the compiler sees them: what is fused, what is read. */
function plan(step: Entry): string {
  const targets = targetsOf(step).map(storageOf);
  return fuse(ancestors(targetsOf(step)), new Set(targets))
    .map(({ members, reads }) => {
      const chain = members.map(({ id, operation }) => `${operation.name} #${id}`).join(" → ");
      return `${chain}   reads ${reads.map(({ id }) => `#${id}`).join(", ")}`;
    })
    .join("\n");
}

function memory(step: Entry): string {
  const { addresses } = compile({ step }, { relaxed: false });
  return [...addresses]
    .map(([tensor, address]) => `${String(address).padStart(4)}  ${describe(tensor)}`)
    .join("\n");
}

/** The text form of the forward part alone, without what every module begins with. */
async function webAssembly(loss: Tensor): Promise<string> {
  const { bytes } = compile({ forward: { outputs: [loss] } }, { relaxed: false });
  const wabt = await loadWabt();
  const module = wabt.readWasm(bytes, { simd: true });
  const text = module.toText({ foldExprs: true, inlineExport: false });
  module.destroy();
  return text.trimEnd();
}

/** The same layer with 64 inputs, neurons and rows: which thread does what, and where they wait. */
function threads(): string {
  const { step } = example(64, 64);
  const layout = compile({ step }, { relaxed: true, sharedMaximum: 2 });
  const { tasks } = planTasks(step, layout, 2);
  const barriers = barriersBefore(tasks);
  const rows = tasks.map((task) => {
    const name = task.step!.members.map(({ id, operation }) => `${operation.name} #${id}`).join(" → ");
    const who = task.shares.length > 1 ? "half and half" : "first thread";
    return `${barriers.has(task) ? "   barrier\n" : ""}${who}   ${name}`;
  });
  return [...rows, "   barrier"].join("\n");
}

/** One step, computed by the interpreter and by the compiled program. */
function numbers(): string {
  const { graph, leaves, loss, step } = example();
  const program = createProgram(graph, { step });
  const values = new Map<Tensor, ArrayLike<number>>();
  for (const [name, leaf] of Object.entries(leaves)) {
    const own = VALUES[name as keyof typeof VALUES];
    program.write(leaf, own);
    values.set(leaf, own);
  }
  const interpreted = interpret(targetsOf(step), values, { round: Math.fround });
  program.run("step");
  const show = (list: ArrayLike<number>) => Array.from(list, (value) => value.toFixed(4)).join(" ");
  const rows = [
    ["loss", interpreted.get(loss)!, program.view(loss)],
    ...[...step.updates!].map(
      ([leaf, value]) => [leaf.name!, interpreted.get(value)!, program.view(leaf)] as const,
    ),
  ] as const;
  return rows
    .map(([name, walked, ran]) => `${name.padEnd(8)} interpreter ${show(walked)}   compiled ${show(ran)}`)
    .join("\n");
}

/** Every block of the guide by its name. */
export async function guideBlocks(): Promise<ReadonlyMap<string, string>> {
  const { graph, loss, forward, backward, step } = example();
  const list = (from: number, to: number) => graph.nodes.slice(from, to).map(describe).join("\n");
  return new Map([
    ["graph", list(0, forward)],
    ["derivative", list(forward, backward)],
    ["plan", plan(step)],
    ["memory", memory(step)],
    ["webassembly", await webAssembly(loss)],
    ["threads", threads()],
    ["numbers", numbers()],
  ]);
}

/** Puts each block between its fences: "```text name" … "```". @throws Error for a block the guide lacks. */
export function withBlocks(guide: string, blocks: ReadonlyMap<string, string>): string {
  let result = guide;
  for (const [name, block] of blocks) {
    const fence = new RegExp(`(\`\`\`text ${name}\\n)[\\s\\S]*?(\\n?\`\`\`)`);
    if (!fence.test(result)) throw new Error(`ENGINE.md has no block “${name}”`);
    result = result.replace(fence, (_whole, open: string) => `${open}${block}\n\`\`\``);
  }
  return result;
}

if (import.meta.main) writeFileSync(GUIDE, withBlocks(readFileSync(GUIDE, "utf8"), await guideBlocks()));
