import { useEffect, useRef, useState } from "preact/hooks";
import type { Looked, Occlusion } from "./explorer.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

export type Status =
  | { readonly kind: "idle" }
  | {
      readonly kind: "loading";
      readonly what: "download" | "survey";
      readonly done: number;
      readonly total: number;
    }
  | (Extract<FromWorker, { type: "ready" }> & { readonly kind: "ready" })
  | { readonly kind: "failed"; readonly message: string };

export interface ExplorerHandle {
  readonly status: Status;
  /** What the network made of the picture last looked at, and of which. */
  readonly looked: { readonly picture: Float32Array; readonly looked: Looked } | undefined;
  readonly occluded: { readonly picture: Float32Array; readonly occlusion: Occlusion } | undefined;
  load(): void;
  cancel(): void;
  look(picture: Float32Array): void;
  occlude(picture: Float32Array, size: number): void;
}

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** The worker that holds the network. It starts when the learner asks for it, and ends with the component. */
export function useExplorer(): ExplorerHandle {
  const worker = useRef<Worker | undefined>(undefined);
  /** The newest wish of each kind while the worker is busy with an older one. */
  const waiting = useRef(new Map<ToWorker["type"], ToWorker>());
  const busy = useRef(new Set<ToWorker["type"]>());
  const [status, setStatus] = useState<Status>({ kind: "idle" });
  const [looked, setLooked] = useState<ExplorerHandle["looked"]>();
  const [occluded, setOccluded] = useState<ExplorerHandle["occluded"]>();

  const stop = () => {
    worker.current?.terminate();
    worker.current = undefined;
    waiting.current.clear();
    busy.current.clear();
  };
  useEffect(() => stop, []);

  const ask = (message: ToWorker) => {
    if (!worker.current) return;
    if (busy.current.has(message.type)) waiting.current.set(message.type, message);
    else {
      busy.current.add(message.type);
      worker.current.postMessage(message);
    }
  };
  const done = (type: ToWorker["type"]) => {
    busy.current.delete(type);
    const next = waiting.current.get(type);
    waiting.current.delete(type);
    if (next) ask(next);
  };
  const fail = (message: string) => {
    stop();
    setStatus({ kind: "failed", message });
  };
  const receive = (message: FromWorker) => {
    switch (message.type) {
      case "progress":
        setStatus({ kind: "loading", what: message.what, done: message.done, total: message.total });
        break;
      case "ready":
        done("load");
        setStatus({ ...message, kind: "ready" });
        break;
      case "looked":
        setLooked(message);
        done("look");
        break;
      case "occluded":
        setOccluded(message);
        done("occlude");
        break;
      case "failed":
        fail(message.message);
        break;
    }
  };

  return {
    ...{ status, looked, occluded },
    load: () => {
      stop();
      const started = startWorker();
      worker.current = started;
      started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (worker.current === started) receive(data);
      };
      started.onerror = () => fail("계산을 맡은 작업자가 멈췄습니다. 다시 불러와 주세요.");
      setStatus({ kind: "loading", what: "download", done: 0, total: 0 });
      ask({ type: "load" });
    },
    cancel: () => {
      stop();
      setStatus({ kind: "idle" });
    },
    look: (picture) => ask({ type: "look", picture }),
    occlude: (picture, size) => ask({ type: "occlude", picture, size }),
  };
}
