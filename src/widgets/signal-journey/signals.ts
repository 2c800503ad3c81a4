/** The kinds of signal and their networks, as the worker needs them. */
import type { Token } from "../../data/subwords.ts";
import { FRAME, levelled } from "../../data/vowels.ts";
import { type Classifier, type Schedule, trainOn } from "../../models/classifier.ts";
import { type Inspected, inspectPretrained, type PretrainedFile } from "../../models/inspected.ts";
import {
  createSentenceNetwork,
  MOST_TOKENS,
  SENTENCE_TRAINING,
  sentenceInputs,
} from "../../models/sentence-network.ts";
import { createVowelNetwork, VOWEL_TRAINING } from "../../models/vowel-network.ts";

export type SignalKind = "picture" | "sentence" | "sound";

export type SignalInput =
  /** 28 × 28 values from 0 (paper) to 1 (ink). */
  | { readonly kind: "picture"; readonly pixels: readonly number[] }
  | { readonly kind: "sentence"; readonly text: string }
  /** 512 samples, as loud as they may be. */
  | { readonly kind: "sound"; readonly samples: readonly number[] };

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

/** @throws Error when the kind needs a pretrained network and there is none, or its file is damaged. */
export function signalOf(kind: SignalKind, seed: number, model: PretrainedFile | undefined): Signal {
  if (kind === "sentence") return sentenceSignal(seed);
  if (kind === "sound") return soundSignal(seed);
  if (!model) throw new Error("그림을 읽는 신경망을 먼저 받아 주세요.");
  return pictureSignal(model);
}

const wrongKind = (kind: SignalKind) => new Error(`a signal of another kind than “${kind}”`);

function trainingOf(network: Classifier, schedule: Schedule): Pick<Signal, "training" | "accuracy"> {
  let measured: { steps: number; accuracy: number } | undefined;
  return {
    training: {
      lastStep: schedule.steps,
      steps: () => network.steps,
      train: (count) => trainOn(network, schedule, count),
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

function pictureSignal({ card, bytes }: PretrainedFile): Signal {
  const network = inspectPretrained(card, bytes);
  return {
    network,
    training: undefined,
    accuracy: () => card.score.accuracy,
    shown: network.stages.map((_, i) => i),
    read: (input) => {
      if (input.kind !== "picture" || input.pixels.length !== 28 * 28) throw wrongKind("picture");
      return [input.pixels];
    },
    tokens: () => [],
  };
}
