/** What the worker is asked to train, and what it shows: one GPT, taught a text or a puzzle. */
import { divideText, type Span, unitFor } from "../../data/own-text.ts";
import { PROVERBS } from "../../data/proverbs.ts";
import type { TaskId } from "../../data/toy-tasks.ts";
import type { WordUnit } from "../../data/words.ts";
import type { Trainer } from "../../lab/protocol.ts";
import type { OwnGptState } from "./state.ts";
import { createTextTrainer } from "./text-trainer.ts";
import { createToyTrainer } from "./toy-trainer.ts";

export interface NetworkSizes {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly seed: number;
}

export type Lesson =
  | { readonly kind: "text"; readonly text: string; readonly unit: WordUnit }
  | { readonly kind: "task"; readonly task: TaskId };

export interface OwnGptConfig extends NetworkSizes {
  readonly lesson: Lesson;
  /** Training goes on from these. */
  readonly memory?: Memory | undefined;
}

/** Everything training changes, and the steps it took. */
export interface Memory {
  readonly steps: number;
  readonly leaves: readonly Float32Array[];
}

export interface OwnGptLive {
  readonly learningRate: number;
  readonly temperature: number;
  /** The text that is written on from; empty for the beginning of a line. */
  readonly start: string;
}

/** Writes another sample without training. */
export interface OwnGptCommand {
  readonly write: true;
}

export interface Chance {
  readonly shown: string;
  readonly probability: number;
}

/** Where each symbol of a sequence looks: [layers, heads, count, count], rows add up to 1. */
export interface Attention {
  readonly symbols: readonly string[];
  readonly weights: Float32Array;
}

export interface TextLook {
  readonly kind: "text";
  /** Steps at which it was measured. */
  readonly at: number;
  /** Bits a character takes: on the text learned from, and on what was kept back. */
  readonly train: number;
  readonly test: number;
  readonly start: string;
  /** What the network wrote after the start. */
  readonly written: string;
  /** The longest part of start and writing together that stands in the training text word for word. */
  readonly copied: Span;
  readonly next: readonly Chance[];
  readonly attention: Attention;
}

export interface ToyCase {
  readonly given: string;
  readonly solution: string;
  /** What the network answers, symbol by symbol. */
  readonly answer: string;
}

export interface ToyLook {
  readonly kind: "task";
  /** Steps at which it was measured. */
  readonly at: number;
  /** Bits a symbol of the solution takes: on the last puzzles trained on, and on those kept back. */
  readonly train: number;
  readonly test: number;
  /** Share of the puzzles kept back that are solved without a fault. */
  readonly accuracy: number;
  readonly cases: readonly ToyCase[];
  readonly attention: Attention;
}

export interface OwnGptFrame {
  readonly steps: number;
  readonly parameterCount: number;
  readonly look: TextLook | ToyLook;
  /** Now and then: for a worker that died, and to take home. */
  readonly memory: Memory | undefined;
}

export type OwnGptTrainer = Trainer<OwnGptLive, OwnGptFrame, OwnGptCommand>;

export function textOf({ subject, own }: Pick<OwnGptState, "subject" | "own">): string {
  return subject === "own" ? own : PROVERBS;
}

export function configOf(state: OwnGptState): OwnGptConfig {
  const { subject, task, unit, seed } = state;
  const sizes = {
    layers: Number(state.layers),
    heads: Number(state.heads),
    width: Number(state.width),
    seed,
  };
  if (subject === "task") return { ...sizes, lesson: { kind: "task", task } };
  const text = textOf(state);
  return { ...sizes, lesson: { kind: "text", text, unit: unit === "auto" ? unitFor(text) : unit } };
}

export function createOwnGptTrainer(config: OwnGptConfig): OwnGptTrainer {
  const { lesson } = config;
  if (lesson.kind === "task") return createToyTrainer(config, lesson.task);
  return createTextTrainer(config, divideText(lesson.text, config.seed), lesson.unit);
}
