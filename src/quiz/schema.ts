/** What `content/quizzes/*.yaml` must hold; used only while the site builds, and by tests and scripts. */
import { z } from "zod";
import { conceptsOf, parseCondition } from "./grading/condition.ts";
import { gradeAnswer } from "./grading/grade-answer.ts";
import type { Question } from "./question.ts";

const text = z.string().min(1);
const texts = z.array(text).default([]);

const pattern = text.refine(isRegularExpression, { error: "expected a regular expression", abort: true });
const condition = text.superRefine((source, context) => {
  try {
    parseCondition(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : "unreadable";
    context.addIssue({ code: "custom", message, continue: false });
  }
});

const concept = z.strictObject({
  label: text,
  terms: texts,
  exact: texts,
  patterns: z.array(pattern).default([]),
  predicate: z.boolean().default(false),
  denial: z.enum(["clause", "word"]).default("clause"),
});

const remark = z.strictObject({ when: condition, say: text });
/** A remark without words of its own may be written as its condition. */
const partialRemark = z.union([condition.transform((when) => ({ when, say: undefined })), remark]);

const rubric = z
  .strictObject({
    concepts: z.record(z.string().regex(/^[a-z][\w-]*$/i), concept),
    accept: z.array(condition).min(1),
    partial: z.array(partialRemark).default([]),
    contradict: z.array(remark).default([]),
    weaken: z.array(remark).default([]),
    rivals: texts,
    contrast: texts,
    blockers: texts,
    decoys: texts,
    missing: z.record(z.string(), text).default({}),
  })
  .superRefine((value, context) => {
    for (const name of unknownConcepts(value)) {
      context.addIssue({ code: "custom", message: `unknown concept ${name}`, continue: false });
    }
  });

const common = {
  id: z.string().regex(/^[a-z0-9-]+$/, "expected small letters, digits and hyphens"),
  version: z.int().min(1).default(1),
  prompt: text,
  objective: text,
  hints: texts,
  explain: text,
  review: text.optional(),
};

const short = z
  .strictObject({
    ...common,
    type: z.literal("short"),
    answer: text,
    rubric,
    examples: z.strictObject({
      correct: z.array(z.string()).min(1),
      partial: z.array(z.string()).default([]),
      incorrect: z.array(z.string()).min(1),
    }),
  })
  .superRefine((question, context) => {
    for (const [verdict, answers] of Object.entries(question.examples)) {
      answers.forEach((answer, index) => {
        const found = gradeAnswer(question.rubric, answer).verdict;
        if (found === verdict) return;
        const path = ["examples", verdict, index];
        context.addIssue({ code: "custom", path, message: `"${answer}" is graded ${found}` });
      });
    }
  });

const option = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  text,
  correct: z.boolean().default(false),
  reason: text,
});

const choice = z
  .strictObject({
    ...common,
    type: z.literal("choice"),
    multiple: z.boolean().default(false),
    options: z.array(option).min(2),
  })
  .superRefine(({ multiple, options }, context) => {
    const right = options.filter(({ correct }) => correct).length;
    if (multiple ? right === 0 : right !== 1) {
      const message = multiple
        ? "expected at least one correct option"
        : "expected exactly one correct option";
      context.addIssue({ code: "custom", path: ["options"], message });
    }
    if (new Set(options.map(({ id }) => id)).size < options.length) {
      context.addIssue({ code: "custom", path: ["options"], message: "an option's id stands twice" });
    }
  });

const numeric = z.strictObject({
  ...common,
  type: z.literal("numeric"),
  tolerance: z.number().min(0),
  unit: z.string().default(""),
  variants: z
    .array(z.strictObject({ prompt: text, answer: z.number(), explain: text }))
    .min(2, "expected a second variant with fresh numbers for the next try"),
});

const order = z.strictObject({
  ...common,
  type: z.literal("order"),
  steps: z.array(z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/), text })).min(3),
});

/** One member of `content/quizzes/*.yaml`. Example answers that get another verdict are faults like any other. */
export const questionEntry = z.discriminatedUnion("type", [short, choice, numeric, order]);
export type QuestionEntry = z.infer<typeof questionEntry>;

/** The question without its example answers: what the page sends to the browser. */
export function withoutExamples(entry: QuestionEntry): Question {
  if (entry.type !== "short") return entry;
  const { examples: _, ...question } = entry;
  return question;
}

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source, "g") !== undefined;
  } catch {
    return false;
  }
}

interface ConditionHolder {
  readonly concepts: Readonly<Record<string, unknown>>;
  readonly accept: readonly string[];
  readonly partial: readonly { readonly when: string }[];
  readonly contradict: readonly { readonly when: string }[];
  readonly weaken: readonly { readonly when: string }[];
  readonly rivals: readonly string[];
  readonly missing: Readonly<Record<string, string>>;
}

function unknownConcepts(rubric: ConditionHolder): string[] {
  const conditions = [
    ...rubric.accept,
    ...[rubric.partial, rubric.contradict, rubric.weaken].flat().map(({ when }) => when),
  ];
  const used = conditions.flatMap((source) => conceptsOf(parseCondition(source)));
  return [...new Set([...used, ...rubric.rivals, ...Object.keys(rubric.missing)])].filter(
    (name) => !Object.hasOwn(rubric.concepts, name),
  );
}
