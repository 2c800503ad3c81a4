import type { Verdict } from "../../learner/record.ts";
import type { Concept, Rubric } from "../question.ts";
import { conceptsOf, holds, parseCondition, type Said } from "./condition.ts";
import { withoutInjections } from "./injection.ts";
import { otherKeyboardMode } from "./keyboard.ts";
import { GRADED_CHARACTERS, normalizeAnswer } from "./normalize.ts";
import { withParticle } from "./particles.ts";
import { type Judged, judgeMentions } from "./polarity.ts";
import { findMentions, type Mention, searchable } from "./search.ts";

/** How a mistyped word was read. */
export interface Reading {
  readonly from: string;
  readonly to: string;
}

export interface Grade {
  readonly verdict: Verdict;
  /** False where the learner should look at the criteria and judge for themselves. */
  readonly certain: boolean;
  readonly readAs: readonly Reading[];
  /** Labels of the ideas that a right answer would also have named. */
  readonly missing: readonly string[];
  readonly misconception: string | undefined;
  /** Sentences for the learner, without the question's explanation. */
  readonly feedback: readonly string[];
}

type Outcome = Pick<Grade, "verdict" | "missing" | "misconception"> & {
  /** The answer names something the question knows. */
  readonly recognized: boolean;
};

const ORDER: Readonly<Record<Verdict, number>> = { incorrect: 0, partial: 1, correct: 2 };
/** So many terms from elsewhere are no answer when terms are more than this share of the text. */
const STUFFED = [
  { terms: 3, share: 0.6 },
  { terms: 5, share: 0.5 },
] as const;

/** Grades a free answer of any length. Pure; a few milliseconds. */
export function gradeAnswer(rubric: Rubric, answer: string): Grade {
  const { text, cased, truncated } = normalizeAnswer(answer);
  if (!/[\p{L}\p{N}]/u.test(text)) return nothingWritten();
  const first = judge(rubric, text);
  const retyped =
    first.outcome.verdict === "correct"
      ? undefined
      : otherKeyboardMode(cased, (converted) => makesSense(rubric, converted.toLowerCase()));
  const second = retyped && judge(rubric, retyped.text.toLowerCase());
  const better = second !== undefined && ORDER[second.outcome.verdict] > ORDER[first.outcome.verdict];
  const { outcome, mentions, source } = better ? second : first;
  const readAs = [...(better ? retyped!.runs : []), ...typos(source, mentions)];
  const certain =
    !better && !truncated && outcome.recognized && mentions.every(({ distance }) => distance < 2);
  return { ...outcome, certain, readAs, feedback: sentences(outcome, readAs, truncated) };
}

/** Whether a word typed in the other keyboard mode names a concept or turns the meaning. */
const makesSense = (rubric: Rubric, word: string): boolean =>
  /아니|아닌|아님|아냐|않|없|말고|모르/.test(word) ||
  findMentions(searchable(mask(word, rubric.blockers), word), rubric.concepts).length > 0;

const nothingWritten = (): Grade => ({
  verdict: "incorrect",
  certain: true,
  readAs: [],
  missing: [],
  misconception: undefined,
  feedback: ["답을 글로 적어 주세요."],
});

function judge(rubric: Rubric, text: string): { outcome: Outcome; mentions: Judged[]; source: string } {
  const source = withoutInjections(text);
  const masked = mask(source, rubric.blockers);
  const answer = searchable(masked, source);
  const mentions = judgeMentions(source, findMentions(answer, rubric.concepts), rubric.concepts);
  const stuffed = isStuffed(findDecoys(rubric, answer), mentions, source);
  return { outcome: decide(rubric, mentions, stuffed), mentions, source };
}

/** Blockers are found without regard to spaces, Latin ones as whole words, and replaced by marks no term contains. */
function mask(text: string, blockers: readonly string[]): string {
  return blockers.reduce(
    (rest, blocker) => rest.replace(blockerPattern(blocker), (found) => "□".repeat(found.length)),
    text,
  );
}

