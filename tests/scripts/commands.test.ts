import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildSite, fingerprint } from "../../scripts/build.mjs";
import { countTests } from "../../scripts/count-tests.mjs";

const ROOT = join(import.meta.dirname, "../..");

/** Runs `scripts/start.mjs` as `npm start` does. */
function start(env: Record<string, string>): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    const child = execFile(process.execPath, ["scripts/start.mjs"], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, text: stdout + stderr }),
    );
  });
}

describe("npm start", () => {
  test.each(["127.0.0.1", "::1", "0.0.0.0"])(
    "a port taken on %s: both ways out, exit code 1",
    async (host) => {
      const other = createServer();
      const listening = await new Promise<boolean>((resolve) => {
        other.once("error", () => resolve(false));
        other.listen(0, host, () => resolve(true));
      });
      // A machine without IPv6 has nothing to check there.
      if (!listening) return;
      const address = other.address();
      const port = typeof address === "object" && address ? address.port : 0;
      const { code, text } = await start({ PORT: String(port) });
      other.close();
      expect(code).toBe(1);
      expect(text).toContain(`포트 ${port}번을 다른 프로그램이 이미 쓰고 있습니다`);
      expect(text).toContain(`PORT=${port + 1} npm start`);
      expect(text).not.toMatch(/EADDRINUSE|\bat /);
    },
  );

  test.each(["abc", "70000", "4.5"])("PORT=%s is refused with an example", async (port) => {
    const { code, text } = await start({ PORT: port });
    expect([code, text]).toEqual([1, expect.stringContaining("PORT=5000 npm start")]);
  });
});

describe("building", () => {
  let root: string;
  const project = (script: string) =>
    writeFileSync(join(root, "package.json"), JSON.stringify({ scripts: { build: script } }));
  const build = (base = "") => buildSite({ root, base, say: () => {} });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gipi-build-"));
    mkdirSync(join(root, "content"));
    writeFileSync(join(root, "content", "a.mdx"), "one");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("builds once, and again when a source, a name or the base changes", async () => {
    project("echo x > dist/index.html");
    expect([await build(), await build()]).toEqual(["built", "kept"]);
    writeFileSync(join(root, "content", "a.mdx"), "two");
    expect([await build(), await build()]).toEqual(["built", "kept"]);
    writeFileSync(join(root, "content", "b.mdx"), "");
    expect([await build(), await build()]).toEqual(["built", "kept"]);
    expect([await build("/course"), await build("course/"), await build("")]).toEqual([
      "built",
      "kept",
      "built",
    ]);
  });

  test("what the build itself writes does not count as a change", () => {
    mkdirSync(join(root, "public", "fonts"), { recursive: true });
    const before = fingerprint(root, "");
    writeFileSync(join(root, "public", "fonts", "text.woff2"), "font");
    expect(fingerprint(root, "")).toBe(before);
  });

  test("a failing build shows why, and is not taken for a good one afterwards", async () => {
    project("echo x > dist/index.html");
    await build();
    project("echo 'content/a.mdx: title is missing' >&2; exit 3");
    await expect(build()).rejects.toThrow(/content\/a\.mdx: title is missing[\s\S]*만들지 못했습니다/);
    expect(existsSync(join(root, "dist", ".gipi-build"))).toBe(false);
  });

  test("a dist that cannot be written is named", async () => {
    project("exit 0");
    writeFileSync(join(root, "dist"), "a file in the way");
    await expect(build()).rejects.toThrow(/dist 폴더에 쓸 수 없습니다/);
  });
});

describe("counting tests", () => {
  const file = (status: string, ...results: string[]) => ({
    status,
    assertionResults: results.map((result) => ({ status: result })),
  });
  test.each([
    ["all pass", [file("passed", "passed", "passed")], 0, 2, 0],
    ["skipped ones do not count", [file("passed", "passed", "pending", "todo", "skipped")], 0, 1, 0],
    ["one fails", [file("failed", "passed", "failed")], 1, 1, 1],
    ["a file that does not load", [file("passed", "passed"), file("failed")], 1, 1, 1],
    ["an unhandled error after passing tests", [file("passed", "passed")], 1, 1, 1],
    ["no test at all", [], 0, 0, 1],
  ])("%s", (_name, testResults, code, passed, failed) => {
    expect(countTests({ testResults }, code)).toEqual({ passed, failed });
  });

  test("a run that left no report failed", () => {
    expect(countTests(undefined, 137)).toEqual({ passed: 0, failed: 1 });
    expect(countTests({}, 0)).toEqual({ passed: 0, failed: 1 });
  });
});
