import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Cell } from "./experiment.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

export type Phase = "idle" | "loading" | "running" | "done" | "failed";

export interface Experiment {
  readonly phase: Phase;
  readonly cells: readonly Cell[];
  /** Share of the file that has been loaded. */
  readonly loaded: number;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(seed: number, repetitions: number): void;
  /** Stops; what has been measured stays. */
  stop(): void;
  /** Stops and forgets. */
  clear(): void;
}

/**
 * The experiment in its worker, which begins with the first start and ends with the component.
 * @param place out of sight of which nothing is computed
 */
export function useExperiment(place: RefObject<HTMLElement | null>): Experiment {
  const worker = useRef<Worker>(undefined);
  const id = useRef(0);
  const [phase, setPhase] = useState<Phase>("idle");
  const [cells, setCells] = useState<readonly Cell[]>([]);
  const [loaded, setLoaded] = useState(0);
  const [failure, setFailure] = useState<string>();
  const seen = useRef(true);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      seen.current = entries.at(-1)!.isIntersecting;
      worker.current?.postMessage({ type: "sight", seen: seen.current } satisfies ToWorker);
    });
    if (place.current) observer.observe(place.current);
    return () => {
      observer.disconnect();
      worker.current?.terminate();
    };
  }, [place]);

  const fail = (message: string) => {
    setPhase("failed");
    setFailure(message);
  };
  const receive = ({ data }: MessageEvent<FromWorker>) => {
    if (data.id !== id.current) return;
    if (data.type === "download") setLoaded(data.loaded / data.total);
    else if (data.type === "cell") {
      setPhase("running");
      setCells((before) => [...before, data.cell]);
    } else if (data.type === "done") setPhase("done");
    else fail(data.message);
  };
  const send = (message: ToWorker) => worker.current?.postMessage(message);
  const stop = () => {
    id.current += 1;
    send({ type: "stop" });
    setPhase("idle");
  };
  return {
    ...{ phase, cells, loaded, failure, stop },
    start: (seed, repetitions) => {
      if (!worker.current) {
        worker.current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
        worker.current.onmessage = receive;
        worker.current.onerror = () => {
          worker.current?.terminate();
          worker.current = undefined;
          id.current += 1;
          fail("계산을 맡은 작업자가 멈췄습니다. 지금까지 잰 점은 그대로 있습니다. 다시 시작해 주세요.");
        };
      }
      id.current += 1;
      setCells([]);
      setFailure(undefined);
      setPhase("loading");
      send({ type: "sight", seen: seen.current });
      send({ type: "start", id: id.current, seed, repetitions });
    },
    clear: () => {
      stop();
      setCells([]);
      setFailure(undefined);
    },
  };
}
