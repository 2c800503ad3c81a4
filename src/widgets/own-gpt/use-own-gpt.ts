/** The widget's network in its worker, and what is remembered of the training. */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { divideText, frequencyBits } from "../../data/own-text.ts";
import { useLab } from "../../ui/use-lab.ts";
import {
  configOf,
  type Memory,
  type OwnGptCommand,
  type OwnGptConfig,
  type OwnGptFrame,
  type OwnGptLive,
} from "./experiment.ts";
import { failedWithOneLayer, followProgress, type Progress } from "./progress.ts";
import { isLongEnough, type OwnGptState } from "./state.ts";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

export function useOwnGpt(state: OwnGptState, place: RefObject<HTMLElement | null>) {
  const [attempt, setAttempt] = useState(0);
  const missing = state.subject === "own" && !isLongEnough(state.own);
  const { subject, task, own, unit, layers, heads, width, seed } = state;
  // While there is no own text, the network of the proverbs stays in place, out of sight.
  const config = useMemo(
    () => configOf(missing ? { ...state, subject: "proverbs" } : state),
    [missing, subject, task, own, unit, layers, heads, width, seed],
  );
  const network = `${JSON.stringify([config, attempt])}`;
  const memory = useRef<{ network: string; memory: Memory | undefined }>({ network: "", memory: undefined });
  const lab = useLab<OwnGptConfig, OwnGptLive, OwnGptFrame, OwnGptCommand>({
    startWorker,
    configKey: network,
    config: () => config,
    live: { learningRate: Number(state.rate), temperature: state.temperature, start: state.start },
    pace: "full",
    checkpoint: (before) => ({ ...before, memory: memory.current.memory }),
    place,
  });
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe((frame) => {
        if (frame.memory) memory.current = { network, memory: frame.memory };
      }),
    [network],
  );
  const { kind } = config.lesson;
  const frame = !missing && lab.frame?.look.kind === kind ? lab.frame : undefined;
  const frequency = useMemo(
    () => (config.lesson.kind === "text" ? frequencyBits(divideText(config.lesson.text, seed)) : undefined),
    [config],
  );
  const kept = useRef<{ network: string; progress: Progress | undefined }>({
    network: "",
    progress: undefined,
  });
  if (kept.current.network !== network) kept.current = { network, progress: undefined };
  if (frame && frame.steps > 0 && frame.look.kind === "text") {
    kept.current.progress = followProgress(kept.current.progress, frame.look);
  }
  const oneLayerFailed = useRef(false);
  if (frame && failedWithOneLayer(state, frame)) oneLayerFailed.current = true;
  return {
    ...{ lab, config, frame, network, missing, frequency },
    progress: kept.current.progress,
    oneLayerFailed: oneLayerFailed.current,
    memory: () => (memory.current.network === network ? memory.current.memory : undefined),
    restart: () => setAttempt((count) => count + 1),
  };
}
