/**
 * Fashion-MNIST out of the Debian package `dataset-fashion-mnist`, which carries the original files: installed, or
 * fetched with `apt-get download` and unpacked beside the authoring packages, which needs no rights.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Pictures } from "../../src/data/pictures.ts";
import { Problem, ROOT } from "../bootstrap.mjs";
import { readIdx } from "./idx.ts";

const PACKAGE = "dataset-fashion-mnist";
const INSTALLED = "/usr/share/datasets/fashion-mnist";
const CACHE = join(ROOT, "authoring", "node_modules", ".debian");

/** @throws Problem when the package is neither installed nor to be had. */
export function loadClothing(part: "train" | "test"): Pictures {
  const folder = findFolder();
  const prefix = part === "train" ? "train" : "t10k";
  const read = (name: string) => readIdx(gunzipSync(readFileSync(join(folder, name))));
  const { shape, values } = read(`${prefix}-images-idx3-ubyte.gz`);
  return {
    rows: shape[1]!,
    columns: shape[2]!,
    pixels: values,
    labels: read(`${prefix}-labels-idx1-ubyte.gz`).values,
  };
}

function findFolder(): string {
  if (existsSync(INSTALLED)) return INSTALLED;
  const unpacked = join(CACHE, INSTALLED);
  if (!existsSync(unpacked)) unpack();
  return unpacked;
}

function unpack(): void {
  mkdirSync(CACHE, { recursive: true });
  const options = { cwd: CACHE, encoding: "utf8" } as const;
  const fetched = spawnSync("apt-get", ["download", PACKAGE], options);
  const file = readdirSync(CACHE).find((name) => name.startsWith(PACKAGE) && name.endsWith(".deb"));
  const isUnpacked = file !== undefined && spawnSync("dpkg-deb", ["-x", file, "."], options).status === 0;
  if (!isUnpacked) {
    throw new Problem(
      `옷 사진을 받지 못했습니다. 데비안에서 apt-get install ${PACKAGE}을 실행해 주십시오. (${fetched.stderr ?? ""})`,
    );
  }
}
