/** What the worker does: trains a network for too long, or asks the digit network about pictures. */
import { VOWELS } from "../../data/vowels.ts";
import { Random } from "../../engine/random.ts";
import type { Divergence, Trainer } from "../../lab/protocol.ts";
import { type Classifier, type Samples, scoreOf } from "../../models/classifier.ts";
import { createFormantNetwork, formantSamples } from "../../models/formant-network.ts";
import { type Inspected, inspectPretrained, type PretrainedFile } from "../../models/inspected.ts";
import { type Chance, chancePicture } from "./nonsense.ts";
import { largest, softmax } from "./softmax.ts";

export type AnswerConfig =
  | { readonly task: "train"; readonly count: number; readonly seed: number }
  | { readonly task: "ask"; readonly model: PretrainedFile };

export interface AnswerLive {
  /** 28 × 28 values for the digit network. */
  readonly picture: readonly number[];
  readonly turn: number;
}

/** Asks about many pictures by chance. */
export interface SurveyCommand {
  readonly kind: Chance;
  readonly seed: number;
}

export interface HistoryPoint {
  readonly step: number;
  readonly accuracy: number;
  readonly confidence: number;
  readonly loss: number;
}

export interface TrainFrame {
  readonly task: "train";
  readonly steps: number;
  /** Logits on the speakers that the temperature may be fitted on, and on those that judge it. */
  readonly fit: Float32Array;
  readonly judged: Float32Array;
  /** Logits over the lattice of the plane, row by row from the top. */
  readonly plane: Float32Array;
  readonly history: readonly HistoryPoint[];
}

export interface Survey {
  readonly kind: Chance;
  readonly count: number;
  /** How many were answered with at least 50, 90 and 95 %. */
  readonly above: readonly [half: number, ninety: number, ninetyFive: number];
  readonly mean: number;
  /** The one answered most confidently. */
  readonly picture: Float32Array;
  readonly answer: number;
  readonly confidence: number;
}

export interface AskFrame {
  readonly task: "ask";
  readonly turn: number;
  readonly logits: Float32Array;
  readonly surveys: readonly Survey[];
}

export type AnswerFrame = TrainFrame | AskFrame;

export const LAST_STEP = 6000;
const LEARNING_RATE = 0.01;
/** Speakers on which the temperature is fitted, and as many others that judge. */
export const HELD_OUT = 2000;
/** Steps between two points of the history. */
const EVERY = 100;
/** Points along one side of the plane, and how far it reaches in the network's own scale. */
export const GRID = 48;
export const REACH = 3;
export const SURVEYED = 300;

/** Speakers never trained on: the first half for fitting the temperature, the second for judging. */
export function heldOut(seed: number): { readonly fit: Samples; readonly judged: Samples } {
  return {
    fit: formantSamples(HELD_OUT, seed + 1_000_003),
    judged: formantSamples(HELD_OUT, seed + 2_000_003),
  };
}

export function createAnswers(config: AnswerConfig): Trainer<AnswerLive, AnswerFrame, SurveyCommand> {
  return config.task === "train" ? new Overtraining(config.count, config.seed) : new Asking(config.model);
}

class Overtraining implements Trainer<AnswerLive, TrainFrame, SurveyCommand> {
  readonly #network: Classifier;
  readonly #labels: ArrayLike<number>;
  readonly #history: HistoryPoint[] = [];
  #failed: Divergence | undefined;

  constructor(count: number, seed: number) {
    const { fit, judged } = heldOut(seed);
    this.#labels = judged.labels;
    const test: Samples = {
      inputs: [
        Float32Array.from([...Array.from(fit.inputs[0]!), ...Array.from(judged.inputs[0]!), ...lattice()]),
      ],
      labels: new Int32Array(2 * HELD_OUT + GRID * GRID),
    };
    this.#network = createFormantNetwork({ count, test, seed });
    this.#note();
  }

  setLive(): void {}
  command(): void {}

