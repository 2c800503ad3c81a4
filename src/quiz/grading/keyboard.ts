import { convertHangulToQwerty, convertQwertyToHangul } from "es-hangul";

/** Runs longer than this are no words; the conversion is slow. */
const LONGEST = 40;

/** A run of letters and what its keys write in the other keyboard mode. */
export interface Retyped {
  readonly from: string;
  readonly to: string;
}

/**
 * What the keys would have written in the other keyboard mode: rkwndcl → 가중치, 추ㅜ → cnn. Only runs that make no
 * sense as they are: Latin letters that become whole syllables, Hangul with stray letters.
 *
 * @param sensible decides whether a text means something; English words such as “doesn” become whole syllables
 *   too, so that nothing is converted unless some of it is sensible
 * @returns `undefined` when nothing looks mistyped
 */
export function otherKeyboardMode(
  text: string,
  sensible: (converted: string) => boolean,
): { readonly text: string; readonly runs: readonly Retyped[] } | undefined {
  const hangul = convert(text, /[a-z]{2,}(?:[\s,]+[a-z]{2,})*/gi, (stretch) => {
    const converted = stretch.replace(/[a-z]+/gi, (word) => toHangul(word) ?? word);
    return converted !== stretch && sensible(converted) ? { from: stretch, to: converted } : undefined;
  });
  const latin = convert(hangul.text, /[가-힣ㄱ-ㅣ]*[ㄱ-ㅣ][가-힣ㄱ-ㅣ]*/g, (run) => {
    const tries = beginnings(run).map((from) => ({ from, to: toLatin(from) }));
    return tries.find(({ to }) => to !== undefined && sensible(to));
  });
  const runs = [...hangul.runs, ...latin.runs];
  return runs.length === 0 ? undefined : { text: latin.text, runs };
}

/** Replaces the beginning of each match for which `attempt` finds a conversion. */
function convert(
  text: string,
  pattern: RegExp,
  attempt: (run: string) => { readonly from: string; readonly to: string | undefined } | undefined,
): { readonly text: string; readonly runs: readonly Retyped[] } {
  const runs: Retyped[] = [];
  const replaced = text.replace(pattern, (run) => {
    const { from, to } = attempt(run) ?? { from: run, to: undefined };
    if (to === undefined) return run;
    runs.push({ from, to });
    return to + run.slice(from.length);
  });
  return { text: replaced, runs };
}

/** A particle or laughter behind a Hangul run was typed in the right mode: 추ㅜ이요, 추ㅜㅋㅋ. */
const beginnings = (run: string): string[] =>
  [...new Set([run, run.replace(/[ㅋㅎ]+$/, ""), run.replace(/[가-힣]+$/, "")])].filter(
    (part) => part !== "",
  );

const typed = new Map<string, string | undefined>();

/** Remembers the words of late: one answer may say the same a hundred times. */
function toHangul(run: string): string | undefined {
  if (typed.size > 500) typed.clear();
  if (!typed.has(run)) typed.set(run, wholeSyllables(run));
  return typed.get(run);
}

function wholeSyllables(run: string): string | undefined {
  if (run.length < 2 || run.length > LONGEST) return undefined;
  const converted = convertQwertyToHangul(run);
  return /^[가-힣]+$/.test(converted) && converted.length >= 2 ? converted : undefined;
}

const toLatin = (run: string): string | undefined =>
  run.length > LONGEST ? undefined : convertHangulToQwerty(run);
