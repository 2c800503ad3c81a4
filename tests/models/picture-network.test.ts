import { expect, test } from "vitest";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { type ExampleSource, trainClassifier } from "../../src/models/classifier-trainer.ts";
import { describeNetwork, exportClassifier } from "../../src/models/export-classifier.ts";
import {
  buildPictureNetwork,
  foldNormalization,
  type PictureNetworkConfig,
  parameterCount,
} from "../../src/models/picture-network.ts";

const CONFIG: PictureNetworkConfig = {
  image: { channels: 1, rows: 8, columns: 8 },
  blocks: [
    { channels: 4, window: 3, pool: 2 },
    { channels: 6, window: 3, pool: 1 },
  ],
  head: "average",
  hidden: [],
  classes: 2,
  batchNorm: true,
  dropout: 0,
};
const RECIPE = { seed: 3, epochs: 4, batchSize: 16, learningRate: 1e-2, weightDecay: 1e-3 };

/** Upright lines are one class, level lines the other. */
const LINES: ExampleSource = {
  count: 512,
  read: (index, target, random) => {
    const place = random.below(8);
    const isUpright = index % 2 === 0;
    target.forEach((_, i) => {
      target[i] = (isUpright ? i % 8 : Math.floor(i / 8)) === place ? 1 : random.uniform(0, 0.3);
    });
    return isUpright ? 1 : 0;
  },
};

const trained = trainClassifier(CONFIG, RECIPE, LINES);

/** Logits of twenty new pictures. */
function logitsOf(
  network: ReturnType<typeof buildPictureNetwork>,
  write: (program: ReturnType<typeof createProgram>) => void,
) {
  const images = network.graph.input("looked at", [20, 1, 8, 8]);
  const logits = network.stages(images).find(({ name }) => name === "logits")!.tensor;
  const program = createProgram(network.graph, { run: { outputs: [logits] } });
  write(program);
  const random = new Random(99);
  const pixels = new Float32Array(20 * 64);
  const labels = Array.from({ length: 20 }, (_, i) =>
    LINES.read(i, pixels.subarray(i * 64, (i + 1) * 64), random),
  );
  program.write(images, pixels);
  program.run("run");
  return { labels, values: Float32Array.from(program.view(logits)) };
}

test("it learns what can be learned: upright from level lines", () => {
  const { network, values } = foldNormalization(trained.network, trained.values);
  const { labels, values: logits } = logitsOf(network, (program) => {
    for (const [leaf, data] of values) program.write(leaf, data);
  });
  expect(labels.map((_, i) => (logits[2 * i + 1]! > logits[2 * i]! ? 1 : 0))).toEqual(labels);
});

test("with the normalisation folded in, the network computes the same", () => {
  const plain = logitsOf(trained.network, (program) => {
    const { layers, parameters } = trained.network;
    const running = layers.flatMap(({ norm }) => (norm ? [norm.runningMean, norm.runningVariance] : []));
    for (const leaf of [...parameters.all, ...running]) program.write(leaf, trained.values(leaf));
  });
  const { network, values } = foldNormalization(trained.network, trained.values);
  const folded = logitsOf(network, (program) => {
    for (const [leaf, data] of values) program.write(leaf, data);
  });
  plain.values.forEach((value, i) => {
    expect(folded.values[i]).toBeCloseTo(value, 4);
  });
});

test("equal seeds give the same file, byte for byte; another seed another", () => {
  const fileOf = (seed: number) =>
    exportClassifier(trainClassifier(CONFIG, { ...RECIPE, seed, epochs: 1 }, LINES), { weights: "float16" })
      .bytes;
  expect(fileOf(3)).toEqual(fileOf(3));
  expect(fileOf(3)).not.toEqual(fileOf(4));
});

test("counts and names its layers", () => {
  const folded = buildPictureNetwork({ ...CONFIG, batchNorm: false });
  // 4·(9 + 1) + 6·(4·9 + 1) + 2·(6 + 1)
  expect(parameterCount(folded)).toBe(40 + 222 + 14);
  expect(describeNetwork(CONFIG)).toEqual([
    "합성곱 3×3, 4채널, ReLU",
    "최대 풀링 2×2",
    "합성곱 3×3, 6채널, ReLU",
    "채널마다 평균",
    "완전 연결층 2개, 소프트맥스",
  ]);
});

test("training that stops being finite ends with an error", () => {
  const broken: ExampleSource = {
    count: 512,
    read: (_, target) => {
      target.fill(Number.NaN);
      return 0;
    },
  };
  expect(() => trainClassifier(CONFIG, { ...RECIPE, epochs: 1 }, broken)).toThrow(/no longer finite/);
});
