import { useEffect, useRef, useState } from "preact/hooks";
import { type Cell, type Job, TRAININGS } from "./experiment.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

export interface Measurement {
  /** The job that runs. */
  readonly running: Job["kind"] | undefined;
  /** Share of the file, while it is loaded; then share of the job. */
  readonly progress: { readonly what: "download" | "job"; readonly share: number } | undefined;
  readonly cells: readonly Cell[];
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(job: Job): void;
  stop(): void;
  clear(): void;
}

/** The measurements in their worker, which begins with the first start and ends with the component. */
export function useMeasurement(): Measurement {
  const worker = useRef<Worker>(undefined);
  const id = useRef(0);
  const job = useRef<Job["kind"]>("learned");
  const [running, setRunning] = useState<Job["kind"]>();
  const [progress, setProgress] = useState<Measurement["progress"]>();
  const [cells, setCells] = useState<readonly Cell[]>([]);
  const [failure, setFailure] = useState<string>();
  useEffect(() => () => worker.current?.terminate(), []);

  const end = (message?: string) => {
    setRunning(undefined);
    setProgress(undefined);
    setFailure(message);
  };
  const receive = ({ data }: MessageEvent<FromWorker>) => {
    if (data.id !== id.current) return;
    if (data.type === "download") setProgress({ what: "download", share: Math.min(1, data.share) });
    else if (data.type === "progress") {
      setProgress({ what: "job", share: data.done / TRAININGS[job.current] });
    } else if (data.type === "cell") setCells((before) => [...before, data.cell]);
    else end(data.type === "failed" ? data.message : undefined);
  };
  const send = (message: ToWorker) => worker.current?.postMessage(message);
  const stop = () => {
    id.current += 1;
    send({ type: "stop" });
    end();
  };
  return {
    ...{ running, progress, cells, failure, stop },
    start: (next) => {
      if (!worker.current) {
        worker.current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
        worker.current.onmessage = receive;
        worker.current.onerror = () => {
          worker.current?.terminate();
          worker.current = undefined;
          id.current += 1;
          end("계산을 맡은 작업자가 멈췄습니다. 지금까지 잰 것은 그대로 있습니다. 다시 시작해 주세요.");
        };
      }
      id.current += 1;
      job.current = next.kind;
      // Every try with hand-made features stays; the other measurements begin anew.
      if (next.kind !== "hand-made") setCells((before) => before.filter((cell) => cell.job !== next.kind));
      setFailure(undefined);
      setRunning(next.kind);
      setProgress({ what: "job", share: 0 });
      send({ type: "start", id: id.current, job: next });
    },
    clear: () => {
      stop();
      setCells([]);
    },
  };
}
