/** A Chromium for the tests: the one this machine has, else Debian's where we may install it. */
import { existsSync } from "node:fs";
import { Problem, run } from "./bootstrap.mjs";
import { findChromium } from "./chromium.mjs";

const INSTALL = ["install", "-y", "--no-install-recommends", "chromium"];

/**
 * To be called once the packages are installed.
 *
 * @throws {Problem} naming the command to run, when there is none and none can be installed from here
 */
export async function ensureChromium() {
  const found = findChromium() ?? (await playwrightChromium());
  if (found !== undefined) {
    if (existsSync(found)) return;
    throw new Problem(`CHROME_PATH=${found}: there is no such file.`);
  }
  if (process.getuid?.() === 0 && (await aptInstall()) && findChromium() !== undefined) return;
  throw new Problem(
    [
      "The tests need Chromium or Chrome, and none was found. Run one of these, then `npm test` again:",
      "  sudo apt-get update && sudo apt-get install -y chromium",
      "  npx playwright install --with-deps chromium",
      "or name an installed one: CHROME_PATH=/path/to/chrome npm test",
    ].join("\n"),
  );
}

async function playwrightChromium() {
  const { chromium } = await import("playwright");
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** The package lists of a fresh container are empty, hence the second attempt after an update. */
async function aptInstall() {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const apt = async (args) => (await run("apt-get", ["-q", ...args], { env })).code === 0;
  return (await apt(INSTALL)) || ((await apt(["update"])) && (await apt(INSTALL)));
}