const blockerPatterns = new Map<string, RegExp>();
function blockerPattern(blocker: string): RegExp {
  const known = blockerPatterns.get(blocker);
  if (known) return known;
  const letters = [...blocker.toLowerCase().replace(/\s+/g, "")].map((letter) =>
    letter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  const before = /^[a-z]/i.test(blocker) ? "(?<![a-z])" : "";
  const after = /[a-z]$/i.test(blocker) ? "s?(?![a-z])" : "";
  const pattern = new RegExp(before + letters.join("\\s*") + after, "g");
  blockerPatterns.set(blocker, pattern);
  return pattern;
}

const DECOY: Omit<Concept, "label" | "terms"> = {
  exact: [],
  patterns: [],
  predicate: false,
  denial: "clause",
};

function findDecoys({ decoys }: Rubric, answer: Parameters<typeof findMentions>[0]): Mention[] {
  const concepts = Object.fromEntries(
    decoys.map((names) => [names, { ...DECOY, label: names, terms: names.split("/") }]),
  );
  return findMentions(answer, concepts);
}

/**
 * Many terms from elsewhere, and little between them: a list of everything that might be right. A long explanation
 * may use as many terms, but it says something about them.
 */
function isStuffed(decoys: readonly Mention[], mentions: readonly Mention[], source: string): boolean {
  const different = new Set(decoys.map(({ concept }) => concept)).size;
  if (different < STUFFED[0].terms) return false;
  const covered = new Set<number>();
  for (const { term, start, end } of [...decoys, ...mentions]) {
    if (term === undefined) continue;
    for (let at = start; at < end; at += 1) covered.add(at);
  }
  const letters = [...source.matchAll(/[\p{L}\p{N}]/gu)];
  const named = letters.filter(({ index }) => covered.has(index)).length;
  return STUFFED.some(({ terms, share }) => different >= terms && named >= share * letters.length);
}

function decide(rubric: Rubric, mentions: readonly Judged[], stuffed: boolean): Outcome {
  const said: Said = {
    asserted: new Set(mentions.filter(({ asserted }) => asserted).map(({ concept }) => concept)),
    denied: new Set(mentions.filter(({ asserted }) => !asserted).map(({ concept }) => concept)),
  };
  const recognized = mentions.length > 0;
  const wrong = (misconception: string | undefined): Outcome => ({
    verdict: "incorrect",
    missing: [],
    misconception,
    recognized,
  });
  if (stuffed) return wrong("질문과 관계없는 용어가 여러 개 있습니다. 답이 되는 것만 골라 적어 주세요.");
  const contradiction = rubric.contradict.find(({ when }) => holds(parseCondition(when), said));
  if (contradiction) return wrong(contradiction.say);
  const accepted = rubric.accept.some((condition) => holds(parseCondition(condition), said));
  const rival = committedRival(rubric, mentions, accepted);
  if (rival !== undefined) return wrong(rivalSentence(rubric, rival, accepted));
  if (accepted) {
    const weakness = rubric.weaken.find(({ when }) => holds(parseCondition(when), said));
    if (weakness === undefined)
      return { verdict: "correct", missing: [], misconception: undefined, recognized };
    return { verdict: "partial", missing: [], misconception: weakness.say, recognized };
  }
  const part = rubric.partial.find(({ when }) => holds(parseCondition(when), said));
  if (part === undefined) return wrong(undefined);
  const lacking = missingFrom(rubric, said);
  const missing = lacking.map((concept) => rubric.concepts[concept]!.label);
  const only = lacking.length === 1 ? rubric.missing[lacking[0]!] : undefined;
  return { verdict: "partial", missing, misconception: part.say ?? only, recognized };
}

/**
 * A wrong answer that the learner commits to. Naming it beside its own field of use is no commitment, nor is
 * granting something to it before the right answer.
 */
function committedRival(
  { rivals, contrast }: Rubric,
  mentions: readonly Judged[],
  accepted: boolean,
): string | undefined {
  return mentions.find(
    ({ concept, asserted, clause, conceded }) =>
      rivals.includes(concept) &&
      asserted &&
      !(conceded && accepted) &&
      !contrast.some((word) => clause.includes(word)),
  )?.concept;
}

function rivalSentence({ concepts }: Rubric, rival: string, alsoRight: boolean): string {
  const label = concepts[rival]!.label;
  return alsoRight
    ? `맞는 답과 함께 ${withParticle(label, "을/를")} 적었습니다. 하나만 골라 주세요.`
    : `${withParticle(label, "은/는")} 이 질문의 답이 아닙니다.`;
}

/** The fewest concepts that the answer would also have to assert to be accepted; of equals the first in the rubric. */
function missingFrom({ accept }: Rubric, said: Said): string[] {
  const lacking = accept.flatMap((source) => {
    const condition = parseCondition(source);
    const open = [...new Set(conceptsOf(condition))].filter((concept) => !said.asserted.has(concept));
    return subsets(open).filter((added) =>
      holds(condition, { ...said, asserted: new Set([...said.asserted, ...added]) }),
    );
  });
  return lacking.sort((a, b) => a.length - b.length)[0] ?? [];
}

/** All choices of the given ones; a condition names a handful at most. */
function subsets(items: readonly string[]): string[][] {
  const chosen: string[][] = [[]];
  for (const item of items) chosen.push(...chosen.map((subset) => [...subset, item]));
  return chosen;
}

function typos(source: string, mentions: readonly Mention[]): Reading[] {
  const readings = mentions.flatMap(({ distance, term, start, end }) =>
    distance > 0 && term !== undefined ? [{ from: source.slice(start, end), to: term }] : [],
  );
  return readings.filter(({ from }, at) => readings.findIndex((other) => other.from === from) === at);
}

function sentences(outcome: Outcome, readAs: readonly Reading[], truncated: boolean): string[] {
  const { verdict, missing, misconception, recognized } = outcome;
  const opening =
    verdict === "correct"
      ? "맞습니다."
      : verdict === "partial"
        ? "맞는 방향입니다. 조금 더 필요합니다."
        : recognized
          ? "다시 생각해 보세요."
          : "답에서 알아볼 수 있는 개념을 찾지 못했습니다. 모범 답안을 보고 직접 판단할 수 있습니다.";
  return [
    opening,
    ...(misconception === undefined ? [] : [misconception]),
    ...(missing.length > 0 && misconception === undefined ? [`빠진 것: ${missing.join(", ")}`] : []),
    ...readAs.map(
      ({ from, to }) => `‘${from}’${particleAfter(from)} ‘${to}’${directionAfter(to)} 읽었습니다.`,
    ),
    ...(truncated ? [`앞의 ${GRADED_CHARACTERS}자까지만 채점했습니다.`] : []),
  ];
}

const particleAfter = (word: string) => withParticle(word, "을/를").slice(word.length);
const directionAfter = (word: string) => withParticle(word, "으로/로").slice(word.length);
