import { describe, expect, it } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { add, multiply } from "../../src/engine/ops/arithmetic.ts";
import { createProgram } from "../../src/engine/program.ts";
import { buildGan, type GanObjective } from "../../src/nn/gan.ts";
import { denseLayer } from "../../src/nn/layers.ts";
import { Noise } from "../../src/nn/noise.ts";
import { rmsprop } from "../../src/nn/optimizers.ts";
import { Parameters } from "../../src/nn/parameters.ts";

const BATCH = 64;

function network(parameters: Parameters, name: string, widths: readonly number[]) {
  const layers = widths.slice(1).map((outputs, i) => {
    const activation = i === widths.length - 2 ? "linear" : "leaky-relu";
    return denseLayer(parameters, `${name} ${i}`, { inputs: widths[i]!, outputs, activation });
  });
  return (x: Tensor) => layers.reduce((h, layer) => layer(h), x);
}

/** Real examples lie around (3, −1) with deviation ½. */
function build(objective: GanObjective) {
  const graph = new Graph();
  const [own, other] = [new Parameters(graph), new Parameters(graph)];
  const noise = new Noise(graph, 3);
  const real = add(multiply(noise.normal([BATCH, 2]), 0.5), graph.constant([3, -1], [2]));
  const rate = graph.constant(objective.kind.startsWith("wasserstein") ? 0.005 : 0.002);
  const generator = network(own, "generator", [2, 16, 2]);
  const gan = buildGan({
    ...{ graph, noise, objective, real, generator, latent: 2, optimizer: rmsprop },
    discriminator: network(other, "discriminator", [2, 16, 1]),
    generatorParameters: own.all,
    discriminatorParameters: other.all,
    generatorRate: rate,
    discriminatorRate: rate,
  });
  const samples = generator(noise.normal([500, 2]));
  const program = createProgram(graph, {
    generator: gan.generatorStep,
    discriminator: gan.discriminatorStep,
    sample: { outputs: [samples] },
  });
  own.initialize(program, 1);
  other.initialize(program, 2);
  const center = () => {
    program.run("sample");
    const values = Array.from(program.view(samples));
    return [0, 1].map((axis) => values.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b, 0) / 500);
  };
  return { program, own, other, center };
}

describe.each([
  { kind: "standard" },
  { kind: "standard-penalty", weight: 0.1 },
  { kind: "saturating" },
  { kind: "least-squares" },
  { kind: "wasserstein-penalty", weight: 1 },
  { kind: "wasserstein-clipping", limit: 0.1 },
] as const)("GAN, $kind", (objective) => {
  it("moves the generator's points to the real ones, and each step trains one side only", () => {
    const { program, own, other, center } = build(objective);
    const valuesOf = (parameters: Parameters) =>
      parameters.all.flatMap((tensor) => [...program.view(tensor)]);
    const [generatorBefore, discriminatorBefore] = [valuesOf(own), valuesOf(other)];
    program.run("discriminator");
    expect(valuesOf(own)).toEqual(generatorBefore);
    expect(valuesOf(other)).not.toEqual(discriminatorBefore);
    const between = valuesOf(other);
    program.run("generator");
    expect(valuesOf(other)).toEqual(between);
    expect(valuesOf(own)).not.toEqual(generatorBefore);
    const distance = () => Math.hypot(center()[0]! - 3, center()[1]! + 1);
    const before = distance();
    const turns = objective.kind.startsWith("wasserstein") ? 3 : 1;
    for (let round = 0; round < 500; round++) {
      expect(program.run("discriminator", turns)).toBe(turns);
      expect(program.run("generator")).toBe(1);
    }
    expect(before).toBeGreaterThan(2);
    expect(distance()).toBeLessThan(0.7);
    if (objective.kind === "wasserstein-clipping") {
      expect(Math.max(...valuesOf(other).map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.1));
    }
  });
});
