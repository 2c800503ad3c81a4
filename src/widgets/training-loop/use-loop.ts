import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type LabHandle, useLab } from "../../ui/use-lab.ts";
import type { WidgetState } from "../../ui/use-widget-state.ts";
import { examplesOf, type LoopState, PACES, withinLimits } from "./state.ts";
import type { LoopConfig, LoopFrame, LoopLive } from "./trainer.ts";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

export interface Loop {
  readonly lab: LabHandle<LoopFrame, never>;
  /** Changes the network by hand; what the worker still sends of the one before is left aside. */
  edit(patch: Partial<LoopState>): void;
  /** Trains on from what the page shows. */
  run(patch: Partial<LoopState>): void;
  /** The numbers have run beyond what is shown. */
  readonly diverged: boolean;
  /** Steps taken on this page since the numbers, the task or the neurons were last chosen by hand. */
  readonly sinceChoice: number;
  /** Steps since all nine parameters stood at 0; `undefined` when they never did, or were edited since. */
  readonly sinceZero: number | undefined;
}

const allZero = (parameters: readonly number[]) => parameters.every((value) => value === 0);

/** Whether what was learned so far belongs to another network or another task. */
const beginsAnew = (state: LoopState, patch: Partial<LoopState>) =>
  (patch.parameters !== undefined && patch.steps !== state.steps + 1) ||
  patch.data !== undefined ||
  patch.own !== undefined ||
  patch.activation !== undefined;

/** The page's nine numbers and the worker's, kept the same: the worker trains, the page edits. */
export function useLoop(
  { state, set }: Pick<WidgetState<LoopState>, "state" | "set">,
  place: RefObject<HTMLElement | null>,
): Loop {
  const [revision, setRevision] = useState(0);
  const [overrun, setOverrun] = useState(false);
  const zeroFrom = useRef<number>(undefined);
  const taken = useRef(0);
  const lab = useLab<LoopConfig, LoopLive, LoopFrame>({
    startWorker,
    configKey: String(revision),
    config: () => ({
      activation: state.activation,
      examples: examplesOf(state),
      parameters: state.parameters,
      next: state.example,
      steps: state.steps,
      revision,
    }),
    live: { learningRate: Number(state.rate) },
    pace: PACES[state.pace],
    checkpoint: (config, { parameters, steps, next }) => ({ ...config, parameters, steps, next }),
    place,
  });
  const { frame, pause } = lab;
  useEffect(() => {
    // Before the first run the worker knows nothing of a shared link, which is read after it has started.
    if (revision === 0 || frame?.revision !== revision || frame.steps === state.steps) return;
    if (withinLimits(frame.parameters)) {
      taken.current += frame.steps - state.steps;
      set({ parameters: frame.parameters, steps: frame.steps, example: frame.next, stage: "start" });
    } else {
      pause();
      setOverrun(true);
    }
  }, [frame]);
  const edit = (patch: Partial<LoopState>) => {
    const next = { ...state, ...patch };
    if (allZero(next.parameters)) zeroFrom.current = next.steps;
    else if (beginsAnew(state, patch)) zeroFrom.current = undefined;
    if (beginsAnew(state, patch)) taken.current = 0;
    else taken.current += next.steps - state.steps;
    setOverrun(false);
    setRevision((count) => count + 1);
    set(patch);
  };
  return {
    lab,
    edit,
    run: (patch) => {
      edit(patch);
      lab.play();
    },
    diverged: overrun || lab.divergence !== undefined,
    sinceChoice: taken.current,
    sinceZero: zeroFrom.current === undefined ? undefined : state.steps - zeroFrom.current,
  };
}
