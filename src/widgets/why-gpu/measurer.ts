/** Measures the ways one size after the other; runs in a worker, so that the page stays alive. */
import { measure, type Workload } from "../../lab/speed/measure.ts";
import { gpuProduct } from "./gpu.ts";
import {
  gigaflops,
  oneCore,
  plainProduct,
  relativeDifference,
  twoCores,
  type WayContestant,
} from "./products.ts";
import type { Measured, Speed } from "./protocol.ts";

export interface Means {
  readonly ports: readonly MessagePort[];
  readonly device: GPUDevice | undefined;
}

/** Rounds after the one for warming up, and milliseconds of one turn. */
const ROUNDS = 5;
const TURN = 150;
/** Plain JavaScript takes seconds for one product from this size on. */
const LARGE = 1024;
const FEW_ROUNDS = 3;
/** 32-bit sums in another order; the largest sums of a thousand products differ by about 10⁻⁶. */
const TOLERANCE = 1e-4;

/**
 * Compares the results, then measures in turns.
 * @throws Error when two ways disagree, or one fails on the way.
 */
export async function measureSize(
  size: number,
  { ports, device }: Means,
  onProgress: (done: number) => void,
  pace: { rounds: number; turn: number } = { rounds: size >= LARGE ? FEW_ROUNDS : ROUNDS, turn: TURN },
): Promise<Measured> {
  const contestants: WayContestant[] = [plainProduct(size), oneCore(size)];
  if (ports.length >= 2) contestants.push(await twoCores(size, ports));
  if (device) contestants.push(await gpuProduct(device, size));
  const workload: Workload = {
    ...{ name: `product ${size}`, unit: "GFLOP/s", perRun: gigaflops(size), checks: [1] },
    ...{ isTraining: false, tolerance: TOLERANCE },
  };
  try {
    const rows = await measure(workload, contestants, { ...pace, onProgress });
    const results = await Promise.all(
      contestants.map(async (one) => Array.from((await one.result?.()) ?? [])),
    );
    const speeds = rows.map(
      ({ median, min, max }, i): Speed => ({
        ...{ way: contestants[i]!.peer, median, min, max },
        difference: relativeDifference(results[0]!, results[i]!),
      }),
    );
    return { size, speeds };
  } finally {
    for (const contestant of contestants) contestant.dispose?.();
  }
}
