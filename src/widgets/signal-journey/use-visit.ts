/** What the learner does in one visit: changes, predictions, the way back through the layers. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Change, type Changed, nextChange } from "./changes.ts";
import { answerChanged, NO_PREDICTIONS, type Score, scored, traced } from "./goals.ts";
import type { Chosen, JourneyFrame } from "./journey.ts";
import type { Verdict } from "./Predict.tsx";
import type { SignalInput, SignalKind } from "./signals.ts";
import { classesOf, largest } from "./stages.ts";
import { inputOf, type JourneyState } from "./state.ts";

/** Milliseconds after which a further change is compared with what stood before it, not with the change before. */
const BURST = 1500;

interface Made {
  readonly input: SignalInput;
  readonly base: SignalInput | undefined;
  /** Grows with every new input; a frame says which one it belongs to. */
  readonly turn: number;
}

/** The input the state and an own signal make, what it is compared with, and a running number. */
export function useInput(state: JourneyState, own: SignalInput | undefined) {
  const { kind, text, strokes, vowel, pitch, voice, noise, seed } = state;
  const input = useMemo(
    () => (own?.kind === kind ? own : inputOf(state)),
    [kind, text, strokes, vowel, pitch, voice, noise, seed, own],
  );
  const made = useRef<Made & { at: number }>({ input, base: undefined, turn: 0, at: 0 });
  if (made.current.input !== input) {
    const { input: last, base, turn, at } = made.current;
    const now = Date.now();
    const sameKind = last.kind === input.kind;
    const inBurst = now - at < BURST && base?.kind === input.kind;
    made.current = { input, base: sameKind ? (inBurst ? base : last) : undefined, turn: turn + 1, at: now };
  }
  return {
    ...(made.current as Made),
    /** The next change is compared with the input as it is now. */
    settle: () => {
      made.current.at = 0;
    },
    /** Nothing to compare with. */
    forget: () => {
      made.current = { ...made.current, base: undefined, at: 0 };
    },
  };
}

export interface Prediction {
  readonly change: Change;
  readonly verdict: Verdict | undefined;
  readonly score: Score;
  guess(changes: boolean): void;
  next(): void;
  forget(): void;
}

/**
 * The change to be predicted, and what came of it.
 * @param own stands in place of what the settings make, such as a recording.
 * @param apply makes the change; it may be called with the settings of before, to take it back.
 */
export function usePrediction(
  state: JourneyState,
  { input, turn }: Made,
  frame: JourneyFrame | undefined,
  own: SignalInput | undefined,
  apply: (changed: Changed) => void,
): Prediction {
  const [at, setAt] = useState(0);
  const [score, setScore] = useState(NO_PREDICTIONS);
  const [verdict, setVerdict] = useState<Verdict & { turn: number; at: number; undo: Changed }>();
  const seen = useRef(new Set<string>());
  const next = nextChange(state, at, input);
  const judged = verdict?.truth !== undefined;
  useEffect(() => {
    if (!verdict || judged || !frame || frame.turn <= verdict.turn) return;
    const truth = answerChanged(frame);
    // Equal settings make no new turn; then nothing changed.
    if (truth === undefined) return;
    setVerdict({ ...verdict, truth, answers: answersText(frame) });
    if (!verdict.known) setScore((before) => scored(before, verdict.guess, truth));
  }, [frame, verdict, judged]);
  // Another kind of signal begins with its own first change.
  useEffect(() => setVerdict(undefined), [state.kind]);
  return {
    change: verdict?.change ?? next.change,
    verdict,
    score,
    guess: (guess) => {
      const key = `${next.change.id} ${JSON.stringify(input)}`;
      setVerdict({
        change: next.change,
        guess,
        truth: undefined,
        answers: "",
        known: seen.current.has(key),
        turn,
        at: next.at,
        undo: { patch: settingsOf(state), ...(own ? { input: own } : {}) },
      });
      seen.current.add(key);
      apply(next.changed);
    },
    next: () => {
      // Back to the learner's own input, unless it was changed meanwhile.
      if (verdict && turn === verdict.turn + 1) apply(verdict.undo);
      setVerdict(undefined);
      setAt((verdict?.at ?? next.at) + 1);
    },
    forget: () => {
      setVerdict(undefined);
      setScore(NO_PREDICTIONS);
      setAt(0);
    },
  };
}

/** What of the state makes the input. */
const settingsOf = ({ text, strokes, vowel, pitch, voice, noise }: JourneyState): Partial<JourneyState> => ({
  ...{ text, strokes, vowel, pitch, voice, noise },
});

function answersText({ kind, stages }: JourneyFrame): string {
  const { values, before = values } = stages.at(-1)!;
  const [old, now] = [before, values].map((each) => classesOf(kind)[largest(each)]!) as [string, string];
  return old === now ? `‘${now}’` : `‘${old}’에서 ‘${now}’`;
}

/** The way back through the layers, and the kinds of signal that have reached their probabilities. */
export function useWay(frame: JourneyFrame | undefined) {
  const [way, setWay] = useState<readonly Chosen[]>([]);
  const [kinds, setKinds] = useState<ReadonlySet<SignalKind>>(new Set());
  const arrived = frame && frame.steps >= frame.lastStep ? frame.kind : undefined;
  useEffect(() => {
    if (arrived) setKinds((before) => (before.has(arrived) ? before : new Set([...before, arrived])));
  }, [arrived]);
  return {
    way,
    kinds,
    go: (chosen: Chosen, through: boolean) => setWay((before) => traced(before, chosen, through)),
    forget: () => setWay([]),
  };
}
