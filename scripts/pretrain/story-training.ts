/** Trains the small Korean GPT with our own engine, and keeps where it stands so that it can go on after a pause. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawStories } from "../../src/data/stories.ts";
import { learnTokens, STORY_END, type StoryTokens } from "../../src/data/story-tokens.ts";
import { Random } from "../../src/engine/random.ts";
import { STORY_GPT, STORY_SEEDS } from "../../src/models/story-gpt-config.ts";
import { Gpt } from "../../src/nn/gpt.ts";
import { courseText } from "../data/course-text.ts";

export const STORY_TRAINING = {
  stories: 12_000,
  /** How often the course's own text stands among them. */
  courseTimes: 4,
  tokens: { leastSyllable: 12, merges: 550 },
  steps: 6000,
  batch: 6,
  learningRate: 2.5e-3,
  warmUp: 150,
  /** Share of the learning rate at the end. */
  floor: 0.05,
} as const;

/** Steps between two notes of where it stands. */
const KEPT_EVERY = 100;

export interface StoryText {
  readonly tokenizer: StoryTokens;
  readonly tokens: Int32Array;
  /** Syllables and other characters of stories and course. */
  readonly characters: number;
}

/** Stories and paragraphs of the course in one shuffled row, each closed by the end mark. */
export function storyText(): StoryText {
  const { stories, courseTimes, tokens: learning } = STORY_TRAINING;
  const course = courseText();
  const texts = drawStories(stories, STORY_SEEDS.train).map(({ text }) => text);
  const repeated = Array.from({ length: courseTimes }, () => course).flat();
  const tokenizer = learnTokens([...texts.slice(0, 3000), ...repeated], learning);
  const all = [...texts, ...repeated];
  const order = new Random(STORY_SEEDS.train).shuffle(Int32Array.from(all, (_, i) => i));
  const tokens = [STORY_END];
  for (const at of order) tokens.push(...tokenizer.encode(all[at]!), STORY_END);
  return {
    tokenizer,
    tokens: Int32Array.from(tokens),
    characters: all.reduce((sum, text) => sum + [...text].length, 0),
  };
}

/** Up in equal steps, then along half a cosine (I. Loshchilov, F. Hutter 2017). */
function rateAt(step: number): number {
  const { learningRate, warmUp, steps, floor } = STORY_TRAINING;
  if (step < warmUp) return (learningRate * (step + 1)) / warmUp;
  const way = (step - warmUp) / (steps - warmUp);
  return learningRate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * way)));
}

const keptFile = () => {
  const recipe = JSON.stringify([STORY_TRAINING, STORY_GPT]);
  const digest = createHash("sha256").update(recipe).digest("hex").slice(0, 12);
  return join(tmpdir(), `gipi-story-gpt-${digest}.bin`);
};

/** The trained network; a training that was broken off goes on where it was last noted. */
export function trainStoryGpt({ tokenizer, tokens }: StoryText): Gpt {
  const config = { ...STORY_GPT, vocabulary: tokenizer.pieces.length };
  const gpt = new Gpt(config, {
    train: { batch: STORY_TRAINING.batch, text: tokens.length, optimizer: "adamw" },
    generate: true,
  });
  gpt.setText(tokens);
  let step = existsSync(keptFile()) ? readKept(gpt) : 0;
  const window = tokens.slice(0, STORY_TRAINING.batch * (config.context + 1));
  const rows = Array.from({ length: STORY_TRAINING.batch }, (_, i) => i * (config.context + 1));
  const part = (shift: number) =>
    rows.flatMap((start) => [...window.slice(start + shift, start + shift + config.context)]);
  gpt.setBatch(part(0), part(1));
  const since = performance.now();
  const first = step;
  for (; step < STORY_TRAINING.steps; step++) {
    if (gpt.step(1, rateAt(step)) !== 1) throw new Error(`the loss of step ${step} was no number`);
    if ((step + 1) % KEPT_EVERY !== 0) continue;
    keep(gpt, step + 1);
    const rate = ((step + 1 - first) * rows.length * config.context * 1000) / (performance.now() - since);
    console.log(`step ${step + 1}: loss ${gpt.loss().toFixed(3)}, ${Math.round(rate)} tokens/s`);
  }
  return gpt;
}

export function forgetTraining(): void {
  rmSync(keptFile(), { force: true });
}

/** Everything training changes: parameters and states. */
const leavesOf = (gpt: Gpt) =>
  gpt.graph.nodes.filter(({ operation }) => operation.name === "parameter" || operation.name === "state");

function keep(gpt: Gpt, step: number): void {
  const views = leavesOf(gpt).map((leaf) => gpt.program.view(leaf));
  const parts = [new Int32Array([step]), ...views].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  writeFileSync(keptFile(), Buffer.concat(parts));
}

export function readKept(gpt: Gpt, file = keptFile()): number {
  const bytes = readFileSync(file);
  const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let at = 4;
  for (const leaf of leavesOf(gpt)) {
    const { length } = gpt.program.view(leaf);
    const Kind = leaf.type === "i32" ? Int32Array : Float32Array;
    gpt.program.write(leaf, new Kind(data, at, length));
    at += 4 * length;
  }
  return new Int32Array(data, 0, 1)[0]!;
}
