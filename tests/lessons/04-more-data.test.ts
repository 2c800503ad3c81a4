/** What lesson 4 says of more data, measured in the experiment the page runs. */
import { expect, test } from "vitest";
import { type Cell, experiment } from "../../src/widgets/more-data/experiment.ts";
import { curveOf, overtakingSize } from "../../src/widgets/more-data/results.ts";
import { loadDigits } from "../widgets/more-data/digits.ts";

test("more data: large steps first and small ones later; the small network gains little in the end", async () => {
  const digits = await loadDigits();
  const cells: Cell[] = [...experiment(digits, 1, 1)].filter((cell) => cell !== undefined);
  const curve = (learner: Cell["learner"]) => curveOf(cells, learner).map((value) => value!);
  const [small, large, nearest] = [curve("small"), curve("large"), curve("nearest")];
  // Threefold the pictures: at first more than 15 points, in the end less than 4.
  expect(large[1]! - large[0]!).toBeGreaterThan(0.15);
  expect(large[5]! - large[4]!).toBeLessThan(0.04);
  expect(large[5]! - large[4]!).toBeGreaterThan(0);
  // Each time the error shrinks to between a half and four fifths.
  large.slice(1).forEach((value, i) => {
    expect((1 - value) / (1 - large[i]!)).toBeGreaterThan(0.5);
    expect((1 - value) / (1 - large[i]!)).toBeLessThan(0.8);
  });
  // With at most 1000 pictures the large network passes what the small one reaches with 10 000.
  expect(overtakingSize(cells)).toBeLessThanOrEqual(3);
  expect(large[5]! - small[5]!).toBeGreaterThan(0.1);
  // The neighbour is close all the way, and a little behind at the end.
  expect(large[5]! - nearest[5]!).toBeGreaterThan(0);
  expect(large[5]! - nearest[5]!).toBeLessThan(0.03);
});
