/** The measuring worker and its two helpers, for as long as they are needed. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Program } from "../../engine/program.ts";
import type { FromMeasurer, GpuState, Measured } from "./protocol.ts";

export type Phase = "idle" | "running" | "finished" | "cancelled" | "failed";

export interface Measuring {
  readonly phase: Phase;
  /** Share done, 0 to 1, over all sizes asked for. */
  readonly progress: number;
  readonly gpu: GpuState | undefined;
  readonly backend: Program["backend"] | undefined;
  /** In Korean. */
  readonly problem: string | undefined;
  start(sizes: readonly number[]): void;
  cancel(): void;
}

/** @param onMeasured called with each size's result. */
export function useMeasuring(onMeasured: (measured: Measured) => void): Measuring {
  const [phase, setPhase] = useState<Phase>("idle");
  const [progress, setProgress] = useState(0);
  const [gpu, setGpu] = useState<GpuState>();
  const [backend, setBackend] = useState<Program["backend"]>();
  const [problem, setProblem] = useState<string>();
  const workers = useRef<Worker[]>([]);
  const latest = useRef(onMeasured);
  latest.current = onMeasured;
  const end = (next: Phase) => {
    for (const worker of workers.current) worker.terminate();
    workers.current = [];
    setPhase(next);
  };
  useEffect(
    () => () => {
      for (const worker of workers.current) worker.terminate();
    },
    [],
  );
  const fail = (message: string) => {
    setProblem(`측정을 마치지 못했습니다. 다시 재어 보세요. (${message || "원인을 알 수 없음"})`);
    end("failed");
  };
  const receive = (message: FromMeasurer, sizes: readonly number[]) => {
    if (message.type === "started") {
      setGpu(message.gpu);
      setBackend(message.backend);
    } else if (message.type === "progress") {
      setProgress((sizes.indexOf(message.size) + message.done) / sizes.length);
    } else if (message.type === "measured") latest.current(message.measured);
    else if (message.type === "failed") fail(message.message);
    else end("finished");
  };
  return {
    ...{ phase, progress, gpu, backend, problem },
    start: (sizes) => {
      end("running");
      setProblem(undefined);
      setProgress(0);
      const halves = [0, 1].map(
        () => new Worker(new URL("./half-worker.ts", import.meta.url), { type: "module" }),
      );
      const ports = halves.map((half) => {
        const { port1, port2 } = new MessageChannel();
        half.postMessage("port", [port2]);
        return port1;
      });
      const measurer = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      measurer.onmessage = ({ data }: MessageEvent<FromMeasurer>) => receive(data, sizes);
      workers.current = [measurer, ...halves];
      for (const worker of workers.current) worker.onerror = ({ message }) => fail(message ?? "");
      measurer.postMessage({ sizes, ports }, ports);
    },
    cancel: () => end("cancelled"),
  };
}
