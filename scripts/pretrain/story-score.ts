/** What the GPT's file is worth on stories it has not seen, computed by onnxruntime. */

import { drawStories } from "../../src/data/stories.ts";
import { isClosed, isConsistent, readSentence, splitSentences } from "../../src/data/story-checker.ts";
import { STORY_END, type StoryTokens } from "../../src/data/story-tokens.ts";
import { Random } from "../../src/engine/random.ts";
import { STORY_GPT, STORY_SEEDS } from "../../src/models/story-gpt-config.ts";
import { type StepRunner, StoryReader, sessionRunner } from "../../src/models/story-reader.ts";
import { probabilities, sample } from "../../src/nn/sampling.ts";
import { openNodeSession } from "./node-session.ts";

const STORIES = 60;
/** Sentences of a story that are given. */
const GIVEN = 2;
const TEMPERATURE = 0.8;

export interface StoryScore {
  /** Mean loss in nats: of a token, and of a character. */
  readonly tokenLoss: number;
  readonly characterLoss: number;
  /** Share of the sentences written that the grammar can make, and how many were written. */
  readonly grammatical: number;
  readonly sentences: number;
  /** Share of the stories continued that keep to their names and things. */
  readonly consistent: number;
  readonly stories: number;
  readonly temperature: number;
  /** Tokens a second in Node. */
  readonly rate: number;
}

/** @param generate whether stories are continued, or only the loss measured. */
export async function scoreStoryGpt(
  bytes: Uint8Array,
  tokenizer: StoryTokens,
  { generate = true }: { generate?: boolean } = {},
): Promise<StoryScore> {
  const runner = sessionRunner(await openNodeSession(bytes));
  const texts = drawStories(STORIES, STORY_SEEDS.test).map(({ text }) => text);
  const losses = await lossOf(runner, tokenizer, texts);
  const written = generate ? await continueAll(runner, tokenizer, texts) : { stories: [], rate: 0 };
  await runner.dispose();
  const sentences = written.stories.flatMap((text) => splitSentences(text).slice(GIVEN)).filter(isClosed);
  const share = (count: number, all: number) => (all === 0 ? 0 : count / all);
  return {
    ...losses,
    grammatical: share(sentences.filter((sentence) => readSentence(sentence)).length, sentences.length),
    sentences: sentences.length,
    consistent: share(written.stories.filter(isConsistent).length, written.stories.length),
    stories: STORIES,
    temperature: TEMPERATURE,
    rate: written.rate,
  };
}

async function lossOf(runner: StepRunner, tokenizer: StoryTokens, texts: readonly string[]) {
  let [loss, tokens, characters] = [0, 0, 0];
  for (const text of texts) {
    const targets = [...tokenizer.encode(text), STORY_END].slice(0, STORY_GPT.context);
    // Only as much of the text counts as the context holds.
    characters += [...tokenizer.decode(targets)].length;
    tokens += targets.length;
    let before = STORY_END;
    for (const [at, target] of targets.entries()) {
      loss -= Math.log(probabilities(await runner.read(before, at))[target]!);
      before = target;
    }
  }
  return { tokenLoss: loss / tokens, characterLoss: loss / characters };
}

/** Each story's first sentences, continued until the end mark. */
async function continueAll(runner: StepRunner, tokenizer: StoryTokens, texts: readonly string[]) {
  const random = new Random(1);
  const stories: string[] = [];
  let [read, milliseconds] = [0, 0];
  for (const text of texts) {
    const start = splitSentences(text).slice(0, GIVEN).join(" ");
    const tokens = [STORY_END, ...tokenizer.encode(start)];
    const reader = new StoryReader(runner, STORY_GPT.context);
    const since = performance.now();
    while (tokens.length < STORY_GPT.context) {
      const result = await reader.logitsAfter(tokens);
      read += result!.read;
      const token = sample(result!.logits, random, { temperature: TEMPERATURE });
      if (token === STORY_END) break;
      tokens.push(token);
    }
    milliseconds += performance.now() - since;
    stories.push(tokenizer.decode(tokens));
  }
  return { stories, rate: (1000 * read) / milliseconds };
}
