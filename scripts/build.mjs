/** Builds the site into `dist/`, unless it holds exactly this build already. Plain Node 20. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem, ROOT, run } from "./bootstrap.mjs";
import { normalizeBase } from "./serve.mjs";

/** Everything a page is made of. `public/fonts` is itself made by the build. */
const SOURCES = [
  "astro.config.ts",
  "content",
  "package-lock.json",
  "package.json",
  "public",
  "scripts/fonts.ts",
  "src",
  "tsconfig.json",
];
const GENERATED = "public/fonts";

export const distFolder = (root = ROOT) => join(root, "dist");

/** Lies in `dist/`, so that whatever else empties or rebuilds the folder takes it away. */
const stampFile = (root) => join(distFolder(root), ".gipi-build");

/**
 * @param {{ root?: string, base?: string, force?: boolean, say?: (line: string) => void }} options `base`: as in
 *   `BASE=`; `force`: builds even when nothing changed
 * @returns {Promise<"built" | "kept">}
 * @throws {Problem} when `dist/` cannot be written, or when the build fails; its output is shown then
 */
export async function buildSite({ root = ROOT, base = "", force = false, say = console.log } = {}) {
  const wanted = fingerprint(root, normalizeBase(base));
  const stamp = stampFile(root);
  const current = existsSync(stamp) && existsSync(join(distFolder(root), "index.html"));
  if (!force && current && readFileSync(stamp, "utf8") === wanted) return "kept";
  requireWritable(root);
  say("페이지를 만듭니다. 30초쯤 걸립니다.");
  const env = { BASE: base };
  const { code, output } = await run("npm", ["run", "build", "--loglevel=error"], { root, env, quiet: true });
  if (code !== 0)
    throw new Problem(`${output.trimEnd()}\n\n페이지를 만들지 못했습니다. 까닭은 위에 있습니다.`);
  writeFileSync(stamp, wanted);
  return "built";
}

function requireWritable(root) {
  const folder = distFolder(root);
  const probe = join(folder, ".gipi-probe");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
    rmSync(stampFile(root), { force: true });
  } catch (error) {
    throw new Problem(
      `${folder} 폴더에 쓸 수 없습니다 (${error.code}). 폴더의 권한과 남은 공간을 확인해 주십시오.`,
    );
  }
}

/** Changes with any byte or name of the sources and with the base path. */
export function fingerprint(root, base) {
  const hash = createHash("sha256").update(base);
  for (const source of SOURCES) addToHash(hash, root, source);
  return hash.digest("hex");
}

function addToHash(hash, root, name) {
  const path = join(root, name);
  if (name === GENERATED || !existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const inner of readdirSync(path).sort()) addToHash(hash, root, `${name}/${inner}`);
  } else {
    hash.update(`\0${name}\0`).update(readFileSync(path));
  }
}
