/**
 * Where the Chromium for the tests is, and how it is started. Plain JavaScript without dependencies, because
 * `scripts/test.mjs` needs it before anything is installed.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Headless, and silent on the network: nothing but the page itself may make a request during a test. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * `CHROME_PATH` when it is set (even if wrong, so that the mistake shows), else the first Chromium or Chrome
 * on the `PATH` or at its usual macOS place.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} `undefined` when this machine has none; playwright's own is then the last hope
 */
export function findChromium(env = process.env) {
  if (env.CHROME_PATH) return env.CHROME_PATH;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find((path) => existsSync(path));
}
