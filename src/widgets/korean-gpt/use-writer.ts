/** The worker with the network, fetched only when the learner asks for it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { fetchCard } from "../../models/fetch.ts";
import { parseStoryGptCard, type StoryGptCard } from "../../models/story-gpt-card.ts";
import type { Backend, FromWriter, Reading, ToWriter } from "./messages.ts";

/** Bytes that have arrived of network and runtime, while they are on their way. */
export type Progress = Readonly<
  Partial<Record<"model" | "runtime", { loaded: number; total: number | undefined }>>
>;

export interface Writer {
  /** What the network is: read before anything is asked for. */
  readonly card: StoryGptCard | undefined;
  /** What computes now; `undefined` before the network has come. */
  readonly backend: Backend | undefined;
  readonly progress: Progress | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  load(backend: Backend): void;
  cancel(): void;
  /** The logits after these tokens; an earlier question that is still open is never answered. */
  read(tokens: readonly number[], caching: boolean): Promise<Reading>;
}

export function useWriter(): Writer {
  const worker = useRef<Worker>(undefined);
  const answers = useRef(new Map<number, (reading: Reading) => void>());
  const asked = useRef(0);
  const [card, setCard] = useState<StoryGptCard>();
  const [backend, setBackend] = useState<Backend>();
  const [progress, setProgress] = useState<Progress>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    const controller = new AbortController();
    // Without the card no tokens are shown yet; what is wrong is said when the network is asked for.
    readCard(controller.signal).then(setCard, () => undefined);
    return () => {
      controller.abort();
      worker.current?.terminate();
    };
  }, []);

  const stop = (message?: string) => {
    worker.current?.terminate();
    worker.current = undefined;
    answers.current.clear();
    setBackend(undefined);
    setProgress(undefined);
    setFailure(message);
  };
  const receive = (message: FromWriter) => {
    if (message.type === "progress") {
      const { stage, loaded, total } = message;
      setProgress((before) => ({ ...before, [stage]: { loaded, total } }));
    } else if (message.type === "ready") {
      setProgress(undefined);
      setBackend(message.backend);
    } else if (message.type === "failed") stop(message.message);
    else {
      const { id, type: _type, ...reading } = message;
      const answer = answers.current.get(id);
      answers.current.clear();
      answer?.(reading);
    }
  };
  const send = (message: ToWriter) => worker.current?.postMessage(message);

  return {
    ...{ card, backend, progress, failure },
    load: (wanted) => {
      setFailure(undefined);
      setProgress({});
      setBackend(undefined);
      if (!card) readCard(new AbortController().signal).then(setCard, () => undefined);
      worker.current ??= start(receive, () => stop(DIED));
      send({ type: "load", backend: wanted });
    },
    cancel: () => stop(),
    read: (tokens, caching) =>
      new Promise((resolve) => {
        asked.current += 1;
        answers.current.clear();
        answers.current.set(asked.current, resolve);
        send({ type: "read", id: asked.current, tokens, caching });
      }),
  };
}

const DIED = "계산을 맡은 작업자가 멈췄습니다. 쓴 글은 그대로 있습니다. 모델을 다시 받아 이어 쓰세요.";

function start(receive: (message: FromWriter) => void, died: () => void): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<FromWriter>) => receive(data);
  worker.onerror = (event) => {
    event.preventDefault();
    died();
  };
  return worker;
}

const readCard = (signal: AbortSignal) => fetchCard("story-gpt.json", parseStoryGptCard, { signal });
