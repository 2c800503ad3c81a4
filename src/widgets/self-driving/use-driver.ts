import { useEffect, useRef, useState } from "preact/hooks";
import { createSeries, type Series } from "../../draw/series.ts";
import type { Driven, Route } from "./drive.ts";
import type { Recordings } from "./network.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { type Condition, type Outcome, outcomesOf } from "./trials.ts";

export type Task = "idle" | "training" | "recording" | "trying";

export interface DriverHandle {
  readonly task: Task;
  /** Steps of training so far; 0 while there is no network. */
  readonly steps: number;
  /** Errors on what is learned from and on what is held out. */
  readonly errors: Series;
  /** Trials that are still to come. */
  readonly left: number;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  train(recordings: Recordings, seed: number, fresh: boolean): void;
  /** A drive of the model driver, as fast as the machine goes. */
  demonstrate(route: Route, until: number): void;
  /** The network drives while the model driver writes its answers down. */
  correct(route: Route, seed: number): void;
  tryOut(home: Route): void;
  stop(): void;
  /** Forgets the network. */
  clear(): void;
  /** The network's angle for a picture. */
  steer(picture: Float32Array): Promise<number>;
}

export interface DriverEvents {
  trained(): void;
  recorded(recordings: Recordings): void;
  tried(outcomes: readonly Outcome[]): void;
}

/** Steps of a new network, and of one that goes on with more recordings. */
const STEPS = { fresh: 600, more: 400 } as const;

const DIED = "계산을 맡은 작업자가 멈췄습니다. 기록은 그대로 있습니다. 배우기를 다시 눌러 주세요.";
const DIVERGED = "값이 셀 수 없이 커져 훈련이 멈췄습니다. 새로 배우기를 눌러 주세요.";

/** The network in its worker, which begins with the first request and ends with the component. */
export function useDriver(events: DriverEvents): DriverHandle {
  const latest = useRef(events);
  latest.current = events;
  const worker = useRef<Worker>(undefined);
  const id = useRef(0);
  const answer = useRef<(angle: number) => void>(undefined);
  const drives = useRef<{ condition: Condition; driven: Driven }[]>([]);
  const errors = useRef(createSeries(2)).current;
  const [task, setTask] = useState<Task>("idle");
  const [steps, setSteps] = useState(0);
  const [left, setLeft] = useState(0);
  const [failure, setFailure] = useState<string>();
  useEffect(() => () => worker.current?.terminate(), []);

  const fail = (message: string) => {
    setTask("idle");
    setFailure(message);
  };
  const receive = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === "steered") {
      answer.current?.(data.angle);
      return;
    }
    if (data.id !== id.current) return;
    if (data.type === "progress") {
      errors.push(data.steps, [data.trainError, data.error]);
      setSteps(data.steps);
    } else if (data.type === "trial") {
      drives.current.push({ condition: data.condition, driven: data.driven });
      setLeft(data.left);
      if (data.left > 0) return;
      setTask("idle");
      latest.current.tried(outcomesOf(drives.current));
    } else if (data.type === "trained") {
      setTask("idle");
      latest.current.trained();
    } else if (data.type === "recorded") {
      setTask("idle");
      latest.current.recorded(data.recordings);
    } else fail(data.type === "diverged" ? DIVERGED : data.message);
  };
  const forget = () => {
    id.current += 1;
    errors.clear();
    setSteps(0);
    setTask("idle");
    answer.current?.(0);
  };
  const send = (message: ToWorker) => {
    if (!worker.current) {
      worker.current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.current.onmessage = receive;
      worker.current.onerror = () => {
        worker.current?.terminate();
        worker.current = undefined;
        forget();
        fail(DIED);
      };
    }
    worker.current.postMessage(message);
  };
  const begin = (next: Task): number => {
    id.current += 1;
    setTask(next);
    setFailure(undefined);
    return id.current;
  };
  return {
    ...{ task, steps, errors, left, failure },
    train: (recordings, seed, fresh) => {
      if (fresh) errors.clear();
      const number = begin("training");
      send({ type: "train", id: number, recordings, seed, fresh, steps: fresh ? STEPS.fresh : STEPS.more });
    },
    demonstrate: (route, until) => send({ type: "demonstrate", id: begin("recording"), route, until }),
    correct: (route, seed) => send({ type: "correct", id: begin("recording"), route, seed }),
    tryOut: (home) => {
      drives.current = [];
      send({ type: "try", id: begin("trying"), home });
    },
    stop: () => {
      id.current += 1;
      setTask("idle");
      if (worker.current) send({ type: "stop" });
    },
    clear: () => {
      if (worker.current) send({ type: "stop" });
      setFailure(undefined);
      forget();
    },
    steer: (picture) =>
      new Promise((resolve) => {
        answer.current = resolve;
        send({ type: "steer", picture });
      }),
  };
}
