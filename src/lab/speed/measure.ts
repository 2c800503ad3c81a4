/**
 * How every number of the benchmark is measured. All contestants of a workload do the same mathematics from the
 * same initial values; before anything is timed their results must agree, and a training's loss must fall. Then
 * they take turns, round by round, so that a slow spell of the machine meets all of them; a contestant's speed is
 * the median of its rounds, beside the slowest and the fastest.
 */

/** One way to do a workload. */
export interface Contestant {
  readonly peer: string;
  /** Does the work `times` times; the answer is awaited when the work ends later. */
  run(times: number): void | Promise<void>;
  /**
   * What must agree between the contestants: the loss at the present parameters [1] for a training, the outputs
   * for an inference or a product. Left out for a yardstick, which computes nothing of use.
   */
  result?(): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** A limit of the machine to compare with, not a competitor. */
  readonly yardstick?: boolean;
  dispose?(): void;
}

export interface Workload {
  readonly name: string;
  /** What is counted a second. */
  readonly unit: "steps/s" | "samples/s" | "tokens/s" | "GFLOP/s";
  /** Units done by one run. */
  readonly perRun: number;
  /** Runs after which the results are compared; for a training the loss must have fallen from first to last. */
  readonly checks: readonly number[];
  readonly isTraining: boolean;
  /** Largest difference allowed, relative to the largest value of the first contestant's result. */
  readonly tolerance: number;
}

/** Speed of one contestant in units a second. */
export interface Row {
  readonly workload: string;
  readonly peer: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: Workload["unit"];
  readonly yardstick?: true;
}

export interface Pace {
  /** Turns of each contestant. */
  readonly rounds: number;
  /** Least length of one turn, in milliseconds. */
  readonly turn: number;
  /** Called after each turn with the share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Compares, warms up and measures.
 * @throws Error when two contestants' results part company, or when a training's loss does not fall.
 */
export async function measure(
  workload: Workload,
  contestants: readonly Contestant[],
  { rounds, turn, onProgress }: Pace,
): Promise<Row[]> {
  await compare(workload, contestants);
  const speeds = contestants.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const speed = (await runsPerSecond(contestant, turn)) * workload.perRun;
      // The first turn lets the machine's compilers finish.
      if (round > 0) speeds[i]!.push(speed);
      onProgress?.((round * contestants.length + i + 1) / ((rounds + 1) * contestants.length));
    }
  }
  return contestants.map(({ peer, yardstick }, i) => ({
    ...{ workload: workload.name, peer, unit: workload.unit },
    ...spread(speeds[i]!),
    ...(yardstick && { yardstick }),
  }));
}

/** Median, least and largest. @throws RangeError when there is nothing. */
export function spread(values: readonly number[]): { median: number; min: number; max: number } {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** @throws Error naming workload, contestant and check where the results differ. */
export async function compare(
  { name, checks, isTraining, tolerance }: Workload,
  contestants: readonly Contestant[],
): Promise<void> {
  let reference: { peer: string; results: ArrayLike<number>[] } | undefined;
  for (const contestant of contestants) {
    const { peer } = contestant;
    const results = await resultsAt(contestant, checks);
    if (results === undefined) continue;
    if (isTraining && !(results.at(-1)![0]! < results[0]![0]!)) {
      throw new Error(`${name}, ${peer}: the loss does not fall (${results[0]![0]} → ${results.at(-1)![0]})`);
    }
    reference ??= { peer, results };
    for (const [i, result] of results.entries()) {
      const difference = relativeDifference(reference.results[i]!, result);
      if (!(difference <= tolerance)) {
        const values = isTraining ? ` (loss ${reference.results[i]![0]} and ${result[0]})` : "";
        throw new Error(
          `${name}: ${reference.peer} and ${peer} differ by ${difference} after ${checks[i]} runs${values}`,
        );
      }
    }
  }
}

async function resultsAt(
  contestant: Contestant,
  checks: readonly number[],
): Promise<ArrayLike<number>[] | undefined> {
  if (!contestant.result) return undefined;
  const results: ArrayLike<number>[] = [];
  let done = 0;
  for (const check of checks) {
    if (check > done) await contestant.run(check - done);
    done = check;
    results.push(Array.from(await contestant.result()));
  }
  return results;
}

/** Largest difference over the largest value of `a`; infinite when the sizes differ. */
function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [largest, difference] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]!) || !Number.isFinite(b[i]!)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(a[i]!));
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
  }
  return difference / Math.max(largest, Number.MIN_VALUE);
}

/** Runs in growing chunks, so that reading the clock costs nothing, until the turn is over. */
async function runsPerSecond(contestant: Contestant, turn: number): Promise<number> {
  let runs = 0;
  let chunk = 1;
  const start = performance.now();
  for (;;) {
    const answer = contestant.run(chunk);
    if (answer) await answer;
    runs += chunk;
    const elapsed = performance.now() - start;
    if (elapsed >= turn) return (runs / elapsed) * 1000;
    // About as much again as is done, and never far past the end of the turn.
    const remaining = ((turn - elapsed) * runs) / Math.max(elapsed, 0.1);
    chunk = Math.max(1, Math.min(runs, Math.ceil(remaining)));
  }
}
