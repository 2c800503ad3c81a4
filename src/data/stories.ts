/**
 * Short children's stories in Korean, drawn from an authored grammar: the course's own text to learn language from.
 * The words are chosen once for a story, so that names and things stay the same from its first sentence to its last.
 */
import { josa } from "es-hangul";
import { Random } from "../engine/random.ts";
import { OPENINGS, PLOTS, SCENERY, type Step, type Template } from "./story-plots.ts";
import { isSlot, type SlotName, STORY_WORDS, wordsOf } from "./story-words.ts";

type Particle = Parameters<typeof josa>[1];

/** A piece of a template: text as it stands, or a slot with the particle that follows. */
export type Part = string | { readonly slot: SlotName; readonly particle: Particle | undefined };

/** A template cut into its parts. @throws RangeError for a slot that does not exist. */
export function partsOf(template: Template): Part[] {
  return template
    .split(/(\{[^}]+\})/)
    .filter((part) => part !== "")
    .map((part) => {
      if (!part.startsWith("{")) return part;
      const [slot = "", particle] = part.slice(1, -1).split(":");
      if (!isSlot(slot)) throw new RangeError(`no words for ${part}`);
      return { slot, particle: particle as Particle | undefined };
    });
}

/** A word with its particle; the first of the pair follows a final consonant, `josa` knows the exceptions. */
export const withParticle = (word: string, particle: Particle | undefined): string =>
  particle === undefined ? word : josa(word, particle);

export type StoryWords = Readonly<Record<SlotName, string>>;

export interface Story {
  readonly text: string;
  readonly words: StoryWords;
}

/** Share of stories with a sentence of scenery, and with an ending. */
const SCENERY_SHARE = 0.5;
const ENDING_SHARE = 0.7;

/** Endless stories of a seed. */
export function* stories(seed: number): Generator<Story, never> {
  const random = new Random(seed);
  for (;;) yield drawStory(random);
}

/** `count` stories of a seed. */
export function drawStories(count: number, seed: number): Story[] {
  const source = stories(seed);
  return Array.from({ length: count }, () => source.next().value);
}

function drawStory(random: Random): Story {
  const words = drawWords(random);
  const plot = pick(PLOTS, random);
  const steps: Step[] = [OPENINGS];
  if (random.uniform() < SCENERY_SHARE) steps.push(SCENERY);
  steps.push(...plot.steps);
  if (random.uniform() < ENDING_SHARE) steps.push(plot.endings);
  const sentences = steps.map((step) => fill(pick(step, random), words));
  return { text: sentences.join(" "), words };
}

function drawWords(random: Random): StoryWords {
  const slots = Object.keys(STORY_WORDS).filter(isSlot);
  const words = Object.fromEntries(slots.map((slot) => [slot, pick(wordsOf(slot), random)]));
  const others = wordsOf("friend").filter((name) => name !== words["hero"]);
  return { ...words, friend: pick(others, random) } as StoryWords;
}

function fill(template: Template, words: StoryWords): string {
  return partsOf(template)
    .map((part) => (typeof part === "string" ? part : withParticle(words[part.slot], part.particle)))
    .join("");
}

const pick = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)]!;
