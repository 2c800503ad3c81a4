/**
 * Cuts Pretendard to the characters the course really uses and writes it into `public/fonts/`. Does nothing
 * when those characters are the ones of the last run. Answer inputs use the system's font: learners type any
 * syllable.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import subsetFont from "subset-font";

const root = join(import.meta.dirname, "..");
const out = join(root, "public/fonts");
const target = join(out, "pretendard.woff2");
const stamp = join(out, ".characters");
const TEXTS = new Set([".astro", ".json", ".mdx", ".ts", ".tsx", ".yaml"]);
const ALWAYS = " ·…—–‘’“”「」『』×÷±≈≠≤≥→←↑↓−²³₀₁₂∂√∞✓%°";
/** Beside the font, so that its address is right below any base path. */
const FACE = `@font-face {
  font-family: "Pretendard Variable";
  src: url("pretendard.woff2") format("woff2");
  font-weight: 400 700;
  font-display: swap;
}
`;
const MAX_BYTES = 250_000;

function characters(): string {
  const found = new Set(ALWAYS);
  for (let code = 0x20; code < 0x7f; code += 1) found.add(String.fromCharCode(code));
  for (const folder of ["content", "src", "public/models"]) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((name) => TEXTS.has(extname(name)))) {
      for (const character of readFileSync(join(root, folder, name), "utf8")) found.add(character);
    }
  }
  return [...found]
    .filter((character) => character >= " ")
    .sort()
    .join("");
}

const wanted = characters();
const hash = createHash("sha256")
  .update(wanted)
  .update(readFileSync(import.meta.filename))
  .digest("hex");
if (!existsSync(target) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash) {
  const folder = dirname(createRequire(import.meta.url).resolve("pretendard/package.json"));
  const source = readFileSync(join(folder, "dist/web/variable/woff2/PretendardVariable.woff2"));
  const font = await subsetFont(source, wanted, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 700, default: 400 } },
    keepFeatures: ["kern", "tnum", "calt", "ccmp", "mark", "mkmk", "locl"],
    noHinting: true,
  });
  if (font.length > MAX_BYTES) {
    throw new Error(`the cut font has ${font.length} bytes, more than ${MAX_BYTES}`);
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(target, font);
  writeFileSync(join(out, "LICENSE.txt"), readFileSync(join(folder, "dist/LICENSE.txt")));
  writeFileSync(join(out, "pretendard.css"), FACE);
  writeFileSync(stamp, hash);
  console.log(`fonts: ${[...wanted].length} characters, ${Math.round(font.length / 1000)} kB`);
}
