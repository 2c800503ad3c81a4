/** The two networks as one graph, compiled: a step of each, and what is looked at between steps. */
import { CLOUD_EXTENT } from "../../data/clouds.ts";
import { lattice } from "../../data/features.ts";
import { gradients } from "../../engine/gradient.ts";
import { Graph, type Tensor } from "../../engine/graph.ts";
import { multiply, negate } from "../../engine/ops/arithmetic.ts";
import { gather } from "../../engine/ops/gather.ts";
import { createProgram, type Program } from "../../engine/program.ts";
import { Random } from "../../engine/random.ts";
import { buildGan, type GanObjective, generatorLoss } from "../../nn/gan.ts";
import { type Initialiser, xavier } from "../../nn/initialisers.ts";
import { denseLayer } from "../../nn/layers.ts";
import { Noise } from "../../nn/noise.ts";
import { adamForGan, sgd } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";
import type { GanState } from "./state.ts";

/** Points drawn of each side. */
export const SAMPLES = 400;
/** Lattice points along one side of the map. */
export const MAP = 40;
/** The map reaches beyond the clouds: the generator may stray. */
export const MAP_EXTENT = 1.3 * CLOUD_EXTENT;
/** Lines of the noise lattice each way, and how far it reaches in deviations. */
export const MANIFOLD = 17;
const MANIFOLD_EXTENT = 2.2;
const BATCH = 128;

export interface GanNetworkConfig {
  readonly objective: GanState["objective"];
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly optimizer: "adam" | "sgd";
  readonly latent: number;
  readonly seed: number;
}

export type Side = "generator" | "discriminator";

const OBJECTIVES: Readonly<Record<GanState["objective"], GanObjective>> = {
  standard: { kind: "standard" },
  saturating: { kind: "saturating" },
  "least-squares": { kind: "least-squares" },
  // In two dimensions a weight of 1 holds the slope; the paper's 10 is for pictures.
  "wasserstein-penalty": { kind: "wasserstein-penalty", weight: 1 },
};

export function buildGanNetwork(config: GanNetworkConfig, real: Float32Array) {
  const graph = buildGraph(config, real.length / 2);
  const { generatorStep, discriminatorStep } = graph.gan;
  const program = createProgram(graph.graph, {
    generator: generatorStep,
    discriminator: discriminatorStep,
    look: { outputs: Object.values(graph.seen), compact: true },
  });
  initialize(config, graph, program, real);
  return new GanNetwork(graph, program);
}

type Built = ReturnType<typeof buildGraph>;

function buildGraph(config: GanNetworkConfig, realCount: number) {
  const graph = new Graph();
  const own = { generator: new Parameters(graph), discriminator: new Parameters(graph) };
  const noise = new Noise(graph, config.seed);
  const dataset = graph.input("real points", [realCount, 2]);
  const [generatorRate, discriminatorRate] = [
    graph.input("generator rate", []),
    graph.input("discriminator rate", []),
  ];
  const generator = network(own.generator, "generator", [config.latent, ...config.generator, 2]);
  const discriminator = network(own.discriminator, "discriminator", [2, ...config.discriminator, 1]);
  const objective = OBJECTIVES[config.objective];
  const gan = buildGan({
    ...{ graph, noise, objective, generator, discriminator, latent: config.latent },
    ...{ generatorRate, discriminatorRate },
    real: gather(dataset, noise.indices([BATCH], realCount)),
    generatorParameters: own.generator.all,
    discriminatorParameters: own.discriminator.all,
    optimizer: config.optimizer === "adam" ? adamForGan : sgd,
  });
  const fixedNoise = graph.input("noise shown", [SAMPLES, config.latent]);
  const noiseLattice = graph.input("noise lattice", [MANIFOLD * MANIFOLD, config.latent]);
  const map = graph.input("map points", [MAP * MAP, 2]);
  const realShown = graph.input("real points shown", [SAMPLES, 2]);
  const samples = generator(fixedNoise);
  const fakeScores = discriminator(samples);
  const [slope] = gradients(multiply(generatorLoss(objective, fakeScores), SAMPLES), [samples]);
  const seen = {
    ...{ samples, fakeScores, arrows: negate(slope!), map: discriminator(map) },
    ...{ realScores: discriminator(realShown), manifold: generator(noiseLattice) },
  };
  return {
    ...{ graph, own, dataset, generatorRate, discriminatorRate, gan, seen },
    inputs: { fixedNoise, noiseLattice, map, realShown },
  };
}

