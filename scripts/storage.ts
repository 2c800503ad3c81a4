/**
 * `npm run storage`: what smaller weights cost. Trains two networks for MNIST and a small GPT for the course's own
 * texts, from a seed, writes each as ONNX with 32-, 16- and 8-bit weights, reads the files back and measures them on
 * data that was not trained on. Prints the table of ENGINE.md. About two minutes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Pictures, pickPictures } from "../src/data/pictures.ts";
import type { Tensor } from "../src/engine/graph.ts";
import { createProgram, type Program } from "../src/engine/program.ts";
import { Random } from "../src/engine/random.ts";
import { type CnnConfig, createCnn } from "../src/nn/cnn.ts";
import { Gpt } from "../src/nn/gpt.ts";
import { exportOnnx } from "../src/onnx/export.ts";
import { importOnnx } from "../src/onnx/import.ts";
import type { WeightStorage } from "../src/onnx/weights.ts";
import { ROOT, runMain } from "./bootstrap.mjs";
import { ensureAuthoring } from "./data/authoring.ts";
import { loadDigits } from "./data/digits.ts";

const STORAGES: readonly WeightStorage[] = ["float32", "float16", "int8"];
const SEED = 1;
const [TRAINED, BATCH] = [20_000, 50];

/** A trained network as graph, and how to score its file. */
interface Trained {
  readonly name: string;
  readonly forward: {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly outputs: Readonly<Record<string, Tensor>>;
    values(leaf: Tensor): ArrayLike<number>;
  };
  /** @param run the file's outputs for a batch of inputs. */
  score(run: (inputs: ArrayLike<number>) => Float32Array): string;
}

const picturesOf = ({ pixels }: Pictures) => Float32Array.from(pixels, (value) => value / 255);

function classifier(
  name: string,
  change: Pick<CnnConfig, "blocks" | "hidden"> & Partial<CnnConfig>,
): Trained {
  const all = loadDigits("train");
  const train = pickPictures(all, new Random(SEED).shuffle(Array.from({ length: TRAINED }, (_, i) => i)));
  const test = loadDigits("test");
  const cnn = createCnn({
    image: { channels: 1, rows: 28, columns: 28 },
    ...{ classes: 10, activation: "relu", optimizer: "adam", batchSize: BATCH, seed: SEED },
    ...{ trainCount: TRAINED, testCount: BATCH },
    ...change,
  });
  cnn.setData("train", picturesOf(train), train.labels);
  cnn.step((4 * TRAINED) / BATCH, { learningRate: 1e-3 });
  cnn.step((2 * TRAINED) / BATCH, { learningRate: 2e-4 });
  const images = picturesOf(test);
  return {
    name: `${name}, ${cnn.parameterCount.toLocaleString("en-US")} parameters`,
    forward: cnn.forward,
    score: (run) => {
      let right = 0;
      for (let at = 0; at < test.labels.length; at += BATCH) {
        const logits = run(images.subarray(at * 784, (at + BATCH) * 784));
        for (let i = 0; i < BATCH; i++) {
          const row = logits.subarray(10 * i, 10 * i + 10);
          if (row.indexOf(Math.max(...row)) === test.labels[at + i]) right++;
        }
      }
      return `${((100 * right) / test.labels.length).toFixed(2)}% right`;
    },
  };
}

/** The lessons' text, syllables taken apart into their letters (NFD). */
function corpus(): { readonly tokens: Int32Array; readonly vocabulary: number } {
  const folder = join(ROOT, "content", "lessons");
  const text = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n")
    .normalize("NFD");
  const letters = [...new Set(text)].sort();
  const numbers = new Map(letters.map((letter, i) => [letter, i]));
  return { tokens: Int32Array.from(text, (letter) => numbers.get(letter)!), vocabulary: letters.length };
}

function language(): Trained {
  const { tokens, vocabulary } = corpus();
  const [batch, context] = [8, 64];
  const kept = Math.floor(0.9 * tokens.length);
  const gpt = new Gpt(
    { vocabulary, context, width: 64, layers: 2, heads: 4, tied: false, seed: SEED },
    { train: { batch: 16, text: kept }, infer: { batch } },
  );
  gpt.setText(tokens.subarray(0, kept));
  gpt.step(1500, 2e-3);
  gpt.step(500, 5e-4);
  return {
    name: `GPT of two blocks, ${gpt.parameters.count.toLocaleString("en-US")} parameters`,
    forward: gpt.forward,
    score: (run) => {
      let [loss, count] = [0, 0];
      for (let at = kept; at + batch * context < tokens.length; at += batch * context) {
        const logits = run(tokens.subarray(at, at + batch * context));
        for (let i = 0; i < batch * context; i++) {
          const row = logits.subarray(i * vocabulary, (i + 1) * vocabulary);
          const largest = Math.max(...row);
          const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
          loss += largest + Math.log(total) - row[tokens[at + i + 1]!]!;
          count++;
        }
      }
      return `${(loss / count).toFixed(4)} nats a letter`;
    },
  };
}

/** The file read back, ready to run. */
function reader(bytes: Uint8Array): (inputs: ArrayLike<number>) => Float32Array {
  const { graph, inputs, outputs, values } = importOnnx(bytes);
  const [input, output] = [[...inputs.values()][0]!, [...outputs.values()][0]!];
  const program: Program = createProgram(graph, { run: { outputs: [output] } });
  for (const [leaf, data] of values) program.write(leaf, data);
  return (given) => {
    program.write(input, given);
    program.run("run");
    return program.view(output) as Float32Array;
  };
}

await runMain(async () => {
  await ensureAuthoring();
  console.log("| network | weights | file | on new data |\n| --- | --- | --- | --- |");
  const networks: readonly (() => Trained)[] = [
    () => classifier("784-128-10", { blocks: [], hidden: [128] }),
    () =>
      classifier("convolutions of 8 and 16 filters, batch normalisation", {
        ...{ hidden: [], batchNorm: true },
        blocks: [
          { channels: 8, window: 5, pool: 2 },
          { channels: 16, window: 5, pool: 2 },
        ],
      }),
    language,
  ];
  for (const make of networks) {
    const { name, forward, score } = make();
    for (const weights of STORAGES) {
      const { inputs, outputs, values } = forward;
      const { bytes } = exportOnnx({ inputs, outputs, values, weights, batch: "fixed" });
      const size = `${(bytes.length / 1000).toFixed(0)} kB`;
      console.log(
        `| ${weights === STORAGES[0] ? name : ""} | ${weights} | ${size} | ${score(reader(bytes))} |`,
      );
    }
  }
  return 0;
});
