/**
 * `npm run bench`: measures the engine beside its peers in one Chromium run and prints the tables.
 *
 *   npm run bench -- --only cnn-mnist --only gemm-512    some workloads
 *   npm run bench -- --json FILE                         also writes {machine, versions, rows, unable, measures}
 *   npm run bench -- --rounds 11 --turn 500              more turns of each contestant, longer ones (milliseconds)
 *
 * The peers are packages of `benchmarks/`, installed here at the first run. The page is built with Vite and served
 * from this machine; a request that leaves it ends the run with an error.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright";
import { build, preview } from "vite";
import type { Contest } from "../benchmarks/contest.ts";
import type { Measures } from "../benchmarks/measures.ts";
import type { Row } from "../src/lab/speed/measure.ts";
import { TWO_THREADS_PEER } from "../src/lab/speed/two-threads.ts";
import { isWorkloadName, WORKLOADS, type WorkloadName } from "../src/lab/speed/workloads.ts";
import { formatContest, formatMeasures } from "./bench-report.ts";
import { workerSizes } from "./bench-size.ts";
import { ensureInstalled, ROOT, runMain } from "./bootstrap.mjs";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";

declare global {
  var contest: (name: WorkloadName, pace: { rounds: number; turn: number }) => Promise<Contest>;
  var takeMeasures: () => Measures;
}

const FOLDER = join(ROOT, "benchmarks");
const BUILT = join(FOLDER, "node_modules", ".page");
const PEERS = ["@tensorflow/tfjs", "@jax-js/jax", "convnetjs", "onnxruntime-web"];

/** Makes the page cross-origin isolated: without it there is no second thread. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

interface Options {
  readonly only: readonly WorkloadName[];
  readonly json: string | undefined;
  readonly rounds: number;
  readonly turn: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      json: { type: "string" },
      rounds: { type: "string", default: "7" },
      turn: { type: "string", default: "300" },
    },
  });
  const all = Object.keys(WORKLOADS);
  const only = (values.only ?? all).filter((name) => {
    if (isWorkloadName(name)) return true;
    throw new Error(`no workload “${name}”; there are ${all.join(", ")}`);
  }) as WorkloadName[];
  return { only, json: values.json, rounds: Number(values.rounds), turn: Number(values.turn) };
}

async function main(): Promise<number> {
  const options = readOptions();
  await ensureInstalled(FOLDER);
  const config = { root: FOLDER, configFile: false, logLevel: "error" } as const;
  await build({
    ...{ ...config, worker: { format: "es" } },
    build: { outDir: BUILT, emptyOutDir: true, assetsInlineLimit: 0, target: "esnext", minify: true },
  });
  const server = await preview({
    ...config,
    build: { outDir: BUILT },
    preview: { port: 0, headers: ISOLATION },
  });
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath && { executablePath }) });
  try {
    await report(browser, server.resolvedUrls!.local[0]!, options);
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

async function report(browser: Browser, address: string, { only, json, rounds, turn }: Options) {
  const machine = {
    ...{ processor: cpus()[0]?.model ?? "unknown", cores: availableParallelism() },
    ...{ memoryGiB: Math.round(totalmem() / 2 ** 30), system: `${process.platform} ${process.arch}` },
    ...{ date: new Date().toISOString(), threads: 1 },
  };
  const versions = { chromium: browser.version(), ...Object.fromEntries(PEERS.map(versionOf)) };
  console.log(
    `${machine.date} · ${machine.processor}, one thread (${TWO_THREADS_PEER}: two) · Chromium ${versions.chromium}`,
  );
  console.log(
    `Medians of ${rounds} turns of ${turn} ms that take turns; slowest and fastest turn beside them.`,
  );
  const page = await openPage(browser, address);
  const rows: Row[] = [];
  const unable: { workload: string; peer: string; reason: string }[] = [];
  for (const name of only) {
    const result = await page.evaluate(([workload, pace]) => globalThis.contest(workload, pace), [
      name,
      { rounds, turn },
    ] as const);
    rows.push(...result.rows);
    unable.push(...result.unable.map((entry) => ({ workload: name, ...entry })));
    console.log(`\n${formatContest(name, result)}`);
  }
  const measures = {
    ...(await page.evaluate(() => globalThis.takeMeasures())),
    workers: await workerSizes(),
  };
  console.log(`\n${formatMeasures(measures)}`);
  if (json)
    writeFileSync(json, `${JSON.stringify({ machine, versions, rows, unable, measures }, null, 2)}\n`);
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  const { origin } = new URL(address);
  await page.route("**", (route) => {
    const { protocol, origin: asked } = new URL(route.request().url());
    const isOurs = asked === origin || protocol === "data:" || protocol === "blob:";
    if (!isOurs) console.error(`refused: ${route.request().url()}`);
    return isOurs ? route.continue() : route.abort();
  });
  await page.goto(address);
  await page.waitForFunction(() => "contest" in globalThis && "takeMeasures" in globalThis);
  return page;
}

function versionOf(name: string): [string, string] {
  for (const folder of [FOLDER, ROOT]) {
    try {
      const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
      return [name, (JSON.parse(text) as { version: string }).version];
    } catch {
      // It is a package of the project itself, then.
    }
  }
  return [name, "unknown"];
}

await runMain(main);