/** The generator begins with a small heap in the middle, so that all of it is in the picture. */
const small: Initialiser = (...fans) => xavier(...fans).map((value) => 0.4 * value);

/** Leaky ReLU inside, so that neither side's slopes die out; the last layer is linear. */
function network(parameters: Parameters, name: Side, widths: readonly number[]) {
  const layers = widths.slice(1).map((outputs, i) => {
    const last = i === widths.length - 2;
    return denseLayer(parameters, `${name} layer ${i + 1}`, {
      ...{ inputs: widths[i]!, outputs, activation: last ? "linear" : "leaky-relu" },
      ...(last && name === "generator" ? { initialiser: small } : {}),
    });
  });
  return (x: Tensor) => layers.reduce((h, layer) => layer(h), x);
}

function initialize(
  { seed, latent }: GanNetworkConfig,
  { own, dataset, inputs }: Built,
  program: Program,
  real: Float32Array,
): void {
  own.generator.initialize(program, 2 * seed);
  own.discriminator.initialize(program, 2 * seed + 1);
  program.write(dataset, real);
  program.write(inputs.realShown, real.subarray(0, 2 * SAMPLES));
  const random = new Random(seed + 77);
  program.write(
    inputs.fixedNoise,
    Float32Array.from({ length: SAMPLES * latent }, () => random.normal()),
  );
  program.write(
    inputs.map,
    lattice(MAP, MAP_EXTENT).flatMap(({ x, y }) => [x, y]),
  );
  // Two of the noise's numbers run over a lattice, the others rest at their mean.
  const cells = lattice(MANIFOLD, MANIFOLD_EXTENT);
  program.write(
    inputs.noiseLattice,
    cells.flatMap(({ x, y }) => Array.from({ length: latent }, (_, i) => (i === 0 ? x : i === 1 ? y : 0))),
  );
}

export class GanNetwork {
  readonly #built: Built;
  readonly #program: Program<Side | "look">;

  constructor(built: Built, program: Program<Side | "look">) {
    this.#built = built;
    this.#program = program;
  }

  setRates(generator: number, discriminator: number): void {
    this.#program.write(this.#built.generatorRate, [generator]);
    this.#program.write(this.#built.discriminatorRate, [discriminator]);
  }

  /** Steps of one side; fewer than asked when a loss was not finite. */
  train(side: Side, steps: number): number {
    return this.#program.run(side, steps);
  }

  firstNonFinite(side: Side): string {
    const node = this.#program.firstNonFinite(side);
    return node ? this.#built.graph.nameOf(node) : side;
  }

  /** What is drawn, computed afresh; copies. */
  look() {
    this.#program.run("look");
    const { seen, gan } = this.#built;
    const copy = (tensor: Tensor) => Float32Array.from(this.#program.view(tensor));
    return {
      samples: copy(seen.samples),
      arrows: copy(seen.arrows),
      map: copy(seen.map),
      fakeScores: copy(seen.fakeScores),
      realScores: copy(seen.realScores),
      manifold: copy(seen.manifold),
      generatorLoss: this.#program.view(gan.generatorLoss)[0]!,
      discriminatorLoss: this.#program.view(gan.discriminatorLoss)[0]!,
    };
  }

  /** Everything training changes: parameters, the optimizers' states, the noise's counter. */
  memory(): Float32Array[] {
    return this.#kept().map((leaf) => Float32Array.from(this.#program.view(leaf)));
  }

  restore(memory: readonly Float32Array[]): void {
    this.#kept().forEach((leaf, i) => {
      this.#program.write(leaf, memory[i]!);
    });
  }

  #kept(): Tensor[] {
    return this.#built.graph.nodes.filter(
      ({ operation }) => operation.name === "parameter" || operation.name === "state",
    );
  }
}
