/** The same steps without pauses: the four examples one after the other, as often as asked, in WebAssembly. */
import { Graph } from "../../engine/graph.ts";
import { advance, gather, window } from "../../engine/ops/gather.ts";
import { createProgram } from "../../engine/program.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { StepWatch } from "../../nn/watch.ts";
import {
  type Activation,
  buildStep,
  type Example,
  fromTensors,
  type Parameters,
  toTensors,
} from "./network.ts";

export interface LoopConfig {
  readonly activation: Activation;
  readonly examples: readonly Example[];
  readonly parameters: Parameters;
  /** Index of the example that comes next. */
  readonly next: number;
  readonly steps: number;
  /** Given back with every frame, so that the page knows late ones. */
  readonly revision: number;
}

export interface LoopLive {
  readonly learningRate: number;
}

export interface LoopFrame {
  readonly revision: number;
  readonly steps: number;
  readonly next: number;
  readonly parameters: readonly number[];
}

/** @throws Error when there is no example. */
export function createLoop(config: LoopConfig): Trainer<LoopLive, LoopFrame> {
  const { activation, examples } = config;
  const count = examples.length;
  const graph = new Graph();
  const points = graph.input("points", [count, 2]);
  const targets = graph.input("targets", [count, 1]);
  const order = graph.state("order", [count], 0, "i32");
  const cursor = graph.state("cursor", [], 0, "i32");
  const row = window(order, cursor, 1);
  const step = buildStep(graph, activation, gather(points, row), gather(targets, row));
  const program = createProgram(graph, {
    step: {
      outputs: [step.loss],
      updates: new Map([...step.next, [cursor, advance(cursor, 1, count)]]),
      guard: step.loss,
    },
  });
  program.write(
    points,
    examples.flatMap(({ x }) => x),
  );
  program.write(
    targets,
    examples.map(({ target }) => target),
  );
  program.write(
    order,
    examples.map((_, i) => i),
  );
  program.write(cursor, [config.next % count]);
  toTensors(config.parameters).forEach((values, i) => {
    program.write(step.parameters[i]!, values);
  });
  const watch = new StepWatch(graph, program, "step");
  return {
    setLive: ({ learningRate }) => program.write(step.learningRate, [learningRate]),
    command: () => undefined,
    advance: (steps) => watch.run(steps),
    divergence: (): Divergence | undefined => watch.nonFinite ?? undefined,
    frame: () => ({
      frame: {
        revision: config.revision,
        steps: config.steps + watch.steps,
        next: program.view(cursor)[0]!,
        parameters: fromTensors(step.parameters.map((tensor) => program.view(tensor))),
      },
      transfer: [],
    }),
    dispose: () => undefined,
  };
}
