import { useEffect, useRef, useState } from "preact/hooks";
import type { FromWorker, Look, Looked, NetworkFacts, ToWorker } from "./protocol.ts";

export type Status =
  | { readonly kind: "idle" }
  | { readonly kind: "loading"; readonly loaded: number; readonly total: number | undefined }
  | { readonly kind: "ready"; readonly facts: NetworkFacts }
  | { readonly kind: "failed"; readonly message: string };

export interface AnatomyHandle {
  readonly status: Status;
  readonly looked: Looked | undefined;
  /** What was seen with the sentence before this one, to compare. */
  readonly before: Looked | undefined;
  load(): void;
  cancel(): void;
}

/** Milliseconds after which a sentence is compared with the one before it; while one is typed, with the last that stood. */
const BURST = 1500;

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/**
 * The worker that holds the network: it starts when the learner asks for it, and ends with the component.
 * @param look what is to be seen; looked at again whenever it changes.
 */
export function useAnatomy(look: Look): AnatomyHandle {
  const worker = useRef<Worker | undefined>(undefined);
  const busy = useRef(false);
  /** The newest wish, while the worker is busy with an older one. */
  const waiting = useRef<ToWorker | undefined>(undefined);
  const [status, setStatus] = useState<Status>({ kind: "idle" });
  const [seen, setSeen] = useState<{ looked?: Looked; before?: Looked }>({});
  const changedAt = useRef(0);

  const stop = () => {
    worker.current?.terminate();
    worker.current = undefined;
    waiting.current = undefined;
    busy.current = false;
  };
  useEffect(() => stop, []);

  const ask = (message: ToWorker) => {
    if (!worker.current) return;
    if (busy.current) waiting.current = message;
    else {
      busy.current = true;
      worker.current.postMessage(message);
    }
  };
  const done = () => {
    busy.current = false;
    const next = waiting.current;
    waiting.current = undefined;
    if (next) ask(next);
  };
  const receive = (message: FromWorker) => {
    if (message.type === "progress") {
      setStatus({ kind: "loading", loaded: message.loaded, total: message.total });
    } else if (message.type === "ready") {
      setStatus({ kind: "ready", facts: message.facts });
      done();
    } else if (message.type === "looked") {
      const { looked } = message;
      setSeen((last) => {
        const isNew = last.looked !== undefined && last.looked.text !== looked.text;
        const settled = Date.now() - changedAt.current > BURST;
        if (isNew) changedAt.current = Date.now();
        const before = isNew && (settled || !last.before) ? last.looked : last.before;
        return { looked, ...(before ? { before } : {}) };
      });
      done();
    } else {
      stop();
      setStatus({ kind: "failed", message: message.message });
    }
  };

  const ready = status.kind === "ready";
  const key = JSON.stringify(look);
  useEffect(() => {
    if (ready) ask({ type: "look", ...look });
  }, [ready, key]);

  return {
    status,
    looked: seen.looked,
    before: seen.before,
    load: () => {
      stop();
      const started = startWorker();
      worker.current = started;
      started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (worker.current === started) receive(data);
      };
      started.onerror = () => {
        stop();
        setStatus({ kind: "failed", message: "계산을 맡은 작업자가 멈췄습니다. 다시 받아 주세요." });
      };
      setStatus({ kind: "loading", loaded: 0, total: undefined });
      ask({ type: "load" });
    },
    cancel: () => {
      stop();
      setStatus({ kind: "idle" });
    },
  };
}
