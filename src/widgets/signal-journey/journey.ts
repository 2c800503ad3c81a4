/** What the worker does: trains the network of a kind of signal, then sends signals through it and explains. */
import type { Token } from "../../data/subwords.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { explain } from "../../models/explain.ts";
import type { PretrainedFile } from "../../models/inspected.ts";
import { type Signal, type SignalInput, type SignalKind, signalOf } from "./signals.ts";

export interface JourneyConfig {
  readonly kind: SignalKind;
  readonly seed: number;
  /** The file of a pretrained network, for the kind that needs one. */
  readonly model?: PretrainedFile | undefined;
}

/** One number in the network. */
export interface Chosen {
  readonly stage: number;
  readonly index: number;
}

export interface JourneyLive {
  readonly input: SignalInput;
  /** The input it is compared with. */
  readonly base: SignalInput | undefined;
  readonly chosen: Chosen | undefined;
  /** Comes back in the frame, so that the page knows which input it belongs to. */
  readonly turn: number;
}

export interface StageFrame {
  readonly id: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** The same layer for the input compared with. */
  readonly before: Float32Array | undefined;
}

export interface ReasonSource {
  readonly index: number;
  readonly value: number;
  readonly weight: number;
}

/** An explanation whose sources all lie in one stage. */
export interface Reason extends Chosen {
  readonly kind: "sum" | "largest" | "row" | "softmax" | "given";
  readonly value: number;
  readonly activation: { readonly name: string; readonly before: number } | undefined;
  readonly bias: number;
  readonly sourceStage: number;
  readonly sources: readonly ReasonSource[];
}

export interface JourneyFrame {
  readonly kind: SignalKind;
  readonly turn: number;
  readonly steps: number;
  /** Steps after which training ends; 0 for a network that came trained. */
  readonly lastStep: number;
  /** Share of the test samples told right; `undefined` until it was measured. */
  readonly accuracy: number | undefined;
  readonly parameterCount: number;
  readonly stages: readonly StageFrame[];
  /** What a sentence was cut into; empty for other signals. */
  readonly tokens: readonly Token[];
  readonly tokensBefore: readonly Token[];
  readonly reason: Reason | undefined;
}

/** Networks that were trained already: changing to and fro must not train anew. */
const ready = new Map<string, Signal>();

export function createJourney(config: JourneyConfig): Trainer<JourneyLive, JourneyFrame> {
  const key = `${config.kind} ${config.seed}`;
  const signal = ready.get(key) ?? signalOf(config.kind, config.seed, config.model);
  ready.set(key, signal);
  return new Journey(config.kind, signal);
}

class Journey implements Trainer<JourneyLive, JourneyFrame> {
  readonly #kind: SignalKind;
  readonly #signal: Signal;
  #live: JourneyLive | undefined;
  #failed: Divergence | undefined;

  constructor(kind: SignalKind, signal: Signal) {
    this.#kind = kind;
    this.#signal = signal;
  }

  setLive(live: JourneyLive): void {
    this.#live = live;
  }

  command(): void {}

  advance(steps: number): number {
    const { training } = this.#signal;
    if (!training) return steps;
    const wanted = Math.min(steps, training.lastStep - training.steps());
    if (wanted > 0 && training.train(wanted) < wanted) {
      this.#failed = { step: training.steps() + 1, node: "loss" };
      return 0;
    }
    return steps;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: JourneyFrame; transfer: ArrayBuffer[] } {
    const { network, training, accuracy } = this.#signal;
    const { input, base, turn } = this.#live!;
    const now = network.look(this.#signal.read(input));
    const before = base && network.look(this.#signal.read(base));
    const steps = training?.steps() ?? 0;
    const lastStep = training?.lastStep ?? 0;
    const frame: JourneyFrame = {
      kind: this.#kind,
      turn,
      steps,
      lastStep,
      accuracy: steps >= lastStep ? accuracy() : undefined,
      parameterCount: network.parameterCount,
      stages: this.#signal.shown.map((stage) => ({
        id: network.stages[stage]!.id,
        shape: network.stages[stage]!.tensor.shape.slice(1),
        values: now[stage]!,
        before: before?.[stage],
      })),
      tokens: this.#signal.tokens(input),
      tokensBefore: base ? this.#signal.tokens(base) : [],
      reason: this.#reason(),
    };
    const buffers = frame.stages.flatMap(({ values, before: old }) => (old ? [values, old] : [values]));
    return { frame, transfer: buffers.map(({ buffer }) => buffer as ArrayBuffer) };
  }

  /** The chosen number's explanation, its places told by the stages that are shown. */
  #reason(): Reason | undefined {
    const { network, shown, read } = this.#signal;
    const { chosen, input } = this.#live!;
    const layers = shown.map((stage) => network.stages[stage]!.tensor);
    const tensor = chosen && layers[chosen.stage];
    if (!tensor) return undefined;
    const size = tensor.shape.reduce((product, extent) => product * extent, 1);
    const index = Math.min(chosen.index, size - 1);
    const { sources, ...rest } = explain(tensor, index, network.walk(read(input)), layers);
    return {
      ...rest,
      stage: chosen.stage,
      index,
      sourceStage: sources[0] ? layers.indexOf(sources[0].tensor) : -1,
      sources: sources.map(({ index: at, value, weight }) => ({ index: at, value, weight })),
    };
  }

  dispose(): void {}
}
