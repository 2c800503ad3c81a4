/** The race of the present settings: asked of the worker, replayed, judged and remembered. */
import type { RefObject } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { useLab } from "../../ui/use-lab.ts";
import { type Finished, NOTHING_SEEN, type Seen, withRace } from "./goals.ts";
import { type Path, RACERS, type Racer } from "./race.ts";
import { heightsOf, type Scene } from "./scene.ts";
import { endOf, type Standing, standings } from "./score.ts";
import { type DescentState, entrants, ratesOf } from "./state.ts";
import { SURFACES, type SurfaceId } from "./surfaces.ts";
import {
  type DescentCommand,
  type DescentConfig,
  type DescentFrame,
  type DescentLive,
  type Sweep,
  sameLive,
} from "./trainer.ts";
import { useReplay } from "./use-replay.ts";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** Steps a second. */
const PACES = { slow: 6, normal: 40, fast: 160 } as const;
/** Ways of earlier races that stay for comparison. */
const KEPT = 10;

export type Prediction = Racer | "none";

export function useRace(state: DescentState, place: RefObject<HTMLElement | null>) {
  const { surface, noise, seed } = state;
  const racers = entrants(state);
  const live: DescentLive = { start: [state.x, state.y], rates: ratesOf(state), seed };
  const key = JSON.stringify([surface, noise, live, racers]);
  const lab = useLab<DescentConfig, DescentLive, DescentFrame, DescentCommand>({
    startWorker,
    configKey: `${surface} ${noise}`,
    config: () => ({ surface, noise }),
    live,
    pace: "full",
    checkpoint: (config) => config,
    place,
  });
  const frame = lab.frame?.surface === surface ? lab.frame : undefined;
  const isReady = frame !== undefined && sameLive(frame.live, live);
  const relief = useMemo(() => frame && heightsOf(frame), [frame?.surface]);
  const paths = useMemo(
    () => frame?.paths.filter(({ racer }) => racers.includes(racer)) ?? [],
    [frame?.paths, racers.join()],
  );
  const goal = SURFACES[surface].lowest + SURFACES[surface].goal;
  const end = endOf(paths, goal);
  const memory = useMemory();
  const finish = () => {
    if (!frame) return;
    const rates = Object.fromEntries(RACERS.map((racer, i) => [racer, live.rates[i]]));
    memory.finish(key, {
      ...{ surface, noise, start: live.start, paths, rates },
      curvatures: frame.bottoms.map(({ largest }) => largest),
    });
  };
  const replay = useReplay({ end, pace: PACES[state.pace], onEnd: finish });
  const before = memory.before.surface === surface ? memory.before.paths : NO_PATHS;
  const scene = useMemo<Scene | undefined>(
    () =>
      relief && {
        ...{ surface, start: live.start, ...relief, before },
        bottoms: frame?.bottoms.map(({ place: bottom }) => bottom) ?? [],
        paths: isReady || state.preview ? paths : NO_PATHS,
        whole: state.preview && replay.step === 0 && !replay.playing,
      },
    [relief, key, isReady, paths, before, state.preview, replay.step === 0, replay.playing],
  );
  const shown = isReady ? paths : NO_PATHS;
  const standing: readonly Standing[] =
    shown.length > 0
      ? standings(shown, goal, replay.step, end)
      : racers.map((racer) => ({
          ...{ racer, arrival: undefined, rank: undefined },
          ...{ loss: Number.NaN, outcome: "running" as const },
        }));
  return {
    ...{ lab, scene, replay, standing, isReady, live, racers, memory },
    bottoms: frame?.bottoms ?? [],
    sweep: currentSweep(frame?.sweep, live),
    isOver: isReady && replay.step >= end && end > 0,
    prediction: memory.predictionFor(key),
    mayPredict: !memory.isKnown(key),
    predict: (prediction: Prediction) => memory.predict(key, prediction),
    /** What was seen of this race stays on the picture; the racers go back to the start. */
    rewind: () => {
      if (isReady && replay.step > 0) memory.keep(surface, paths, replay.step);
      replay.toStart();
    },
  };
}

const NO_PATHS: readonly Path[] = [];

/** Of another start or another noise it would tell nothing. */
const currentSweep = (sweep: Sweep | undefined, { start, seed }: DescentLive) =>
  sweep && sweep.start[0] === start[0] && sweep.start[1] === start[1] && sweep.seed === seed
    ? sweep
    : undefined;

/** What this visit has shown: results, predictions, ways. */
function useMemory() {
  const [seen, setSeen] = useState<Seen>(NOTHING_SEEN);
  const [said, setSaid] = useState<{ key: string; prediction: Prediction }>();
  const [before, setBefore] = useState<{ surface: SurfaceId | undefined; paths: readonly Path[] }>({
    ...{ surface: undefined, paths: NO_PATHS },
  });
  const known = useRef(new Set<string>());
  const predictionFor = (key: string) => (said?.key === key ? said.prediction : undefined);
  return {
    seen,
    before,
    predictionFor,
    isKnown: (key: string) => known.current.has(key),
    predict: (key: string, prediction: Prediction) => setSaid({ key, prediction }),
    finish: (key: string, race: Omit<Finished, "prediction">) => {
      const prediction = known.current.has(key) ? undefined : predictionFor(key);
      known.current.add(key);
      setSeen((current) => withRace(current, { ...race, prediction }));
    },
    keep: (surface: SurfaceId, paths: readonly Path[], step: number) => {
      const cut = paths.map((path) => ({
        ...path,
        x: path.x.slice(0, step + 1),
        y: path.y.slice(0, step + 1),
        loss: path.loss.slice(0, step + 1),
      }));
      setBefore((current) => ({
        surface,
        paths: [...(current.surface === surface ? current.paths : NO_PATHS), ...cut].slice(-KEPT),
      }));
    },
    clear: () => {
      known.current.clear();
      setSaid(undefined);
      setBefore({ surface: undefined, paths: NO_PATHS });
    },
    clearWays: () => setBefore({ surface: undefined, paths: NO_PATHS }),
  };
}

export type Race = ReturnType<typeof useRace>;
