/** The benchmark's tables for the terminal. */

import type { Contest } from "../benchmarks/contest.ts";
import type { Measures } from "../benchmarks/measures.ts";
import type { Row } from "../src/lab/speed/measure.ts";
import { OUR_PEER } from "../src/lab/speed/trained.ts";
import { TWO_THREADS_PEER } from "../src/lab/speed/two-threads.ts";
import type { WorkloadName } from "../src/lab/speed/workloads.ts";
import type { WorkerSize } from "./bench-size.ts";

/** What ours should reach, as a multiple of a peer's speed. */
interface Target {
  readonly factor: number;
  /** The peers meant: the fastest of them counts. Left out: every one that is no yardstick. */
  readonly over?: readonly string[];
}

const [OBJECTS, FLAT] = [["JavaScript, objects", "ConvNetJS"], ["JavaScript, flat arrays"]];
const PEAK = [{ factor: 0.85, over: ["registers, multiply-add", "registers, multiply and add"] }];

/** Targets of the project, measured in the same run. */
const TARGETS: Readonly<Record<WorkloadName, readonly Target[]>> = {
  "mlp-playground-b10": [
    { factor: 20, over: OBJECTS },
    { factor: 8, over: FLAT },
  ],
  "mlp-playground-b200": [
    { factor: 20, over: OBJECTS },
    { factor: 8, over: FLAT },
  ],
  "mlp-mnist": [{ factor: 2.5 }],
  "cnn-mnist": [{ factor: 25 }],
  "cnn-mnist-infer-b1": [{ factor: 1.5 }],
  "cnn-mnist-infer-b32": [{ factor: 1.5 }],
  "gpt-tiny": [{ factor: 3 }],
  "gpt-tiny-infer-b8": [{ factor: 1.5 }],
  "gemm-256": PEAK,
  "gemm-512": PEAK,
};

const PLACES = { "steps/s": 0, "samples/s": 0, "tokens/s": 0, "GFLOP/s": 1 } as const;

export function formatContest(name: WorkloadName, { rows, unable }: Contest): string {
  const ours = rows.find(({ peer }) => peer === OUR_PEER);
  const lines = [...rows].sort((a, b) => b.median - a.median).map((row) => formatRow(row, ours));
  const reasons = unable.map(({ peer, reason }) => `  ${peer.padEnd(28)} cannot: ${reason}`);
  const targets = ours ? TARGETS[name].map((target) => formatTarget(target, ours, rows)) : [];
  const two = rows.find(({ peer }) => peer === TWO_THREADS_PEER);
  if (ours && two) targets.push(formatTwo(two.median / ours.median, name));
  return [`${name} (${rows[0]?.unit ?? ""})`, ...lines, ...reasons, ...targets].join("\n");
}

function formatRow({ peer, median, min, max, unit, yardstick }: Row, ours: Row | undefined): string {
  const number = (value: number, width: number) =>
    value.toLocaleString("en-US", fixed(PLACES[unit])).padStart(width);
  const ratio = ours && peer !== OUR_PEER ? `ours is ${(ours.median / median).toFixed(2)}×` : "";
  const note = yardstick ? " (yardstick)" : "";
  return `  ${peer.padEnd(28)}${number(median, 11)}  (${number(min, 9)} – ${number(max, 9)})  ${ratio}${note}`;
}

function formatTarget({ factor, over }: Target, ours: Row, rows: readonly Row[]): string {
  const rivals = rows.filter(({ peer, yardstick }) =>
    over ? over.includes(peer) : peer !== OUR_PEER && peer !== TWO_THREADS_PEER && !yardstick,
  );
  const best = [...rivals].sort((a, b) => b.median - a.median)[0];
  if (!best) return `  target ${factor}×: nobody to compare with`;
  const ratio = ours.median / best.median;
  return `  target ${factor}× ${best.peer}: ${ratio.toFixed(2)}× ${ratio >= factor ? "reached" : "NOT reached"}`;
}

/** Two threads over one, where the project has a target for it. */
function formatTwo(ratio: number, name: WorkloadName): string {
  const wanted = name === "cnn-mnist" || name === "gpt-tiny";
  const verdict = ratio >= TWO_THREADS ? "reached" : "NOT reached";
  return `  ${wanted ? `target ${TWO_THREADS}× ` : ""}two threads over one: ${ratio.toFixed(2)}×${wanted ? ` ${verdict}` : ""}`;
}

const TWO_THREADS = 1.6;

const fixed = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

export interface AllMeasures extends Measures {
  readonly workers: readonly WorkerSize[];
}

export function formatMeasures({ compile, memory, workers }: AllMeasures): string {
  const judge = (value: number, limit: number) => (value <= limit ? "reached" : "NOT reached");
  const compileLines = compile.map(
    ({ network, first, median, limit }) =>
      `  compile ${network.padEnd(24)} ${median.toFixed(1)} ms (first time ${first.toFixed(1)} ms), at most ${limit} ms: ${judge(median, limit)}`,
  );
  const memoryLines = memory.map(({ network, peak, needed }) => {
    const ratio = peak / needed;
    const [used, least] = [peak, needed].map((bytes) => (bytes / 1024).toFixed(0));
    return `  memory  ${network.padEnd(24)} ${used} KiB for ${least} KiB that live: ${ratio.toFixed(2)}×, at most 1.3×: ${judge(ratio, 1.3)}`;
  });
  const kib = (bytes: number) => (bytes / 1024).toFixed(1);
  const sizeLines = workers.map(
    ({ widget, engine, whole }) =>
      `  code    ${widget.padEnd(24)} ${kib(engine.gzip)} KiB gzip of engine, at most 30: ${judge(engine.gzip / 1024, 30)}; its worker ${kib(whole.gzip)} KiB`,
  );
  return ["measures", ...compileLines, ...memoryLines, ...sizeLines].join("\n");
}
