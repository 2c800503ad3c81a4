/**
 * `npm run sample-data -- <dataset>…`: writes `public/data/<dataset>.bin`, the pictures that a page may load, and their
 * sizes into `src/data/shipped.json`. Without a name: all of them.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DATASETS, type DatasetId } from "../src/data/datasets.ts";
import { crc32, packPictures } from "../src/data/packed.ts";
import { type Pictures, pickPictures } from "../src/data/pictures.ts";
import { Random } from "../src/engine/random.ts";
import { Problem, ROOT, runMain } from "./bootstrap.mjs";
import { ensureAuthoring } from "./data/authoring.ts";
import { loadClothing } from "./data/clothing.ts";
import { loadDigits } from "./data/digits.ts";
import { loadDoodles } from "./data/doodles.ts";
import { loadJamo } from "./data/jamo.ts";

/** How many pictures of each part are shipped: enough for what the widgets do, few enough for a phone. */
const SAMPLES: Readonly<
  Record<DatasetId, { train: number; test: number; load: (part: "train" | "test") => Pictures }>
> = {
  digits: { train: 10_000, test: 2_000, load: loadDigits },
  jamo: { train: 2_400, test: 1_200, load: (part) => loadJamo(part, 4_800) },
  doodles: { train: 1_600, test: 800, load: loadDoodles },
  clothing: { train: 0, test: 1_500, load: loadClothing },
};

const SEED = 7;
const LIST = join(ROOT, "src", "data", "shipped.json");

await runMain(async () => {
  await ensureAuthoring();
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(SAMPLES, name));
  if (unknown)
    throw new Problem(
      `모르는 데이터입니다: ${unknown}. ${Object.keys(SAMPLES).join(", ")} 가운데 고르십시오.`,
    );
  const list = JSON.parse(readFileSync(LIST, "utf8")) as Record<string, object>;
  for (const { id } of Object.values(DATASETS)) {
    if (names.length > 0 && !names.includes(id)) continue;
    const { train, test, load } = SAMPLES[id];
    const sets = { train: drawn(load("train"), train), test: drawn(load("test"), test) };
    const bytes = await packPictures(sets);
    mkdirSync(join(ROOT, "public", "data"), { recursive: true });
    writeFileSync(join(ROOT, "public", "data", `${id}.bin`), bytes);
    list[id] = { bytes: bytes.length, train, test, checksum: crc32(bytes) };
    console.log(`${id}: ${bytes.length} bytes`);
  }
  writeFileSync(LIST, `${JSON.stringify(list, null, 2)}\n`);
});

/** As many of each class, drawn at random and mixed. */
function drawn(pictures: Pictures, count: number): Pictures {
  const random = new Random(SEED);
  const order = random.shuffle(Int32Array.from(pictures.labels, (_, i) => i));
  const classes = Math.max(...pictures.labels) + 1;
  const left = new Array<number>(classes).fill(Math.ceil(count / classes));
  const chosen = order.filter((index) => left[pictures.labels[index]!]!-- > 0);
  return pickPictures(pictures, chosen.subarray(0, count));
}
