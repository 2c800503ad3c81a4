import { readFileSync } from "node:fs";
import { type PictureSets, unpackPictures } from "../../../src/data/packed.ts";
import { pickPictures } from "../../../src/data/pictures.ts";

/** The first pictures of the file the page loads. */
export async function fewDigits(train: number, test: number): Promise<PictureSets> {
  const file = readFileSync(new URL("../../../public/data/digits.bin", import.meta.url));
  const sets = await unpackPictures(new Uint8Array(file));
  const first = (count: number) => Array.from({ length: count }, (_, i) => i);
  return { train: pickPictures(sets.train, first(train)), test: pickPictures(sets.test, first(test)) };
}
