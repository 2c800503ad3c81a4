import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalizeBase, segmentsBelow, serve } from "../../scripts/serve.mjs";

const folder = mkdtempSync(join(tmpdir(), "gipi-serve-"));
const root = join(folder, "dist");
let plain: Awaited<ReturnType<typeof serve>>;
let based: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(root, "lessons", "01-deep"), { recursive: true });
  mkdirSync(join(root, "_astro"));
  mkdirSync(join(root, "empty"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(root, ".hidden"), "secret");
  writeFileSync(join(root, "index.html"), "home");
  writeFileSync(join(root, "404.html"), "<p>없습니다</p>");
  writeFileSync(join(root, "lessons", "01-deep", "index.html"), "레슨");
  writeFileSync(join(root, "_astro", "a.1234.wasm"), "x");
  for (const name of ["m.onnx", "f.woff2", "s.js", "s.css", "p.svg"]) writeFileSync(join(root, name), name);
  plain = await serve({ root, port: 0 });
  based = await serve({ root, base: "course/", port: 0 });
});

afterAll(async () => {
  await Promise.all([plain.close(), based.close()]);
  rmSync(folder, { recursive: true });
});

const get = (path: string, init: RequestInit = {}, site = plain) =>
  fetch(`http://127.0.0.1:${site.port}${path}`, { redirect: "manual", ...init });

/** Sends the path as it is; `fetch` would resolve `..` first. */
function getRaw(path: string): Promise<{ status: number; body: string; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: plain.port, path }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += String(chunk);
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, location: response.headers.location }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("files", () => {
  test.each([
    ["/", "text/html; charset=utf-8"],
    ["/s.js", "text/javascript; charset=utf-8"],
    ["/s.css", "text/css; charset=utf-8"],
    ["/p.svg", "image/svg+xml"],
    ["/_astro/a.1234.wasm", "application/wasm"],
    ["/m.onnx", "application/octet-stream"],
    ["/f.woff2", "font/woff2"],
  ])("%s is %s, isolated and not sniffed", async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a folder has its index, with the slash; without it, it is redirected with its query", async () => {
    expect(await (await get("/lessons/01-deep/")).text()).toBe("레슨");
    const redirected = await get("/lessons/01-deep?x=1");
    expect([redirected.status, redirected.headers.get("location")]).toEqual([308, "/lessons/01-deep/?x=1"]);
  });

  test.each(["/nothing", "/lessons/", "/empty", "/s.js/", "/%E0%A4%A"])(
    "%s is the 404 page",
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([404, "<p>없습니다</p>"]);
    },
  );

  test("an unchanged file is not sent twice; hashed names are kept for good", async () => {
    const first = await get("/");
    const tag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const second = await get("/", { headers: { "If-None-Match": tag } });
    expect([second.status, await second.text()]).toEqual([304, ""]);
    expect((await get("/_astro/a.1234.wasm")).headers.get("cache-control")).toContain("immutable");
  });

  test("only GET and HEAD", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(405);
    const head = await get("/", { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "4", ""]);
  });
});

describe("nothing outside the folder", () => {
  test.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/lessons/..%5c..%5csecret.txt",
    "/.hidden",
    "/index.html%00",
    "http://elsewhere/secret.txt",
    "//secret.txt",
  ])("%s", async (path) => {
    const { status, body } = await getRaw(path);
    expect([status, body]).toEqual([404, "<p>없습니다</p>"]);
  });

  test("no redirect leaves the site", async () => {
    expect((await getRaw("//lessons/01-deep")).location).toBeUndefined();
  });
});

describe("a base path", () => {
  test("everything is below it, and its root leads there", async () => {
    expect(await (await get("/course/lessons/01-deep/", {}, based)).text()).toBe("레슨");
    expect((await get("/lessons/01-deep/", {}, based)).status).toBe(404);
    expect((await get("/coursework/", {}, based)).status).toBe(404);
    expect((await get("/", {}, based)).headers.get("location")).toBe("/course/");
    expect((await get("/course?a=b", {}, based)).headers.get("location")).toBe("/course/?a=b");
    expect((await get("/course/lessons/01-deep", {}, based)).headers.get("location")).toBe(
      "/course/lessons/01-deep/",
    );
  });

  test("is read like in astro.config.ts", () => {
    expect(["", "/", "course", "/course/", "//a/b//"].map((base) => normalizeBase(base))).toEqual([
      "",
      "",
      "/course",
      "/course",
      "/a/b",
    ]);
    expect(segmentsBelow("/course/a%20b/?q#h", "/course")).toEqual(["a b", ""]);
  });
});

describe("ports", () => {
  test("a port taken on either address is taken", async () => {
    for (const host of ["127.0.0.1", "::1"]) {
      const other = createServer();
      const listening = new Promise<boolean>((resolve) => {
        other.once("error", () => resolve(false));
        other.listen(0, host, () => resolve(true));
      });
      // A machine without IPv6 has nothing to check there.
      if (!(await listening)) continue;
      const address = other.address();
      const port = typeof address === "object" && address ? address.port : 0;
      await expect(serve({ root, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
      await new Promise((resolve) => other.close(resolve));
      const site = await serve({ root, port });
      await site.close();
    }
  });

  test("closing does not wait for idle connections", async () => {
    const site = await serve({ root, port: 0 });
    const socket = connect(site.port, "127.0.0.1");
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("connect", resolve));
    await site.close();
    socket.destroy();
  });
});
