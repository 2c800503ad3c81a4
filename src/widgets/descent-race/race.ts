/**
 * The race as one graph: every racer has a position of its own, the engine's gradient of the surface there, and the
 * engine's optimizer. One run of the program is one step of all; a race is so many runs.
 */
import { gradients } from "../../engine/gradient.ts";
import { Graph, parameterOperation, type Tensor } from "../../engine/graph.ts";
import { add, multiply } from "../../engine/ops/arithmetic.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import { Noise } from "../../nn/noise.ts";
import { OPTIMIZERS, type Updates } from "../../nn/optimizers.ts";
import { EXAMPLES, networkSurface } from "./network-surface.ts";
import { FORMULAS, type LossOf, type Place, SURFACES, type SurfaceId } from "./surfaces.ts";

export const RACERS = ["sgd", "momentum", "nesterov", "rmsprop", "adam"] as const;
export type Racer = (typeof RACERS)[number];

export type NoiseLevel = "none" | "little" | "much";

/** Examples of a mini-batch of the network. */
export const BATCH: Readonly<Record<Exclude<NoiseLevel, "none">, number>> = { little: 16, much: 4 };
/** Times the surface's own deviation. */
const STRENGTH: Readonly<Record<NoiseLevel, number>> = { none: 0, little: 1, much: 3 };

/** So far outside the picture, in half widths of it, nobody comes back: the racer has diverged. */
const LOST = 1000;

/** A racer's way: positions and losses before the first step, after it, after the second, … */
export interface Path {
  readonly racer: Racer;
  /** Until the last step, or until the racer diverged. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The surface's value there, without noise. */
  readonly loss: Float32Array;
  /** The step that led out of all bounds. */
  readonly diverged: number | undefined;
}

export interface RaceOptions {
  readonly start: Place;
  /** One learning rate for each of `RACERS`. */
  readonly rates: readonly number[];
  readonly steps: number;
  /** Of the noise; equal seeds give equal noise, and all racers get the same. */
  readonly seed: number;
}

/** Slope and curvature of the surface at a place. */
export interface Local {
  readonly loss: number;
  readonly slope: Place;
  /** [f_xx, f_xy, f_yy] */
  readonly curvature: readonly [xx: number, xy: number, yy: number];
}

export interface RaceProgram {
  readonly backend: Program["backend"];
  race(options: RaceOptions): Path[];
  at(place: Place): Local;
  /** The loss alone: for thousands of places. */
  height(place: Place): number;
}

type EntryName = "step" | "height" | "look";

interface Runner {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly rate: Tensor;
  readonly loss: Tensor;
}

/** Builds and compiles the race on a surface. */
export function createRace(surface: SurfaceId, noise: NoiseLevel): RaceProgram {
  const graph = new Graph();
  const draws = new Noise(graph, 1);
  const { full, noisy } = surfaceIn(graph, surface, noise, draws);
  const deviation = surface === "network" ? 0 : STRENGTH[noise] * SURFACES[surface].noise;
  // Drawn once: every racer gets the same push.
  const push = deviation > 0 ? [0, 1].map(() => multiply(draws.normal([]), deviation)) : [];
  const updates: Updates = new Map(noise === "none" ? [] : draws.updates);
  const runners = RACERS.map((racer): Runner => {
    const position = [graph.parameter(`${racer} x`, []), graph.parameter(`${racer} y`, [])] as const;
    const slopes = gradients(noisy(...position), position).map((slope, i) =>
      push[i] ? add(slope, push[i]) : slope,
    );
    const rate = graph.input(`${racer} rate`, []);
    const next = OPTIMIZERS[racer](graph, position, slopes, rate);
    for (const [leaf, value] of next) updates.set(leaf, value);
    return { x: position[0], y: position[1], rate, loss: full(...position) };
  });
  const probe = [graph.input("probe x", []), graph.input("probe y", [])] as const;
  const value = full(...probe);
  const slope = gradients(value, probe) as [Tensor, Tensor];
  const second = [...gradients(slope[0], probe), gradients(slope[1], [probe[1]])[0]!];
  const program = createProgram(graph, {
    step: { updates, outputs: runners.map(({ loss }) => loss) },
    height: { outputs: [value] },
    look: { outputs: [value, ...slope, ...second] },
  });
  const move = (place: Place) => {
    probe.forEach((leaf, i) => {
      program.write(leaf, [place[i]!]);
    });
  };
  const read = (tensor: Tensor) => program.view(tensor)[0]!;
  return {
    backend: program.backend,
    height: (place) => {
      move(place);
      program.run("height");
      return read(value);
    },
    at: (place) => {
      move(place);
      program.run("look");
      const [xx, xy, yy] = second.map(read) as [number, number, number];
      return { loss: read(value), slope: [read(slope[0]), read(slope[1])], curvature: [xx, xy, yy] };
    },
    race: (options) => {
      prepare(program, graph, updates, runners, options);
      return run(program, runners, options.steps, LOST * SURFACES[surface].window.half);
    },
  };
}

/** The surface as it is, and as the racers see it: the network through a mini-batch. */
function surfaceIn(
  graph: Graph,
  surface: SurfaceId,
  noise: NoiseLevel,
  draws: Noise,
): { full: LossOf; noisy: LossOf } {
  if (surface !== "network") return { full: FORMULAS[surface], noisy: FORMULAS[surface] };
  const { full, over } = networkSurface();
  const all = full(graph);
  return {
    full: all,
    noisy: noise === "none" ? all : over(graph, draws.indices([BATCH[noise]], EXAMPLES)),
  };
}

/** All racers at the start, without any memory. */
function prepare(
  program: Program<EntryName>,
  graph: Graph,
  updates: Updates,
  runners: readonly Runner[],
  { start, rates, seed }: RaceOptions,
): void {
  for (const leaf of updates.keys()) {
    if (leaf.operation !== parameterOperation) program.write(leaf, leaf.values!);
  }
  // A race takes fewer than 1000 draws, so that seeds do not share any.
  const counter = graph.nodes.find(({ name }) => name === "noise step");
  if (counter && updates.has(counter)) program.write(counter, [1000 * seed]);
  runners.forEach(({ x, y, rate }, i) => {
    program.write(x, [start[0]]);
    program.write(y, [start[1]]);
    program.write(rate, [rates[i]!]);
  });
}

function run(program: Program<EntryName>, runners: readonly Runner[], steps: number, bound: number): Path[] {
  const views = runners.map(({ x, y, loss }) => [x, y, loss].map((tensor) => program.view(tensor)));
  const paths = runners.map(() => [0, 1, 2].map(() => new Float32Array(steps + 1)));
  const ends = runners.map(() => steps + 1);
  for (let step = 0; step <= steps; step++) {
    const places = views.map(([x, y]) => [x![0]!, y![0]!]);
    program.run("step");
    places.forEach(([x, y], i) => {
      if (step >= ends[i]!) return;
      const loss = views[i]![2]![0]!;
      if (![x!, y!, loss].every(Number.isFinite) || Math.max(Math.abs(x!), Math.abs(y!)) > bound) {
        ends[i] = step;
        return;
      }
      [x!, y!, loss].forEach((value, kind) => {
        paths[i]![kind]![step] = value;
      });
    });
  }
  return paths.map((path, i) => {
    const [x, y, loss] = path.map((values) => values.slice(0, ends[i])) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    return { racer: RACERS[i]!, x, y, loss, diverged: ends[i]! <= steps ? ends[i] : undefined };
  });
}
