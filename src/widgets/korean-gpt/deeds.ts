/** What a further token means for the goals. */
import type { StoryTokens } from "../../data/story-tokens.ts";
import type { Candidate } from "./candidates.ts";
import type { Deeds } from "./goals.ts";
import { type GptState, STARTS } from "./state.ts";
import { isFinished, writtenSentences } from "./story.ts";

/** Fewer are no story. */
const SHORTEST_STORY = 12;
const UNLIKELY = 0.05;
const HOT = 1.5;
const NARROW = 3;

export interface NewToken {
  readonly tokenizer: StoryTokens;
  readonly state: GptState;
  /** What it was drawn or chosen from. */
  readonly candidates: readonly Candidate[];
  /** The written tokens with the new one at their end. */
  readonly next: readonly number[];
  readonly byHand: boolean;
}

export function afterToken(deeds: Deeds, { tokenizer, state, candidates, next, byHand }: NewToken): Deeds {
  const { start, temperature, topK, topP, seed } = state;
  const before = writtenSentences(tokenizer, start, next.slice(0, -1)).length;
  const sentences = writtenSentences(tokenizer, start, next);
  const closed = sentences.length > before ? sentences.at(-1) : undefined;
  const given = candidates.find(({ token }) => token === next.at(-1))?.given ?? 1;
  const steeredAt = byHand && given < UNLIKELY ? before : deeds.steeredAt;
  const isOwn = start.trim() !== "" && !STARTS.some((each) => each === start.trim());
  const kept = candidates.filter(({ fate }) => fate === "kept").length;
  const isNarrow = (topK > 0 || topP < 1) && temperature > 0 && kept <= NARROW;
  const narrow = isNarrow && !byHand && (deeds.narrowSince ?? true);
  return {
    ...deeds,
    finishedOwn: deeds.finishedOwn || (isOwn && isFinished(next) && next.length >= SHORTEST_STORY),
    cold: closed && temperature === 0 && !byHand ? noted(deeds.cold, sentences, seed) : deeds.cold,
    // A new sentence begins narrow again.
    narrowSince: closed ? true : narrow,
    closedNarrow: deeds.closedNarrow || (closed !== undefined && narrow),
    steeredAt,
    steered:
      deeds.steered ||
      (closed?.grammatical === true && steeredAt !== undefined && sentences.length > steeredAt + 1),
    brokenHot: deeds.brokenHot || (closed?.grammatical === false && temperature >= HOT && !byHand),
  };
}

/** Seeds under which the same first sentence came. */
function noted(
  cold: Deeds["cold"],
  sentences: readonly { readonly text: string }[],
  seed: number,
): Deeds["cold"] {
  const text = sentences[0]?.text ?? "";
  const seeds = cold.find((each) => each.text === text)?.seeds ?? [];
  const others = cold.filter((each) => each.text !== text);
  return [...others, { text, seeds: [...new Set([...seeds, seed])] }];
}
