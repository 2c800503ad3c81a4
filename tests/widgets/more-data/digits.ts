import { readFileSync } from "node:fs";
import { unpackPictures } from "../../../src/data/packed.ts";

/** The pictures as the page loads them. */
export const loadDigits = () =>
  unpackPictures(new Uint8Array(readFileSync(new URL("../../../public/data/digits.bin", import.meta.url))));
