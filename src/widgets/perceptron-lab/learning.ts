/** The learning rule, one example after another, until nothing is wrong or everything comes round again. */
import { classOf, correct, type Example, type Weights, weightedSum } from "./model.ts";

/** One step, as it is written out. */
export interface StepRecord {
  readonly example: Example;
  readonly before: Weights;
  readonly after: Weights;
  readonly z: number;
  readonly output: 0 | 1;
}

export interface Learning {
  readonly weights: Weights;
  /** Examples looked at. */
  readonly steps: number;
  /** Steps that changed the weights. */
  readonly updates: number;
  /** Index of the next example. */
  readonly next: number;
  /** Right answers in a row. */
  readonly streak: number;
  readonly last: StepRecord | undefined;
  /** Weights at each beginning of a pass → number of that pass. */
  readonly seen: ReadonlyMap<string, number>;
  readonly outcome:
    | { readonly kind: "learning" }
    /** A whole pass without a mistake: no step will change anything any more. */
    | { readonly kind: "converged" }
    /** The weights of an earlier pass have returned, so that everything repeats from there for ever. */
    | { readonly kind: "cycle"; readonly passes: number };
}

export const START: Weights = { w1: 0, w2: 0, b: 0 };

export function startLearning(weights: Weights = START): Learning {
  return {
    weights,
    steps: 0,
    updates: 0,
    next: 0,
    streak: 0,
    last: undefined,
    seen: new Map([[keyOf(weights), 0]]),
    outcome: { kind: "learning" },
  };
}

/** Weights are sums of examples times the rate; ten decimals tell them apart in spite of binary rounding. */
const keyOf = ({ w1, w2, b }: Weights) => [w1, w2, b].map((value) => value.toFixed(10)).join(" ");

/** Looks at the next example. A finished run stays as it is; so does one without examples. */
export function stepLearning(run: Learning, examples: readonly Example[], rate: number): Learning {
  const example = examples[run.next % Math.max(1, examples.length)];
  if (example === undefined || run.outcome.kind === "converged") return run;
  const before = run.weights;
  const z = weightedSum(before, example);
  const output = classOf(z);
  const after = correct(before, example, rate);
  const streak = output === example.target ? run.streak + 1 : 0;
  const steps = run.steps + 1;
  const next = (run.next + 1) % examples.length;
  const stepped: Learning = {
    ...run,
    weights: after,
    steps,
    updates: run.updates + (output === example.target ? 0 : 1),
    next,
    streak,
    last: { example, before, after, z, output },
  };
  if (streak >= examples.length) return { ...stepped, outcome: { kind: "converged" } };
  return next === 0 ? atEndOfPass(stepped, steps / examples.length) : stepped;
}

/** Steps until something has been corrected, or until nothing is left to correct. */
export function toNextCorrection(run: Learning, examples: readonly Example[], rate: number): Learning {
  let current = run;
  do {
    const stepped = stepLearning(current, examples, rate);
    if (stepped === current) return current;
    current = stepped;
  } while (current.updates === run.updates && current.outcome.kind !== "converged");
  return current;
}

function atEndOfPass(run: Learning, pass: number): Learning {
  const key = keyOf(run.weights);
  const earlier = run.seen.get(key);
  const seen = new Map(run.seen).set(key, pass);
  if (earlier === undefined) return { ...run, seen };
  return { ...run, seen, outcome: { kind: "cycle", passes: pass - earlier } };
}
