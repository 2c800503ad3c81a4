/** The card of the small Korean GPT, with what is needed to build it: its sizes and its tokens. */
import type { TokenTable } from "../data/story-tokens.ts";
import type { GptConfig } from "../nn/gpt.ts";
import { type Check, fields, isList, isNumber, isText } from "./card.ts";
import { parseSequenceCard, type SequenceCard } from "./sequence-card.ts";

export interface StoryGptCard extends SequenceCard {
  readonly gpt: Omit<GptConfig, "seed">;
  readonly tokens: TokenTable;
}

const isPair = (value: unknown): value is number[] => isList(isNumber)(value) && value.length === 2;
const isBoolean: Check = (value) => typeof value === "boolean";

const isStoryCard = fields({
  gpt: fields({
    ...{ vocabulary: isNumber, context: isNumber, width: isNumber, layers: isNumber, heads: isNumber },
    tied: isBoolean,
  }),
  tokens: fields({ syllables: isText, merges: isList(isPair) }),
});

/** The card of a JSON text; `undefined` when something is missing or of another kind. */
export function parseStoryGptCard(text: string): StoryGptCard | undefined {
  const card = parseSequenceCard(text);
  return card && isStoryCard(JSON.parse(text)) ? (card as StoryGptCard) : undefined;
}
