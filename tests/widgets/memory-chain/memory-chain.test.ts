import { describe, expect, it } from "vitest";
import type { CellName } from "../../../src/nn/recurrent.ts";
import {
  CELLS,
  createRace,
  type Measured,
  Measurement,
  type RaceFrame,
  raceConfig,
  sequenceOf,
} from "../../../src/widgets/memory-chain/experiment.ts";
import { explain, numberAt } from "../../../src/widgets/memory-chain/explain.ts";
import { guessedWell, limitOf, memoryGoals } from "../../../src/widgets/memory-chain/goals.ts";
import { MemoryNetwork, PARTS } from "../../../src/widgets/memory-chain/network.ts";
import { type MemoryState, memoryState } from "../../../src/widgets/memory-chain/state.ts";
import { guessVerdict, shrinkageText } from "../../../src/widgets/memory-chain/words.ts";

const stateWith = (patch: Partial<MemoryState>): MemoryState => ({ ...memoryState.defaults, ...patch });
const LIVE = { learningRate: 0.01, cell: "rnn", letter: 2, drawn: 5 } as const;

function frameOf(patch: Partial<MemoryState>, steps: number): RaceFrame {
  const state = stateWith(patch);
  const race = createRace(raceConfig(state));
  race.setLive({ ...LIVE, cell: state.cell });
  if (steps > 0) expect(race.advance(steps)).toBe(steps);
  return race.frame().frame;
}

describe.each(CELLS)("%s", (cell) => {
  const { seen } = frameOf({ distance: 6, units: "4", cell }, 60);

  it("explains every number of every step from the weights and the step before", () => {
    const sigma = (z: number) => 1 / (1 + Math.exp(-z));
    for (let step = 0; step <= 6; step++) {
      for (let unit = 0; unit < 4; unit++) {
        for (const part of PARTS[cell]) {
          const { sum, squash, mixed, value } = explain(seen, step, part, unit);
          const m = { keep: 0, forget: 0, before: 0, candidate: 0, enter: 0, leave: 0, memory: 0, ...mixed };
          let expected: number;
          if (sum) expected = squash === "σ" ? sigma(sum.total) : Math.tanh(sum.total);
          else if (cell === "gru") expected = m.keep * m.before + (1 - m.keep) * m.candidate;
          else if (part === "memory") expected = m.forget * m.before + m.enter * m.candidate;
          else expected = m.leave * Math.tanh(m.memory);
          expect(value).toBeCloseTo(expected, 5);
        }
      }
    }
  });

  it("its bars are the slope of the answer: what a small change of the state makes of it", () => {
    const network = new MemoryNetwork({
      ...{ cell, distance: 6, units: 4, clipping: true, start: "small", keeping: 1, seed: 3 },
    });
    network.train(40, 0.01);
    const tokens = sequenceOf(6, 1, 9);
    const { values, slopes } = network.look(tokens);
    const plain = plainCell(cell, network.weights(), 4);
    const parts = PARTS[cell];
    const at = (step: number, part: "state" | "memory") =>
      Array.from({ length: 4 }, (_, u) => values[(step * parts.length + parts.indexOf(part)) * 4 + u]!);
    for (const step of [0, 3, 5]) {
      const start = { h: at(step, "state"), c: cell === "lstm" ? at(step, "memory") : [0, 0, 0, 0] };
      const logit = (change: number, unit: number) => {
        const nudge = (list: number[]) => list.map((v, u) => (u === unit ? v + change : v));
        let { h, c } = start;
        if (cell === "lstm") {
          // The output follows the memory within the same step.
          const leave = h.map((v, u) => v / Math.tanh(c[u]!));
          c = nudge(c);
          h = c.map((v, u) => leave[u]! * Math.tanh(v));
        } else h = nudge(h);
        for (const token of tokens.slice(step + 1)) ({ h, c } = plain.next(token, h, c));
        return plain.logit(h, tokens[0]!);
      };
      const numeric = Math.hypot(
        ...[0, 1, 2, 3].map((unit) => (logit(1e-5, unit) - logit(-1e-5, unit)) / 2e-5),
      );
      expect(slopes[step]! / numeric).toBeCloseTo(1, 3);
    }
  });
});

/** The cells in plain numbers, as the papers write them. */
function plainCell(cell: CellName, weights: Record<string, Float32Array>, units: number) {
  const [input, recurrent, bias] = ["input weights", "recurrent weights", "bias"].map(
    (name) => weights[`cell ${name}`]!,
  ) as [Float32Array, Float32Array, Float32Array];
  const width = bias.length;
  const sigma = (z: number) => 1 / (1 + Math.exp(-z));
  const past = (g: number, u: number, h: number[]) =>
    h.reduce((total, v, i) => total + v * recurrent[i * width + g * units + u]!, 0);
  const here = (token: number, g: number, u: number) =>
    input[token * width + g * units + u]! + bias[g * units + u]!;
  const each = (compute: (u: number) => number) => Array.from({ length: units }, (_, u) => compute(u));
  return {
    logit: (h: number[], letter: number) =>
      h.reduce(
        (total, v, i) => total + v * weights["output weights"]![i * 4 + letter]!,
        weights["output bias"]![letter]!,
      ),
    next(token: number, h: number[], c: number[]) {
      const gate = (g: number, u: number) => sigma(here(token, g, u) + past(g, u, h));
      if (cell === "rnn") return { c, h: each((u) => Math.tanh(here(token, 0, u) + past(0, u, h))) };
      if (cell === "gru") {
        const candidate = (u: number) =>
          Math.tanh(here(token, 2, u) + gate(0, u) * (past(2, u, h) + weights["cell candidate bias"]![u]!));
        return { c, h: each((u) => (1 - gate(1, u)) * candidate(u) + gate(1, u) * h[u]!) };
      }
      const memory = each(
        (u) => gate(1, u) * c[u]! + gate(0, u) * Math.tanh(here(token, 2, u) + past(2, u, h)),
      );
      return { c: memory, h: memory.map((v, u) => gate(3, u) * Math.tanh(v)) };
    },
  };
}

