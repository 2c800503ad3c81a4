/** `npm test`: every check of the project, counted. Plain Node 20, because nothing is installed yet. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, ROOT, run, runMain } from "./bootstrap.mjs";
import { buildSite } from "./build.mjs";
import { countTests } from "./count-tests.mjs";
import { ensureChromium } from "./ensure-chromium.mjs";

/** A stage that takes longer hangs. */
const STAGE_LIMIT = 6 * 60_000;

const reports = mkdtempSync(join(tmpdir(), "gipi-test-"));

/** A check that passes or fails as one. */
const whole = (command, args) => async () => {
  const { code, timedOut } = await run(command, args, { limit: STAGE_LIMIT });
  if (timedOut) console.error(`${command}: no end after ${STAGE_LIMIT / 60_000} minutes`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

const tests = (project) => async () => {
  const file = join(reports, `${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const { code, timedOut } = await run("vitest", args, { limit: STAGE_LIMIT });
  if (timedOut) console.error(`${project} tests: no end after ${STAGE_LIMIT / 60_000} minutes`);
  return countTests(readReport(file), code);
};

/** One turn after the other; what shares a turn runs side by side, because it keeps one core busy at most. */
const TURNS = [
  [["format and lint", whole("biome", ["check", "."])]],
  [["unit tests", tests("unit")]],
  [
    ["types", whole("astro", ["check"])],
    ["browser tests", tests("browser")],
  ],
  // Apart from the types: both write the folder .astro.
  [["build", build]],
  [["end-to-end tests", tests("e2e")]],
];

await runMain(async () => {
  const total = { passed: 0, failed: 0 };
  const summary = [];
  try {
    await ensureInstalled(ROOT);
    await ensureChromium();
    for (const turn of TURNS) {
      console.log(`\n── ${turn.map(([name]) => name).join(", ")}`);
      for (const result of await Promise.all(turn.map(timed))) {
        total.passed += result.passed;
        total.failed += result.failed;
        summary.push(result.line);
      }
    }
  } catch (error) {
    total.failed += crashed(error).failed;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  console.log(`\n${summary.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {[string, () => Promise<{ passed: number, failed: number }>]} stage */
async function timed([name, stage]) {
  const started = Date.now();
  const { passed, failed } = await stage().catch(crashed);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`;
  return { passed, failed, line };
}

async function build() {
  await buildSite({ force: true, say: () => {} });
  return { passed: 1, failed: 0 };
}

function crashed(error) {
  console.error(error instanceof Error ? error.message : error);
  return { passed: 0, failed: 1 };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
