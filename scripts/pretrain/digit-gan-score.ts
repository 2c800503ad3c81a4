/** How good the forger's pictures and the detective's verdicts are, computed by onnxruntime from the files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ort from "onnxruntime-web/wasm";
import { energyDistance } from "../../src/data/clouds.ts";
import { type Pictures, writePicture } from "../../src/data/pictures.ts";
import { Random } from "../../src/engine/random.ts";
import type { GanQuality } from "../../src/models/digit-gan-card.ts";
import { LATENT, PIXELS } from "../../src/models/digit-gan-network.ts";
import { noiseVectors } from "../../src/models/digit-gan-trainer.ts";
import { ROOT } from "../bootstrap.mjs";
import { loadDigits } from "../data/digits.ts";
import type { GanBytes } from "./digit-gan-export.ts";

const BATCH = 100;
/** Pictures made, and real ones beside them. */
const SAMPLES = 10_000;
/** The distance goes over all pairs. */
const COMPARED = 2000;
/** A digit is recognised when the network gives it at least this probability. */
const SURE = 0.9;
/** Another noise than any that training has drawn. */
const NOISE_SEED = 20_241;

/** @param untrained a generator that has learned nothing, for comparison. */
export async function measureGan(bytes: GanBytes, untrained: Uint8Array): Promise<GanQuality> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const [train, test] = [loadDigits("train"), loadDigits("test")];
  const classifier = readFileSync(join(ROOT, "public/models/digits.onnx"));
  const make = async (generator: Uint8Array, count: number) => {
    const z = noiseVectors(count, new Random(NOISE_SEED));
    return run(generator, { name: "z", values: z, width: LATENT, shape: [LATENT] }, "image");
  };
  const read = (pictures: Float32Array, output: "probabilities" | "a4") =>
    run(classifier, image(pictures), output);
  const judge = (pictures: Float32Array) => run(bytes.discriminator, image(pictures), "real");
  const fakes = await make(bytes.generator, SAMPLES);
  const reals = firstOf(test, SAMPLES);
  const readings = await read(fakes, "probabilities");
  const features = (pictures: Float32Array) => read(pictures.subarray(0, COMPARED * PIXELS), "a4");
  const tested = await features(reals);
  const distanceTo = async (pictures: Float32Array) => energyDistance(tested, await features(pictures), 64);
  const shares = digitShares(readings);
  return {
    samples: SAMPLES,
    recognised: {
      fake: rounded(shareSure(readings)),
      real: rounded(shareSure(await read(reals, "probabilities"))),
    },
    perDigit: shares.map(rounded),
    evenness: rounded(-shares.reduce((sum, p) => (p > 0 ? sum + p * Math.log(p) : sum), 0) / Math.log(10)),
    distance: {
      fake: rounded(await distanceTo(fakes)),
      real: rounded(await distanceTo(firstOf(train, COMPARED))),
      noise: rounded(await distanceTo(await make(untrained, COMPARED))),
    },
    discriminator: {
      real: rounded(shareOf(await judge(reals), (probability) => probability > 0.5)),
      fake: rounded(shareOf(await judge(fakes), (probability) => probability <= 0.5)),
    },
  };
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
const shareOf = (values: Float32Array, isSo: (value: number) => boolean) =>
  values.filter(isSo).length / values.length;

const shareSure = (probabilities: Float32Array) =>
  rowsOf(probabilities).filter((row) => Math.max(...row) >= SURE).length / (probabilities.length / 10);

function digitShares(probabilities: Float32Array): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const row of rowsOf(probabilities)) counts[row.indexOf(Math.max(...row))]!++;
  return counts.map((count) => count / (probabilities.length / 10));
}

const rowsOf = (probabilities: Float32Array) =>
  Array.from({ length: probabilities.length / 10 }, (_, i) => probabilities.subarray(10 * i, 10 * i + 10));

function firstOf(pictures: Pictures, count: number): Float32Array {
  const values = new Float32Array(count * PIXELS);
  for (let i = 0; i < count; i++) writePicture(pictures, i, values.subarray(i * PIXELS, (i + 1) * PIXELS));
  return values;
}

interface Given {
  readonly name: string;
  readonly values: Float32Array;
  readonly width: number;
  readonly shape: readonly number[];
}

const image = (values: Float32Array): Given => ({ name: "image", values, width: PIXELS, shape: [1, 28, 28] });

async function run(file: Uint8Array, given: Given, output: string): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(file);
  const parts: Float32Array[] = [];
  for (let start = 0; start < given.values.length; start += BATCH * given.width) {
    const values = given.values.slice(start, start + BATCH * given.width);
    const shape = [values.length / given.width, ...given.shape];
    const results = await session.run({ [given.name]: new ort.Tensor("float32", values, shape) }, [output]);
    parts.push(Float32Array.from(results[output]!.data as Float32Array));
  }
  await session.release();
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}
