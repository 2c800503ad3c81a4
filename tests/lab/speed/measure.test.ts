import { describe, expect, test } from "vitest";
import { type Contestant, compare, measure, spread, type Workload } from "../../../src/lab/speed/measure.ts";

const workload = (changes: Partial<Workload> = {}): Workload => ({
  ...{ name: "halving", unit: "steps/s", perRun: 3, checks: [0, 1, 4], isTraining: true, tolerance: 1e-3 },
  ...changes,
});

/** Halves its “loss” at each run; `factor` lets it stray. */
function halving(peer: string, factor = 0.5): Contestant & { runs: number } {
  const contestant = {
    ...{ peer, runs: 0, loss: 8 },
    run(times: number) {
      contestant.runs += times;
      contestant.loss *= factor ** times;
    },
    result: () => [contestant.loss],
  };
  return contestant;
}

describe("before anything is timed", () => {
  test("equal curves pass, and each contestant has run to the last check", async () => {
    const [a, b] = [halving("a"), halving("b", 0.50001)];
    await compare(workload(), [a, b]);
    expect([a.runs, b.runs]).toEqual([4, 4]);
  });

  test("curves that part are refused, with the contestant and the check named", async () => {
    // After one run 4 and 4.04, a difference of one hundredth.
    await expect(compare(workload(), [halving("a"), halving("b", 0.505)])).rejects.toThrow(
      /a and b differ by 0\.01\d* after 1 runs/,
    );
  });

  test("a loss that does not fall is refused", async () => {
    await expect(compare(workload(), [halving("a", 1)])).rejects.toThrow("the loss does not fall");
  });

  test.each([
    ["another size", [1, 2]],
    ["not a number", [Number.NaN]],
  ])("outputs that cannot be compared are refused: %s", async (_name, outputs) => {
    const odd: Contestant = { peer: "odd", run: () => {}, result: () => outputs };
    const even: Contestant = { peer: "even", run: () => {}, result: () => [1] };
    await expect(compare(workload({ isTraining: false }), [even, odd])).rejects.toThrow("differ by Infinity");
  });
});

describe("measuring", () => {
  test("counts units, not runs: a run of 4 ms that does 3 units makes at most 750 a second", async () => {
    const slow: Contestant = {
      peer: "slow",
      run: (times) => {
        const end = performance.now() + 4 * times;
        while (performance.now() < end);
      },
    };
    const [row] = await measure(workload(), [slow], { rounds: 3, turn: 8 });
    expect(row).toMatchObject({ workload: "halving", peer: "slow", unit: "steps/s" });
    expect(row!.max).toBeLessThanOrEqual(750);
    expect(row!.min).toBeGreaterThan(0);
    expect(row!.min).toBeLessThanOrEqual(row!.median);
    expect(row!.median).toBeLessThanOrEqual(row!.max);
  });

  test("contestants take turns, and the first turn of each is not counted", async () => {
    const order: string[] = [];
    const noting = (peer: string): Contestant => ({
      peer,
      run: () => {
        if (order.at(-1) !== peer) order.push(peer);
      },
    });
    const progress: number[] = [];
    const rows = await measure(workload(), [noting("a"), noting("b")], {
      ...{ rounds: 2, turn: 0 },
      onProgress: (done) => progress.push(done),
    });
    expect(order).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(progress).toEqual([1, 2, 3, 4, 5, 6].map((turn) => turn / 6));
    expect(rows).toHaveLength(2);
  });

  test("median of an odd and of an even number of values", () => {
    expect(spread([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9 });
    expect(spread([4, 1, 2, 9])).toEqual({ median: 3, min: 1, max: 9 });
    expect(() => spread([])).toThrow(RangeError);
  });
});
