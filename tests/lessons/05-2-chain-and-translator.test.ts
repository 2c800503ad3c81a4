/** What lesson 5.2 says of the chain of memory and of the translator, tried in the very networks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { heldOutPairs, NumberNetwork } from "../../src/models/number-network.ts";
import { parseSequenceCard } from "../../src/models/sequence-card.ts";
import type { CellName } from "../../src/nn/recurrent.ts";
import { readWeights } from "../../src/onnx/read-weights.ts";
import { raceConfig, sequenceOf } from "../../src/widgets/memory-chain/experiment.ts";
import { explain } from "../../src/widgets/memory-chain/explain.ts";
import { shrinkageOf } from "../../src/widgets/memory-chain/goals.ts";
import { MemoryNetwork, PARTS } from "../../src/widgets/memory-chain/network.ts";
import { type MemoryState, memoryState } from "../../src/widgets/memory-chain/state.ts";

const SEEDS = [1, 2];

/** The widget's network after up to `steps` steps, stopped as soon as it is right 95% of the time; made once. */
function trained(cell: CellName, patch: Partial<MemoryState>, steps: number) {
  const key = JSON.stringify([cell, { seed: 1, ...patch }, steps]);
  const known = made.get(key) ?? train(cell, patch, steps);
  made.set(key, known);
  return known;
}
const made = new Map<string, ReturnType<typeof train>>();

function train(cell: CellName, patch: Partial<MemoryState>, steps: number) {
  const state = { ...memoryState.defaults, ...patch };
  const network = new MemoryNetwork({ ...raceConfig(state), cell });
  let accuracy = network.accuracy();
  while (network.steps < steps && accuracy < 0.95) {
    network.train(50, Number(state.rate));
    accuracy = network.accuracy();
  }
  return { network, accuracy };
}

describe("the chain of memory", () => {
  test.each(["gru", "lstm"] as const)("20 steps back %s recalls within some hundred steps", (cell) => {
    for (const seed of SEEDS) expect(trained(cell, { seed }, 400).accuracy).toBeGreaterThanOrEqual(0.95);
  });

  test("20 steps back the plain cell does not", () => {
    for (const seed of SEEDS) expect(trained("rnn", { seed }, 300).accuracy).toBeLessThan(0.95);
  });

  test("5 steps back the plain cell learns soon", () => {
    for (const seed of SEEDS) {
      expect(trained("rnn", { seed, distance: 5 }, 400).accuracy).toBeGreaterThanOrEqual(0.95);
    }
  });

  test("its gradient has all but gone at the first symbol; that of a trained GRU has not", () => {
    for (const seed of SEEDS) {
      const tokens = sequenceOf(20, 0, 1);
      const plain = new MemoryNetwork({ ...raceConfig({ ...memoryState.defaults, seed }), cell: "rnn" });
      expect(shrinkageOf(plain.look(tokens).slopes)).toBeLessThan(1e-3);
      expect(shrinkageOf(trained("gru", { seed }, 400).network.look(tokens).slopes)).toBeGreaterThan(1e-3);
    }
  });

  test("a trained LSTM holds on: some forget gate stays above 0.9 while distractors are read", () => {
    const { network, accuracy } = trained("lstm", {}, 400);
    expect(accuracy).toBeGreaterThanOrEqual(0.95);
    const tokens = sequenceOf(20, 0, 1);
    const seen = {
      ...network.config,
      tokens,
      values: network.look(tokens).values,
      weights: network.weights(),
    };
    expect(PARTS.lstm).toContain("forget");
    for (const step of [3, 10, 17]) {
      const gates = Array.from({ length: 8 }, (_, unit) => explain(seen, step, "forget", unit).value);
      expect(Math.max(...gates)).toBeGreaterThan(0.9);
    }
  });

  test("with gates that begin half open the LSTM learns far more slowly", () => {
    for (const seed of SEEDS) {
      expect(trained("lstm", { seed, keeping: "0" }, 200).accuracy).toBeLessThan(0.95);
      expect(trained("lstm", { seed }, 400).network.steps).toBeLessThanOrEqual(200);
    }
  });

  test("with orthogonal weights the plain cell often learns 20 steps too", () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const right = seeds.map((seed) => trained("rnn", { seed, start: "orthogonal" }, 150).accuracy >= 0.95);
    expect(right.filter(Boolean).length).toBeGreaterThan(seeds.length / 2);
  });
});

describe("the translator", () => {
  const folder = join(import.meta.dirname, "../../public/models");
  const cardOf = (id: string) => parseSequenceCard(readFileSync(join(folder, `${id}.json`), "utf8"))!;
  const shareOf = (id: string, digits: number) => {
    const found = cardOf(id).scores.filter(({ what }) => what.startsWith(`${digits}자리`));
    expect(found).toHaveLength(2);
    return found.map(({ share }) => share);
  };

  test("with attention it is nearly always right up to six digits; without, the more digits the worse", () => {
    for (const digits of [3, 4, 5, 6]) {
      for (const share of shareOf("number-translator", digits)) expect(share).toBeGreaterThan(0.98);
    }
    const [three, six] = [3, 6].map((digits) => Math.max(...shareOf("number-translator-plain", digits)));
    expect(six).toBeLessThan(three! - 0.1);
  });

  test("neither gets seven digits right", () => {
    for (const id of ["number-translator", "number-translator-plain"]) {
      for (const share of shareOf(id, 7)) expect(share).toBeLessThan(0.05);
    }
  });

  test("writing a digit's syllable, it takes most from that digit", () => {
    const network = new NumberNetwork("attention", 1, 4);
    network.setWeights(readWeights(readFileSync(join(folder, "number-translator.onnx"))));
    const pairs = heldOutPairs(6, "read", 25, 8);
    const answers = network.translate(pairs.map(({ source }) => source));
    let [most, all] = [0, 0];
    answers.forEach(({ output, attention }, i) => {
      let place = -1;
      [...output].forEach((syllable, t) => {
        const digit = "영일이삼사오육칠팔구".indexOf(syllable);
        if (digit < 1) return;
        place = pairs[i]!.source.indexOf(String(digit), place + 1);
        all++;
        if (attention[t]!.indexOf(Math.max(...attention[t]!)) === place) most++;
      });
    });
    expect(all).toBeGreaterThan(80);
    expect(most / all).toBeGreaterThan(0.95);
  });
});
