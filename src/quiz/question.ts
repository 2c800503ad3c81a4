/**
 * What a question is, as plain data. `schema.ts` checks the YAML against the same shapes while the site builds;
 * this file is all that reaches the browser.
 */

interface Common {
  /** Stays for ever: the learner's record is kept under it. */
  readonly id: string;
  /** Rises when a change makes an older answer's verdict meaningless. */
  readonly version: number;
  readonly prompt: string;
  /** What answering it shows. */
  readonly objective: string;
  readonly hints: readonly string[];
  /** Shown after a right answer, and when the answer is revealed. */
  readonly explain: string;
  /** Id of the lesson to go back to. */
  readonly review?: string | undefined;
}

/** Something an answer may say. */
export interface Concept {
  /** How feedback names it. */
  readonly label: string;
  /** Words and phrases for it; found in spite of typos, spacing and particles. */
  readonly terms: readonly string[];
  /** Found only as whole words, a particle may follow: `w`, `b`. */
  readonly exact: readonly string[];
  /** Regular expressions over the answer in small letters without spaces. */
  readonly patterns: readonly string[];
  /** Says something about the word before it (“많다”): denying it denies that word too. */
  readonly predicate: boolean;
  /** What denies it: a negation anywhere in its clause, or only one attached to the word itself. */
  readonly denial: "clause" | "word";
}

/** When `when` holds, the learner is told `say`. */
export interface Remark {
  readonly when: string;
  readonly say: string;
}

/**
 * How a free answer is judged. Conditions combine concepts with `&`, `|`, `!` and brackets; a concept holds when
 * the answer asserts it, `~concept` holds when the answer denies it.
 */
export interface Rubric {
  readonly concepts: Readonly<Record<string, Concept>>;
  readonly accept: readonly string[];
  readonly partial: readonly { readonly when: string; readonly say?: string | undefined }[];
  /** Makes the answer wrong whatever else it says. */
  readonly contradict: readonly Remark[];
  /** Makes a right answer partly right. */
  readonly weaken: readonly Remark[];
  /** Concepts that answer the question wrongly: asserting one is wrong, unless its clause has a contrast word. */
  readonly rivals: readonly string[];
  readonly contrast: readonly string[];
  /** Words that only look like a term. */
  readonly blockers: readonly string[];
  /** Terms of the field that have no place in the answer, alternatives separated by `/`. */
  readonly decoys: readonly string[];
  /** Concept → what to say when only it is missing, without giving it away. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Answered in the learner's own words. */
export interface ShortQuestion extends Common {
  readonly type: "short";
  /** The model answer. */
  readonly answer: string;
  readonly rubric: Rubric;
}

export interface ChoiceOption {
  readonly id: string;
  readonly text: string;
  readonly correct: boolean;
  /** Why it is right or wrong. */
  readonly reason: string;
}

/** One right option (radio buttons), or several (check boxes). */
export interface ChoiceQuestion extends Common {
  readonly type: "choice";
  readonly multiple: boolean;
  readonly options: readonly ChoiceOption[];
}

export interface NumericVariant {
  readonly prompt: string;
  readonly answer: number;
  readonly explain: string;
}

/** A number to work out; after a wrong answer the next variant has fresh numbers. */
export interface NumericQuestion extends Common {
  readonly type: "numeric";
  /** Largest difference from the answer that still counts. */
  readonly tolerance: number;
  readonly unit: string;
  readonly variants: readonly NumericVariant[];
}

/** Steps to bring into order; `steps` stand in the right one. */
export interface OrderQuestion extends Common {
  readonly type: "order";
  readonly steps: readonly { readonly id: string; readonly text: string }[];
}

export type Question = ShortQuestion | ChoiceQuestion | NumericQuestion | OrderQuestion;
