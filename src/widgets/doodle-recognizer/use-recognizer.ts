import { useEffect, useRef, useState } from "preact/hooks";
import type { Pictures } from "../../data/pictures.ts";
import type { ModelCard } from "../../models/card.ts";
import type { FromWorker, Lesson, ToWorker } from "./protocol.ts";
import type { LeftOut, Looked, Survey, Taught } from "./recognizer.ts";

export type Status =
  | { readonly kind: "idle" }
  | { readonly kind: "loading"; readonly done: number; readonly total: number }
  | { readonly kind: "ready"; readonly card: ModelCard }
  | { readonly kind: "failed"; readonly message: string };

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** The measurement on held-out drawings. */
export type Surveying =
  | { readonly kind: "idle" }
  | ({ readonly kind: "running"; readonly what: "pictures" | "survey" } & Progress)
  | { readonly kind: "done"; readonly survey: Survey; readonly pictures: Pictures }
  | { readonly kind: "failed"; readonly message: string };

export interface RecognizerHandle {
  readonly status: Status;
  /** What was answered last, and to which picture. */
  readonly looked: { readonly picture: Float32Array; readonly looked: Looked } | undefined;
  readonly surveying: Surveying;
  /** The last layer that was taught, with the number of its lesson. */
  readonly taught: { readonly number: number; readonly taught: Taught; readonly took: number } | undefined;
  readonly leftOut: { readonly number: number; readonly leftOut: LeftOut } | undefined;
  /** While drawings are kept back one by one. */
  readonly leaving: Progress | undefined;
  load(): void;
  cancel(): void;
  look(picture: Float32Array): void;
  survey(): void;
  teach(lesson: Lesson): void;
  leaveOut(lesson: Lesson): void;
  forget(): void;
}

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** The worker that holds the network. It starts when the learner asks for it, and ends with the component. */
export function useRecognizer(): RecognizerHandle {
  const worker = useRef<Worker>(undefined);
  /** The newest picture while the worker is busy with an older one. */
  const waiting = useRef<Float32Array>(undefined);
  const looking = useRef(false);
  const [status, setStatus] = useState<Status>({ kind: "idle" });
  const [looked, setLooked] = useState<RecognizerHandle["looked"]>();
  const [surveying, setSurveying] = useState<Surveying>({ kind: "idle" });
  const [taught, setTaught] = useState<RecognizerHandle["taught"]>();
  const [leftOut, setLeftOut] = useState<RecognizerHandle["leftOut"]>();
  const [leaving, setLeaving] = useState<Progress>();

  const send = (message: ToWorker) => worker.current?.postMessage(message);
  const stop = () => {
    worker.current?.terminate();
    worker.current = undefined;
    waiting.current = undefined;
    looking.current = false;
  };
  useEffect(() => stop, []);
  const fail = (message: string) => {
    stop();
    setStatus({ kind: "failed", message });
    setTaught(undefined);
    setLeaving(undefined);
    setSurveying((before) => (before.kind === "done" ? before : { kind: "idle" }));
  };
  const look = (picture: Float32Array) => {
    if (looking.current) waiting.current = picture;
    else {
      looking.current = true;
      send({ type: "look", picture });
    }
  };
  const answered = (message: Extract<FromWorker, { type: "looked" }>) => {
    setLooked(message);
    looking.current = false;
    const next = waiting.current;
    waiting.current = undefined;
    if (next) look(next);
  };
  const progressed = ({ what, done, total }: Extract<FromWorker, { type: "progress" }>) => {
    if (what === "download") setStatus({ kind: "loading", done, total });
    else if (what === "leave-out") setLeaving({ done, total });
    else setSurveying({ kind: "running", what, done, total });
  };
  const receive = (message: FromWorker) => {
    switch (message.type) {
      case "progress":
        return progressed(message);
      case "ready":
        return setStatus({ kind: "ready", card: message.card });
      case "looked":
        return answered(message);
      case "surveyed":
        return setSurveying({ kind: "done", survey: message.survey, pictures: message.pictures });
      case "taught":
        return setTaught(message);
      case "left-out":
        setLeaving(undefined);
        return setLeftOut(message);
      case "problem":
        return setSurveying({ kind: "failed", message: message.message });
      case "failed":
        return fail(message.message);
    }
  };
  return {
    ...{ status, looked, surveying, taught, leftOut, leaving, look },
    load: () => {
      stop();
      const started = startWorker();
      worker.current = started;
      started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (worker.current === started) receive(data);
      };
      started.onerror = () =>
        fail("계산을 맡은 작업자가 멈췄습니다. 그린 것은 그대로 있습니다. 다시 불러와 주세요.");
      setStatus({ kind: "loading", done: 0, total: 1 });
      send({ type: "load" });
    },
    cancel: () => {
      stop();
      setStatus({ kind: "idle" });
    },
    survey: () => {
      setSurveying({ kind: "running", what: "pictures", done: 0, total: 1 });
      send({ type: "survey" });
    },
    teach: (lesson) => {
      setLeaving(undefined);
      send({ type: "teach", lesson });
    },
    leaveOut: (lesson) => {
      setLeaving({ done: 0, total: lesson.drawn.length });
      send({ type: "leave-out", lesson });
    },
    forget: () => {
      setTaught(undefined);
      setLeftOut(undefined);
      setLeaving(undefined);
      send({ type: "forget" });
    },
  };
}
