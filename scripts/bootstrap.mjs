/**
 * What `npm start` and `npm test` need before anything is installed: plain Node 20, nothing but `node:`.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Astro and the type stripping that runs our `.ts` scripts need this one. */
const MINIMUM_NODE = [22, 18];

const windows = process.platform === "win32";

/** An expected failure, told in one Korean message without a stack. */
export class Problem extends Error {}

/** The environment in which the project's tools run: their folder first, the project's own Node included. */
export function toolEnv(root = ROOT, extra = {}) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", ...extra, PATH: path };
}

/**
 * Runs a tool of the project to its end.
 *
 * @param {string} command a name in `node_modules/.bin` or on the `PATH`
 * @param {string[]} args
 * @param {{ root?: string, env?: object, quiet?: boolean, limit?: number }} options `quiet`: keeps the output
 *   instead of showing it; `limit`: milliseconds, after which the tool and its children are ended
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127: could not be started
 */
export function run(command, args, { root = ROOT, env = {}, quiet = false, limit } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv(root, env),
      shell: windows,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      // A group of its own, so that a hanging tool is ended together with its browser.
      detached: !windows && limit !== undefined,
    });
    let output = "";
    let timedOut = false;
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const end = (signal) => {
      if (windows) child.kill(signal);
      else if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    const timer =
      limit !== undefined &&
      setTimeout(() => {
        timedOut = true;
        end("SIGKILL");
      }, limit);
    const interrupt = () => {
      end("SIGTERM");
      process.exit(130);
    };
    if (limit !== undefined) process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    const finish = (code) => {
      if (timer) clearTimeout(timer);
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
      resolve({ code, output, timedOut });
    };
    child.once("error", (error) => {
      output += String(error);
      finish(127);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}

/**
 * Installs the packages unless exactly these are installed already.
 *
 * @throws {Problem} when npm fails, or when there is no Node new enough for the tools afterwards
 */
export async function ensureInstalled(root = ROOT, { say = console.log, quiet = false } = {}) {
  const stamp = join(root, "node_modules", ".gipi-installed");
  const wanted = () => installFingerprint(root);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted()) {
    say("필요한 패키지를 설치합니다. 처음 한 번만 1~2분쯤 걸립니다.");
    const args = ["install", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
    const { code, output } = await run("npm", [...args, "--loglevel=error"], { root, quiet });
    if (code !== 0) {
      if (output !== "") say(output.trimEnd());
      throw new Problem(
        "패키지를 설치하지 못했습니다. 인터넷 연결과 위의 메시지를 확인한 뒤 다시 실행해 주십시오.",
      );
    }
    writeFileSync(stamp, wanted());
  }
  requireNode(root);
}

/** Changes with the wanted packages and with the machine they were installed for. */
function installFingerprint(root) {
  const hash = createHash("sha256");
  for (const name of ["package.json", "package-lock.json"]) {
    const path = join(root, name);
    hash.update(existsSync(path) ? readFileSync(path) : "");
  }
  return hash.update(`${process.platform}-${process.arch}`).digest("hex");
}

/** @throws {Problem} when the Node that the tools will find is too old */
export function requireNode(root = ROOT) {
  const { stdout } = spawnSync("node", ["--version"], {
    env: toolEnv(root),
    shell: windows,
    encoding: "utf8",
  });
  const version = (stdout ?? "").trim();
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Problem(
    `Node.js ${MINIMUM_NODE.join(".")} 이상이 필요합니다. 지금 버전: ${version || "알 수 없음"}. https://nodejs.org 에서 새 버전을 설치해 주십시오.`,
  );
}

/** Runs `main`; a `Problem` becomes its message and exit code 1, anything else keeps its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exitCode = 1;
  }
}
