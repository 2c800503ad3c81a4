import { describe, expect, it } from "vitest";
import { Random } from "../../src/engine/random.ts";
import { constant, he, normal, orthogonal, xavier, zeros } from "../../src/nn/initialisers.ts";

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

describe("initialisers", () => {
  it.each([
    [300, 100],
    [64, 512],
  ])("Xavier: variance 2/(%i + %i), inside its bound", (inputs, outputs) => {
    const values = xavier(inputs, outputs, new Random(1));
    expect(values).toHaveLength(inputs * outputs);
    expect((variance(values) * (inputs + outputs)) / 2).toBeCloseTo(1, 1);
    const bound = Math.sqrt(6 / (inputs + outputs));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
  });

  it("He: variance 2/inputs whatever the outputs", () => {
    for (const outputs of [50, 400]) {
      const values = he(200, outputs, new Random(2));
      expect((variance(values) * 200) / 2).toBeCloseTo(1, 1);
    }
  });

  it("He keeps the size of a signal through ten ReLU layers, where a tenth of it dies out", () => {
    const size = (scale: number): number => {
      const random = new Random(3);
      const width = 128;
      let signal = Float64Array.from({ length: width }, () => random.normal());
      for (let layer = 0; layer < 10; layer++) {
        const weights = he(width, width, random);
        const next = new Float64Array(width);
        for (let i = 0; i < width; i++) {
          for (let j = 0; j < width; j++) next[j]! += scale * signal[i]! * weights[i * width + j]!;
        }
        signal = next.map((value) => Math.max(0, value));
      }
      return Math.sqrt(signal.reduce((sum, value) => sum + value * value, 0) / width);
    };
    expect(size(1)).toBeGreaterThan(0.2);
    expect(size(1)).toBeLessThan(5);
    expect(size(0.1)).toBeLessThan(1e-8);
  });

  it.each([
    [6, 6],
    [9, 4],
    [3, 8],
  ])("orthogonal %i × %i: the shorter side's vectors have length 1 and right angles", (inputs, outputs) => {
    const values = orthogonal(inputs, outputs, new Random(4));
    const [count, size] = [Math.min(inputs, outputs), Math.max(inputs, outputs)];
    const at = (vector: number, i: number) =>
      values[inputs >= outputs ? i * outputs + vector : vector * outputs + i]!;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        const product = Array.from({ length: size }, (_, i) => at(a, i) * at(b, i)).reduce((x, y) => x + y);
        expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
      }
    }
  });

  it("zeros, a constant, and normal with its deviation", () => {
    const random = new Random(5);
    expect([...zeros(2, 2, random), ...constant(3)(1, 2, random)]).toEqual([0, 0, 0, 0, 3, 3]);
    expect(Math.sqrt(variance(normal(0.02)(200, 100, random))) / 0.02).toBeCloseTo(1, 1);
  });
});
