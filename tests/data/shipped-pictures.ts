/** The pictures of `public/data`, read from the disk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatasetId } from "../../src/data/datasets.ts";
import { loadPictures } from "../../src/models/load-pictures.ts";

const FOLDER = join(import.meta.dirname, "../../public/data");

export function shippedPictures(id: DatasetId) {
  const file = readFileSync(join(FOLDER, `${id}.bin`));
  return loadPictures(id, { base: "/", fetch: () => Promise.resolve(new Response(file)) });
}