describe("the race", () => {
  it("begins at chance and answers for the sequence the learner chose", () => {
    const { cells, seen, steps } = frameOf({ distance: 4, letter: 2 }, 0);
    expect(steps).toBe(0);
    expect(seen.tokens).toEqual(sequenceOf(4, 2, 5));
    expect(seen.tokens[0]).toBe(2);
    for (const cell of CELLS) {
      expect(cells[cell].accuracy).toBeLessThan(0.6);
      expect(cells[cell].slopes).toHaveLength(5);
      expect(cells[cell].answer.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
  });

  it("looks anew when another symbol is chosen, without training", () => {
    const race = createRace(raceConfig(stateWith({ distance: 4 })));
    race.setLive(LIVE);
    const before = race.frame().frame;
    race.setLive({ ...LIVE, letter: 0, cell: "lstm" });
    const after = race.frame().frame;
    expect(after.seen.cell).toBe("lstm");
    expect(after.seen.tokens[0]).toBe(0);
    expect(after.steps).toBe(before.steps);
  });

  it("measures with networks of its own, cell by cell, and stops by itself", () => {
    const measurement = new Measurement(raceConfig(stateWith({ units: "4" })), [2]);
    for (let i = 0; measurement.isRunning && i < 1000; i++) measurement.advance(0.01);
    expect(measurement.isRunning).toBe(false);
    expect(measurement.results.map(({ cell }) => cell)).toEqual([...CELLS]);
    for (const { accuracy } of measurement.results) expect(accuracy).toBeGreaterThanOrEqual(0.95);
  });
});

describe("goals and words", () => {
  const results = (limit: number): Measured[] =>
    [2, 5, 8, 12, 16, 20, 30, 40].map((distance) => ({
      ...{ cell: "rnn" as const, distance, accuracy: distance < limit ? 1 : 0.4 },
    }));

  it("a guess is good between the measured distances beside the limit", () => {
    expect(limitOf(results(12), "rnn")).toBe(12);
    expect(limitOf(results(99), "rnn")).toBeUndefined();
    expect([7, 8, 14, 16, 17].map((guess) => guessedWell(guess, 12))).toEqual([
      ...[false, true, true, true, false],
    ]);
    expect(guessVerdict(10, results(12), false)).toContain("12칸에서 처음으로");
    expect(guessVerdict(30, results(12), false)).toContain("꽤 다릅니다");
    expect(guessVerdict(0, [], false)).toContain("예측해 보세요");
  });

  it("are judged from what the networks do", () => {
    const frame = frameOf({ distance: 20 }, 0);
    const ids = (state: Partial<MemoryState>, given: RaceFrame) =>
      memoryGoals(stateWith(state), given)
        .filter(({ done }) => done)
        .map(({ id }) => id);
    expect(ids({}, frame)).toEqual([]);
    const cells = {
      ...frame.cells,
      gru: { ...frame.cells.gru, accuracy: 1 },
      rnn: { ...frame.cells.rnn, accuracy: 0.3 },
    };
    expect(ids({}, { ...frame, cells, steps: 300 })).toEqual(["far", "apart"]);
    expect(ids({ distance: 8 }, { ...frame, cells, steps: 300 })).toEqual(["apart"]);
    expect(ids({ guess: 10 }, { ...frame, measured: results(12) })).toEqual(["predict"]);
    const plain = { ...cells, rnn: { ...cells.rnn, accuracy: 0.97 } };
    expect(ids({}, { ...frame, cells: plain, steps: 300 })).toEqual(["far", "plain"]);
  });

  it("an open gate counts only in a cell that has learned, on the way", () => {
    const frame = frameOf({ distance: 5, cell: "lstm", keeping: "3" }, 150);
    expect(frame.cells.lstm.accuracy).toBeGreaterThanOrEqual(0.95);
    const open = Array.from({ length: 8 }, (_, unit) => unit).find(
      (unit) => numberAt(frame.seen, 2, "forget", unit) >= 0.9,
    )!;
    const reached = (patch: Partial<MemoryState>) =>
      memoryGoals(
        stateWith({ distance: 5, cell: "lstm", part: "forget", step: 2, unit: open, ...patch }),
        frame,
      ).find(({ id }) => id === "gate")!.done;
    expect(reached({})).toBe(true);
    expect(reached({ step: 0 })).toBe(false);
    expect(reached({ part: "enter" })).toBe(false);
    expect(reached({ cell: "gru", part: "keep" })).toBe(false);
  });

  it("say how little of the gradient is left", () => {
    expect(shrinkageText([2e-4, 1])).toBe("1/5,000");
    expect(shrinkageText([0.5, 1])).toBe("0.5배");
    expect(shrinkageText([1e-9, 1])).toBe("1.0×10⁻⁹배");
    expect(shrinkageText([0, 1])).toBe("0배");
  });

  it("travel in the address", () => {
    const state = stateWith({ distance: 33, cell: "lstm", part: "forget", guess: 12, step: 7 });
    expect(memoryState.decode(memoryState.encode(state))).toEqual({ state, problems: [] });
    expect(memoryState.decode("1;distance=99;cell=cnn").problems).toEqual(["distance", "cell"]);
  });
});
