import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { square } from "../../src/engine/ops/functions.ts";
import { createProgram } from "../../src/engine/program.ts";
import { offerThreads, type ThreadWorker } from "../../src/engine/threads.ts";
import { allCases } from "./all-cases.ts";
import { startNodeThread } from "./node-threads.ts";
import { denseTraining, sharedTrainings } from "./shared-trainings.ts";
import { caseDifferences, join, trainingDifferences } from "./two-threads.ts";

beforeAll(() => offerThreads(startNodeThread, 0));
afterAll(() => offerThreads(undefined));

describe("two threads compute the same as one, to the bit", () => {
  for (const operationCase of allCases) {
    it(operationCase.name, async () => {
      for (let seed = 1; seed <= 6; seed++) expect(await caseDifferences(operationCase, seed)).toEqual([]);
    });
  }

  for (const [name, make] of sharedTrainings(12)) {
    it(name, async () => expect(await trainingDifferences(make, 5)).toEqual([]));
  }
});

/** x ← x², which is beyond 3.4·10³⁸ after a few steps. */
function squaring() {
  const graph = new Graph();
  const x = graph.parameter("x", [1000]);
  const count = graph.state("count", []);
  const first = graph.parameter("first", []);
  const loss = square(first);
  const updates = new Map([
    [x, square(x)],
    [first, loss],
    [count, add(count, 1)],
  ]);
  return { graph, x, first, count, program: createProgram(graph, { step: { updates, guard: loss } }) };
}

describe("a second thread", () => {
  it("stops at the same step when the guard is not finite", async () => {
    const { program, x, first, count } = squaring();
    await join(program, "step");
    for (let round = 0; round < 20; round++) {
      program.view(x).fill(1);
      program.write(first, [10]);
      program.write(count, [0]);
      expect(program.run("step", 100)).toBe(5);
      expect(program.view(count)[0]).toBe(5);
      program.write(first, [1]);
      expect(program.run("step", 100)).toBe(100);
    }
    program.dispose();
  });

  it("goes when its program is disposed of, which then runs on one", async () => {
    const { program, x, first } = squaring();
    await join(program, "step");
    program.dispose();
    expect(program.threads("step")).toBe(1);
    program.view(x).fill(1);
    program.write(first, [1]);
    expect(program.run("step", 3)).toBe(3);
    program.share("step");
    expect(program.threads("step")).toBe(1);
  });

  it("is given up when it dies between two runs", async () => {
    let die = () => {};
    offerThreads((failed) => {
      die = failed;
      return startNodeThread(failed);
    }, 0);
    const { program, x, first, count } = squaring();
    await join(program, "step");
    program.view(x).fill(1);
    program.write(first, [1]);
    expect(program.run("step", 3)).toBe(3);
    die();
    expect(program.threads("step")).toBe(1);
    expect(program.run("step", 4)).toBe(4);
    expect(program.view(count)[0]).toBe(7);
    offerThreads(startNodeThread, 0);
  });

  it("serves one program after another; memory stays flat", async () => {
    let started = 0;
    offerThreads((failed) => {
      started++;
      return startNodeThread(failed);
    }, 0);
    const round = async (seed: number) => {
      const { graph, entry, fill } = denseTraining(1 + (seed % 5));
      const program = createProgram(graph, { step: entry });
      fill(program);
      if (seed % 3 > 0) await join(program, "step");
      else program.share("step");
      program.run("step", 2);
      program.dispose();
    };
    for (let seed = 0; seed < 40; seed++) await round(seed);
    const before = process.memoryUsage().rss;
    for (let seed = 0; seed < 120; seed++) await round(seed);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    // Fewer than programs, more than one: a worker is let go after ten of them.
    expect(started).toBeGreaterThanOrEqual(Math.floor(160 / 10));
    expect(started).toBeLessThan(40);
    offerThreads(startNodeThread, 0);
  });

  it("takes several entries, and each is run on two threads once it is asked for", async () => {
    const { graph, entry, fill } = denseTraining(3);
    const program = createProgram(graph, { step: entry, loss: { outputs: entry.outputs! } });
    fill(program as never);
    await join(program, "loss");
    expect(program.threads("step")).toBe(1);
    program.run("loss");
    const loss = program.view(entry.outputs![0]!)[0]!;
    await join(program, "step");
    program.run("step", 5);
    program.run("loss");
    expect(program.view(entry.outputs![0]!)[0]).toBeLessThan(loss);
    program.dispose();
  });

  it("is not missed: without an offer, for small programs, and when it cannot start", async () => {
    const run = () => {
      const { program, first } = squaring();
      program.share("step");
      program.write(first, [1]);
      expect(program.run("step", 10)).toBe(10);
      return program;
    };
    offerThreads(startNodeThread);
    expect(run().threads("step")).toBe(1);
    offerThreads(undefined);
    expect(run().threads("step")).toBe(1);
    let ended = 0;
    offerThreads((failed): ThreadWorker => {
      setTimeout(failed);
      return { postMessage: () => {}, terminate: () => ended++ };
    }, 0);
    const program = run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ended).toBe(1);
    expect(program.run("step", 10)).toBe(10);
    expect(program.threads("step")).toBe(1);
    offerThreads(startNodeThread, 0);
  });
});
