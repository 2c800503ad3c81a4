/**
 * `npm run photographs`: writes `public/data/photographs.bin`, the photographs of `src/data/photographs.ts`, one byte a
 * pixel. Chromium decodes and reduces them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { PHOTOGRAPH_SIDE, PHOTOGRAPHS } from "../src/data/photographs.ts";
import { ROOT, runMain } from "./bootstrap.mjs";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";
import { ensureAuthoring, packageFolder } from "./data/authoring.ts";

await runMain(async () => {
  await ensureAuthoring();
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: CHROMIUM_FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const page = await browser.newPage();
  const parts: Uint8Array[] = [];
  for (const { source, crop } of PHOTOGRAPHS) {
    const file = readFileSync(join(packageFolder(source), "data", "image.jpg")).toString("base64");
    const grey = await page.evaluate(reduce, { file, crop, side: PHOTOGRAPH_SIDE });
    parts.push(Uint8Array.from(grey));
  }
  await browser.close();
  const path = join(ROOT, "public", "data", "photographs.bin");
  writeFileSync(path, Buffer.concat(parts));
  console.log(`${path}: ${parts.length} photographs, ${PHOTOGRAPH_SIDE} × ${PHOTOGRAPH_SIDE}`);
});

interface Reduction {
  readonly file: string;
  readonly crop: readonly [left: number, top: number, side: number];
  readonly side: number;
}

/** Runs in the page: brightness (Rec. 709) of a square of the photograph, stretched to the whole range. */
async function reduce({ file, crop: [left, top, extent], side }: Reduction): Promise<number[]> {
  const image = new Image();
  image.src = `data:image/jpeg;base64,${file}`;
  await image.decode();
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, left, top, extent, extent, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const grey = Array.from({ length: side * side }, (_, i) => {
    const [red, green, blue] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  const low = Math.min(...grey);
  const range = Math.max(...grey) - low;
  return grey.map((value) => Math.round((255 * (value - low)) / range));
}