  advance(steps: number): number {
    for (let left = Math.min(steps, LAST_STEP - this.#network.steps); left > 0; ) {
      const wanted = Math.min(left, EVERY - (this.#network.steps % EVERY));
      if (this.#network.train(wanted, LEARNING_RATE) < wanted) {
        this.#failed = { step: this.#network.steps + 1, node: "loss" };
        return 0;
      }
      left -= wanted;
      if (this.#network.steps % EVERY === 0) this.#note();
    }
    return steps;
  }

  divergence(): Divergence | undefined {
    return this.#failed;
  }

  frame(): { frame: TrainFrame; transfer: ArrayBuffer[] } {
    const parts = this.#logits();
    const frame: TrainFrame = {
      task: "train",
      steps: this.#network.steps,
      ...parts,
      history: [...this.#history],
    };
    return { frame, transfer: Object.values(parts).map(({ buffer }) => buffer as ArrayBuffer) };
  }

  #logits(): Pick<TrainFrame, "fit" | "judged" | "plane"> {
    const { logits } = this.#network.evaluate();
    const size = HELD_OUT * VOWELS.length;
    return {
      fit: logits.slice(0, size),
      judged: logits.slice(size, 2 * size),
      plane: logits.slice(2 * size),
    };
  }

  #note(): void {
    const { judged } = this.#logits();
    const classes = VOWELS.length;
    let confidence = 0;
    for (let at = 0; at < HELD_OUT; at++)
      confidence += Math.max(...softmax(judged.subarray(at * classes, (at + 1) * classes)));
    this.#history.push({
      step: this.#network.steps,
      ...scoreOf(judged, this.#labels, classes),
      confidence: confidence / HELD_OUT,
    });
  }

  dispose(): void {}
}

/** Places of the plane as the network reads them: the first formant upwards, the second to the right. */
function lattice(): number[] {
  const at = (i: number) => -REACH + (2 * REACH * (i + 0.5)) / GRID;
  return Array.from({ length: GRID * GRID }, (_, i) => [
    at(GRID - 1 - Math.floor(i / GRID)),
    at(i % GRID),
  ]).flat();
}

class Asking implements Trainer<AnswerLive, AskFrame, SurveyCommand> {
  readonly #network: Inspected;
  readonly #surveys: Survey[] = [];
  #live: AnswerLive | undefined;

  constructor({ card, bytes }: PretrainedFile) {
    this.#network = inspectPretrained(card, bytes);
  }

  setLive(live: AnswerLive): void {
    this.#live = live;
  }

  command({ kind, seed }: SurveyCommand): void {
    const random = new Random(seed);
    const above: [number, number, number] = [0, 0, 0];
    let [mean, best] = [0, -1];
    let [picture, answer] = [new Float32Array(), 0];
    for (let i = 0; i < SURVEYED; i++) {
      const next = chancePicture(kind, random);
      const probabilities = softmax(this.#logits(next));
      const top = largest(probabilities);
      const confidence = probabilities[top]!;
      mean += confidence / SURVEYED;
      [0.5, 0.9, 0.95].forEach((least, j) => {
        if (confidence >= least) above[j]! += 1;
      });
      if (confidence > best) [best, picture, answer] = [confidence, new Float32Array(next), top];
    }
    const others = this.#surveys.filter((survey) => survey.kind !== kind);
    this.#surveys.splice(0, this.#surveys.length, ...others, {
      ...{ kind, count: SURVEYED, above, mean, picture, answer },
      confidence: best,
    });
  }

  #logits(picture: ArrayLike<number>): Float32Array {
    const at = this.#network.stages.findIndex(({ id }) => id === "logits");
    return this.#network.look([picture])[at]!;
  }

  advance(steps: number): number {
    return steps;
  }

  divergence(): undefined {
    return undefined;
  }

  frame(): { frame: AskFrame; transfer: ArrayBuffer[] } {
    const { picture, turn } = this.#live!;
    const frame: AskFrame = { task: "ask", turn, logits: this.#logits(picture), surveys: [...this.#surveys] };
    return { frame, transfer: [frame.logits.buffer as ArrayBuffer] };
  }

  dispose(): void {}
}
