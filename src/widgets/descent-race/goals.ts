import type { Goal } from "../../ui/WidgetFrame.tsx";
import type { NoiseLevel, Path, Racer } from "./race.ts";
import { standings, winners } from "./score.ts";
import { type Place, SURFACES, type SurfaceId } from "./surfaces.ts";
import { stableBelow } from "./theory.ts";

/** A race that was watched to its end. */
export interface Finished {
  readonly surface: SurfaceId;
  readonly noise: NoiseLevel;
  readonly start: Place;
  /** Of those who raced. */
  readonly paths: readonly Path[];
  readonly rates: Readonly<Partial<Record<Racer, number>>>;
  /** The largest curvature in the minima. */
  readonly curvatures: readonly number[];
  /** What the learner said before the first showing; `undefined` for no word, or one that came too late. */
  readonly prediction: Racer | "none" | undefined;
}

/** What the races of this visit have shown. */
export interface Seen {
  readonly foretold: boolean;
  /** Gradient descent just below its bound, and just above it. */
  readonly below: boolean;
  readonly above: boolean;
  /** Minima of Himmelblau's surface in which somebody ended. */
  readonly minima: readonly number[];
  readonly escaped: boolean;
  readonly rosenbrock: boolean;
}

export const NOTHING_SEEN: Seen = {
  ...{ foretold: false, below: false, above: false, minima: [], escaped: false, rosenbrock: false },
};

/** Fewer entrants make no race to foretell. */
const ENTRANTS = 3;
/** So near the bound counts as its edge. */
const EDGE = 0.1;
/** From where Rosenbrock's valley still has to be followed round its bend. */
const FAR_SIDE = -1;
export const ROSENBROCK_STEPS = 120;

/** What is known after one more race. */
export function withRace(seen: Seen, race: Finished): Seen {
  const { goal, lowest, minima } = SURFACES[race.surface];
  const last = Math.max(0, ...race.paths.map(({ loss }) => loss.length));
  const table = standings(race.paths, lowest + goal, last, last);
  const best = Math.min(...table.map(({ arrival }) => arrival ?? Number.POSITIVE_INFINITY));
  const edge = edgeOf(race);
  const found = race.surface === "himmelblau" ? race.paths.map((path) => minimumOf(path, minima)) : [];
  const fresh = found.filter((index) => index >= 0 && !seen.minima.includes(index));
  return {
    foretold: seen.foretold || isForetold(race, winners(table)),
    below: seen.below || edge === "below",
    above: seen.above || edge === "above",
    minima: [...seen.minima, ...new Set(fresh)],
    escaped:
      seen.escaped ||
      (race.surface === "saddle" && race.noise !== "none" && race.start[1] === 0 && Number.isFinite(best)),
    rosenbrock:
      seen.rosenbrock ||
      (race.surface === "rosenbrock" && race.start[0] <= FAR_SIDE && best <= ROSENBROCK_STEPS),
  };
}

const isForetold = ({ prediction, paths }: Finished, first: readonly Racer[]) =>
  paths.length >= ENTRANTS &&
  prediction !== undefined &&
  (prediction === "none" ? first.length === 0 : first.includes(prediction));

/** On which edge of the bound plain gradient descent ran on the bowl, without noise. */
function edgeOf({
  surface,
  noise,
  paths,
  rates,
  curvatures,
  start,
}: Finished): "below" | "above" | undefined {
  const path = paths.find(({ racer }) => racer === "sgd");
  const rate = rates.sgd;
  // Along the flat axis alone the steep one is never felt.
  if (surface !== "bowl" || noise !== "none" || !path || rate === undefined || start[1] === 0)
    return undefined;
  const share = rate / stableBelow("sgd", Math.max(...curvatures))!;
  const { goal } = SURFACES.bowl;
  if (share >= 1 - EDGE && share < 1 && path.loss.at(-1)! <= goal) return "below";
  return share > 1 && share <= 1 + EDGE && path.diverged !== undefined ? "above" : undefined;
}

/** Index of the minimum a way ends in; −1 for none. */
function minimumOf({ x, y, diverged }: Path, minima: readonly Place[]): number {
  if (diverged !== undefined) return -1;
  return minima.findIndex((place) => Math.hypot(place[0] - x.at(-1)!, place[1] - y.at(-1)!) < 0.1);
}

export function descentGoals(seen: Seen): Goal[] {
  const { minima } = SURFACES.himmelblau;
  return [
    {
      id: "foretell",
      label: `${ENTRANTS}명 이상이 달리는 경주에서, 처음 보는 결과를 미리 맞히기`,
      done: seen.foretold,
    },
    {
      id: "cliff",
      label: `그릇에서 경사하강법의 절벽 찾기: 한계 바로 아래(10% 안)에서 도착하고, 바로 위에서 발산하기${seen.below !== seen.above ? ` (${seen.below ? "아래" : "위"}쪽은 보았습니다)` : ""}`,
      done: seen.below && seen.above,
    },
    {
      id: "minima",
      label: `히멜블라우의 최솟값 네 곳을 모두 찾기 (${seen.minima.length}/${minima.length})`,
      done: seen.minima.length === minima.length,
    },
    {
      id: "saddle",
      label: "안장의 y = 0 위에서 출발해 미니배치 잡음의 힘으로 도착하기",
      done: seen.escaped,
    },
    {
      id: "rosenbrock",
      label: `로젠브록의 왼쪽(x ≤ −1)에서 출발해 ${ROSENBROCK_STEPS}걸음 안에 도착하기`,
      done: seen.rosenbrock,
    },
  ];
}
