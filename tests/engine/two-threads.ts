/** Compares what two threads compute with what one does, to the bit: in Node, and in a worker in Chromium. */
import { gradients } from "../../src/engine/gradient.ts";
import type { Graph, Tensor } from "../../src/engine/graph.ts";
import { multiply } from "../../src/engine/ops/arithmetic.ts";
import { sum } from "../../src/engine/ops/reduce.ts";
import { createProgram, type Entry, type Program } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { sizeOf } from "../../src/engine/shape.ts";
import type { OperationCase } from "./cases.ts";
import { feed } from "./values.ts";

/** Asks for the second thread and waits for it. @throws Error when it does not come. */
export async function join<Name extends string>(program: Program<Name>, entry: Name): Promise<void> {
  program.share(entry);
  for (let waited = 0; program.threads(entry) < 2; waited++) {
    if (waited > 5000) throw new Error("the second thread does not come");
    await new Promise((resolve) => setTimeout(resolve, waited < 20 ? 0 : 2));
  }
}

const bitsOf = (program: Program<"run">, tensor: Tensor) => {
  const view = program.view(tensor);
  return new Int32Array(view.slice().buffer);
};

/** Elements of all targets that differ between a run on one thread and one on two. */
async function differences(
  graph: Graph,
  targets: readonly Tensor[],
  values: ReadonlyMap<Tensor, ArrayLike<number>>,
  relaxedSimd: boolean,
): Promise<string[]> {
  const program = createProgram(graph, { run: { outputs: targets } }, { simd: true, relaxedSimd });
  for (const [leaf, data] of values) {
    try {
      program.write(leaf, data);
    } catch {
      // A leaf nothing depends on is not kept.
    }
  }
  program.run("run");
  const alone = targets.map((target) => bitsOf(program, target));
  for (const target of targets) if (target.inputs.length > 0) program.view(target).fill(7);
  await join(program, "run");
  program.run("run", 3);
  const found = targets.flatMap((target, i) => {
    const together = bitsOf(program, target);
    const at = alone[i]!.findIndex((bits, element) => bits !== together[element]);
    return at < 0 ? [] : [`${graph.nameOf(target)} [${target.shape}] at ${at}`];
  });
  program.dispose();
  return found;
}

/** An operation and its gradients. @returns where the results differ. */
export function caseDifferences(operationCase: OperationCase, seed: number): Promise<string[]> {
  const { graph, inputs, output, values, random } = feed(operationCase, seed);
  const targets = [output];
  if (operationCase.differentiable !== false) {
    const directions = Array.from({ length: sizeOf(output.shape) }, () => Math.fround(random.between(-1, 1)));
    const loss = sum(multiply(output, graph.constant(directions, output.shape)));
    targets.push(
      ...gradients(
        loss,
        inputs.filter(({ type }) => type === "f32"),
      ),
    );
  }
  return differences(graph, targets, values, seed % 2 === 0);
}

/** A training: the parameters after a few steps on one thread and on two. */
export interface SharedTraining {
  readonly graph: Graph;
  readonly entry: Entry;
  /** Writes initial values. */
  readonly fill: (program: Program<"step">) => void;
}

export async function trainingDifferences(make: () => SharedTraining, steps: number): Promise<string[]> {
  const trained = async (together: boolean) => {
    const { graph, entry, fill } = make();
    const program = createProgram(graph, { step: entry });
    fill(program);
    if (together) await join(program, "step");
    const done = program.run("step", steps);
    const leaves = graph.nodes.filter((node) => entry.updates?.has(node));
    const result = new Map(leaves.map((leaf) => [leaf.name!, program.view(leaf).slice()]));
    program.dispose();
    return { done, result };
  };
  const [alone, together] = [await trained(false), await trained(true)];
  const found = alone.done === together.done ? [] : [`${alone.done} and ${together.done} steps`];
  for (const [name, values] of alone.result) {
    const other = together.result.get(name)!;
    if (!values.some(Number.isFinite)) found.push(`${name} is not finite`);
    if (values.some((value, i) => !Object.is(value, other[i]) && value !== other[i])) found.push(name);
  }
  return found;
}

/** Fills every parameter and input with seeded numbers; whole numbers stay below `classes`. */
export function fillRandomly(graph: Graph, seed: number, classes: number): SharedTraining["fill"] {
  return (program) => {
    const random = new Random(seed);
    for (const { operation, type, shape, name } of graph.nodes) {
      if (operation.name !== "parameter" && operation.name !== "input") continue;
      const draw = () => (type === "i32" ? random.below(classes) : random.uniform(-0.3, 0.3));
      program.write(graph.leaf(name!), Array.from({ length: sizeOf(shape) }, draw));
    }
  };
}
