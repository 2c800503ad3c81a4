/** Writing on: the distribution of the place that is looked at, and token after token while it runs. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { STORY_END, type StoryTokens } from "../../data/story-tokens.ts";
import { type Candidate, candidatesOf, drawAt, samplingOf } from "./candidates.ts";
import { afterToken } from "./deeds.ts";
import { type Deeds, NO_DEEDS } from "./goals.ts";
import type { Reading } from "./messages.ts";
import { type GptState, MOST_WRITTEN, PACES } from "./state.ts";
import { isFinished, startTokens } from "./story.ts";
import type { Writer } from "./use-writer.ts";

/** Readings the speed is taken from. */
const MEASURED = 20;

export interface Writing {
  readonly written: readonly number[];
  /** Place among the written tokens that is looked at; their number for the next one. */
  readonly place: number;
  look(place: number): void;
  readonly candidates: readonly Candidate[] | undefined;
  readonly reading: Reading | undefined;
  /** Tokens a second the network reads on this device. */
  readonly speed: number | undefined;
  readonly running: boolean;
  readonly finished: boolean;
  run(on: boolean): void;
  step(): void;
  undo(): void;
  clear(): void;
  choose(token: number): void;
  readonly deeds: Deeds;
}

export function useWriting(
  state: GptState,
  set: (patch: Partial<GptState>) => void,
  writer: Writer,
  tokenizer: StoryTokens | undefined,
): Writing {
  const written = useMemo(() => known(state.written, tokenizer), [state.written, tokenizer]);
  const [looked, setLooked] = useState<number>();
  const [running, setRunning] = useState(false);
  const [answer, setAnswer] = useState<{ key: string; reading: Reading }>();
  const [deeds, setDeeds] = useState(NO_DEEDS);
  const rates = useRef<number[]>([]);
  const place = looked === undefined ? written.length : Math.min(looked, written.length);
  const tokens = tokenizer
    ? [STORY_END, ...startTokens(tokenizer, state.start), ...written.slice(0, place)]
    : undefined;
  const key = tokens && writer.backend ? [writer.backend, state.cache, ...tokens].join(" ") : "";

  useEffect(() => {
    if (key === "" || !tokens) return;
    let current = true;
    void writer.read(tokens, state.cache === "on").then((reading) => {
      if (!current) return;
      if (reading.read > 0) rates.current = [...rates.current.slice(1 - MEASURED), reading.took];
      setAnswer({ key, reading });
    });
    return () => {
      current = false;
    };
  }, [key]);
  useEffect(() => {
    rates.current = [];
  }, [writer.backend, state.cache]);

  const reading = answer !== undefined && answer.key === key ? answer.reading : undefined;
  const logits = (reading ?? answer?.reading)?.logits;
  const candidates = useMemo(
    () => (logits ? candidatesOf(logits, samplingOf(state)) : undefined),
    [logits, state.temperature, state.topK, state.topP],
  );
  const finished = isFinished(written) || written.length >= MOST_WRITTEN;

  /** Puts a token at the place; what stood there and after it goes. */
  const put = (token: number, byHand: boolean) => {
    if (!tokenizer || !candidates) return;
    const next = [...written.slice(0, place), token];
    setDeeds((before) => afterToken(before, { tokenizer, state, candidates, next, byHand }));
    setLooked(undefined);
    if (isFinished(next) || next.length >= MOST_WRITTEN) setRunning(false);
    set({ written: next });
  };
  const draw = () => {
    if (candidates) put(drawAt(candidates, state.seed, place), false);
  };

  useEffect(() => {
    if (!running || !reading || finished || looked !== undefined) return;
    const timer = setTimeout(draw, PACES[state.pace]);
    return () => clearTimeout(timer);
  }, [running, reading, finished, looked, state.pace]);

  const took = [...rates.current].sort((a, b) => a - b)[Math.floor(rates.current.length / 2)];
  return {
    ...{ written, place, candidates: key === "" ? undefined : candidates, running, finished, deeds },
    // The last one stays until the next is there: a number that comes and goes with every token cannot be read.
    reading: key === "" ? undefined : answer?.reading,
    speed: took === undefined ? undefined : 1000 / took,
    look: (at) => {
      setRunning(false);
      setLooked(at === written.length ? undefined : at);
    },
    run: (on) => {
      setLooked(undefined);
      setRunning(on);
    },
    step: () => {
      setRunning(false);
      if (reading && looked === undefined && !finished) draw();
      else setLooked(undefined);
    },
    undo: () => {
      setRunning(false);
      setLooked(undefined);
      set({ written: written.slice(0, -1) });
    },
    clear: () => {
      setRunning(false);
      setLooked(undefined);
      set({ written: [] });
    },
    choose: (token) => {
      setRunning(false);
      if (reading) put(token, true);
    },
  };
}

/** Tokens of a shared link, as far as this edition of the network knows them. */
function known(written: readonly number[], tokenizer: StoryTokens | undefined): readonly number[] {
  if (!tokenizer) return [];
  const unknown = written.findIndex((token) => token >= tokenizer.pieces.length);
  return unknown < 0 ? written : written.slice(0, unknown);
}
