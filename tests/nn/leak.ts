/** Networks that are configured, trained and disposed of leave memory as it was, in Node and in Chromium. */
import { expect } from "vitest";
import { createMlp, type MlpConfig } from "../../src/nn/mlp.ts";

const NETWORKS = 1000;

const CONFIG: MlpConfig = {
  ...{ inputs: 2, hidden: [4, 3], outputs: 1, activation: "tanh", outputActivation: "tanh" },
  ...{ loss: "mse", regularization: "none", optimizer: "adam", batchSize: 5 },
  ...{ trainCount: 20, testCount: 10, gridCount: 16, seed: 1 },
};

/** Configures, trains and disposes of one network; what is returned tells whether its memory is still held. */
function live(seed: number): WeakRef<ArrayBufferLike> {
  const program = createMlp({ ...CONFIG, seed, hidden: [2 + (seed % 4), 3] });
  const points = Array.from({ length: 40 }, (_, i) => Math.sin(i + seed));
  program.setTrain(points, points.slice(0, 20));
  expect(program.step(5, { learningRate: 0.01, regularizationRate: 0 })).toBe(5);
  const memory = new WeakRef(program.trainOutputs.buffer);
  program.dispose();
  return memory;
}

/**
 * Makes a thousand networks one after the other.
 * @param collect the garbage collector.
 * @param heapUsed bytes of the JavaScript heap in use.
 */
export async function expectNoLeak(collect: () => void, heapUsed: () => number): Promise<void> {
  const settle = async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise((done) => setTimeout(done, 5));
      collect();
    }
    return heapUsed();
  };
  const memories: WeakRef<ArrayBufferLike>[] = [];
  let warm = 0;
  for (let seed = 0; seed < NETWORKS; seed++) {
    memories.push(live(seed));
    if (seed % 100 === 99) {
      const used = await settle();
      if (seed === 199) warm = used;
    }
  }
  const end = await settle();
  const held = memories.filter((memory) => memory.deref() !== undefined).length;
  expect(warm).toBeGreaterThan(0);
  expect(held, "program memories still held").toBeLessThan(10);
  // 800 further networks: less than one kilobyte each, far below a single program's memory of 64.
  expect(end - warm).toBeLessThan((NETWORKS - 200) * 1024);
}
