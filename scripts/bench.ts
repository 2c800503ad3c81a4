/** `npm run bench`: measures the engine beside its peers in one Chromium run and prints the table. */
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright";
import { createViteServer } from "vitest/node";
import type { Measured } from "../benchmarks/training.ts";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";

declare global {
  var measureTraining: (batchSize: number) => Measured[];
}

const root = fileURLToPath(new URL("..", import.meta.url));
const executablePath = findChromium();
const server = await createViteServer({ root, configFile: false, server: { port: 0 }, logLevel: "error" });
await server.listen();
const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath && { executablePath }) });
try {
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}benchmarks/index.html`);
  await page.waitForFunction(() => "measureTraining" in globalThis);
  console.log(`Chromium ${browser.version()}, one thread; medians of rounds that take turns.`);
  for (const batchSize of [10, 200]) await report(page, batchSize);
} finally {
  await browser.close();
  await server.close();
}

async function report(page: Page, batchSize: number) {
  const measured = await page.evaluate((size) => globalThis.measureTraining(size), batchSize);
  const ours = measured[0]!;
  console.log(`\nTraining step of 2-8-8-1, tanh, mean squared error, SGD, batch ${batchSize}`);
  for (const { name, stepsPerSecond, lossAfterCheck } of measured) {
    const rate = Math.round(stepsPerSecond).toLocaleString("en-US").padStart(11);
    const ratio = `ours is ${(ours.stepsPerSecond / stepsPerSecond).toFixed(1)}×`.padStart(16);
    const loss = `loss after 400 steps ${lossAfterCheck.toFixed(5)}`;
    console.log(`${name.padEnd(32)}${rate} steps/s ${ratio}   ${loss}`);
  }
}
