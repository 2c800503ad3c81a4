/** What stands on the page: beginning and written tokens as text, sentences with the checker's word. */
import { isClosed, readSentence, splitSentences } from "../../data/story-checker.ts";
import { STORY_END, type StoryTokens } from "../../data/story-tokens.ts";
import { WORD_START } from "../../data/subwords.ts";
import { letterOf } from "../../data/words.ts";

/** The beginning's tokens. A space at its end is left out: the next token brings its own. */
export const startTokens = (tokenizer: StoryTokens, start: string): number[] =>
  tokenizer.encode(start.trimEnd());

/** A token as it is shown by itself: ␣ for the space before it, a jamo as a letter. */
export function tokenLabel(tokenizer: StoryTokens, token: number): string {
  if (token === STORY_END) return "이야기 끝";
  const piece = tokenizer.pieces[token] ?? "?";
  if (piece === "\n") return "줄 바꿈";
  return [...piece.replace(WORD_START, "␣")].map(letterOf).join("");
}

export interface CheckedSentence {
  readonly text: string;
  readonly grammatical: boolean;
}

/** Sentences the network closed, without those the beginning had closed already. */
export function writtenSentences(
  tokenizer: StoryTokens,
  start: string,
  written: readonly number[],
): CheckedSentence[] {
  const given = splitSentences(start).filter(isClosed).length;
  const text = tokenizer.decode([...startTokens(tokenizer, start), ...written]);
  return splitSentences(text)
    .filter(isClosed)
    .slice(given)
    .map((sentence) => ({ text: sentence, grammatical: readSentence(sentence) !== undefined }));
}

export const isFinished = (written: readonly number[]): boolean => written.at(-1) === STORY_END;
