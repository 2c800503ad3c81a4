/** The kinds of signal and their networks, as the worker needs them. */
import type { Tensor } from "../../engine/graph.ts";
import type { Token } from "../../data/subwords.ts";
import { FRAME, levelled } from "../../data/vowels.ts";
import {
  createSentenceNetwork,
  MOST_TOKENS,
  SENTENCE_TRAINING,
  sentenceInputs,
} from "../../models/sentence-network.ts";
import { createVowelNetwork, VOWEL_TRAINING } from "../../models/vowel-network.ts";
import type { Classifier, Stage } from "../../models/classifier.ts";

export type SignalKind = "sentence" | "sound";

export type SignalInput =
  | { readonly kind: "sentence"; readonly text: string }
  /** 512 samples, as loud as they may be. */
  | { readonly kind: "sound"; readonly samples: readonly number[] };

/** A network that can be looked into. */
export interface Inspected {
  readonly stages: readonly Stage[];
  readonly parameterCount: number;
  look(inputs: readonly ArrayLike<number>[]): Float32Array[];
  walk(inputs: readonly ArrayLike<number>[]): Map<Tensor, Float64Array>;
}

export interface Training {
  readonly lastStep: number;
  steps(): number;
  /** Returns the steps completed. */
  train(steps: number): number;
}

export interface Signal {
  readonly network: Inspected;
  /** `undefined` for a network that came trained. */
  readonly training: Training | undefined;
  /** Share of right answers on the test samples. */
  readonly accuracy: () => number;
  /** Positions in `network.stages` of what is shown. */
  readonly shown: readonly number[];
  /** @throws Error for an input of another kind. */
  readonly read: (input: SignalInput) => readonly ArrayLike<number>[];
  readonly tokens: (input: SignalInput) => readonly Token[];
}

export function signalOf(kind: SignalKind, seed: number, _model?: Uint8Array<ArrayBuffer>): Signal {
  return kind === "sentence" ? sentenceSignal(seed) : soundSignal(seed);
}

const wrongKind = (kind: SignalKind) => new Error(`a signal of another kind than “${kind}”`);

function trainingOf(
  network: Classifier,
  { steps, learningRate }: { readonly steps: number; readonly learningRate: number },
): Pick<Signal, "training" | "accuracy"> {
  let measured: { steps: number; accuracy: number } | undefined;
  return {
    training: {
      lastStep: steps,
      steps: () => network.steps,
      train: (count) => network.train(count, learningRate),
    },
    accuracy: () => {
      if (measured?.steps !== network.steps)
        measured = { steps: network.steps, accuracy: network.evaluate().accuracy };
      return measured.accuracy;
    },
  };
}

function sentenceSignal(seed: number): Signal {
  const { network, subwords } = createSentenceNetwork(seed);
  const textOf = (input: SignalInput) => {
    if (input.kind !== "sentence") throw wrongKind("sentence");
    return input.text;
  };
  return {
    network,
    ...trainingOf(network, SENTENCE_TRAINING),
    // The shares of the mean are no number of the sentence.
    shown: network.stages.flatMap(({ id }, i) => (id === "shares" ? [] : [i])),
    read: (input) => sentenceInputs(subwords, textOf(input)),
    tokens: (input) => subwords.encode(textOf(input)).slice(0, MOST_TOKENS),
  };
}

function soundSignal(seed: number): Signal {
  const network = createVowelNetwork(seed);
  return {
    network,
    ...trainingOf(network, VOWEL_TRAINING),
    shown: network.stages.map((_, i) => i),
    read: (input) => {
      if (input.kind !== "sound" || input.samples.length !== FRAME) throw wrongKind("sound");
      return [levelled(input.samples)];
    },
    tokens: () => [],
  };
}
