import { describe, expect, test } from "vitest";
import { download, forget } from "../../src/onnx/download.ts";
import { fakeCaches, fakeFetch, inChunks, whole } from "./fake-network.ts";

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const thirds = [file.slice(0, 300), file.slice(300, 700), file.slice(700)];

describe("a file comes over the network", () => {
  test("with its bytes counted", async () => {
    const seen: [number, number | undefined][] = [];
    const { fetch } = fakeFetch({ "/a": () => inChunks(thirds, 1000) });
    const bytes = await download("/a", { fetch, onProgress: (...progress) => seen.push(progress) });
    expect(bytes).toEqual(file);
    expect(seen).toEqual([
      [0, 1000],
      [300, 1000],
      [700, 1000],
      [1000, 1000],
    ]);
  });

  test("compressed, when the length is that of the compressed bytes", async () => {
    const headers = { "content-length": "400", "content-encoding": "gzip" };
    const { fetch } = fakeFetch({ "/a": () => new Response(file, { headers }) });
    const seen: (number | undefined)[] = [];
    await download("/a", { fetch, onProgress: (_loaded, total) => seen.push(total) });
    expect(new Set(seen)).toEqual(new Set([undefined]));
    await download("/a", { fetch, expectedBytes: 1000, onProgress: (_loaded, total) => seen.push(total) });
    expect(seen.at(-1)).toBe(1000);
  });

  test.each([
    ["missing", "missing-file", () => new Response("", { status: 404 })],
    ["refused", "network", () => new Response("", { status: 503 })],
    ["offline", "network", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["cut off", "truncated", () => inChunks(thirds.slice(0, 2), 1000)],
    [
      "broken off",
      "network",
      () =>
        inChunks(thirds, 1000, (i) => {
          if (i === 1) throw new TypeError("network error");
        }),
    ],
  ] as const)("%s: the problem is named", async (_what, problem, answer) => {
    const { fetch } = fakeFetch({ "/a": answer });
    await expect(download("/a", { fetch })).rejects.toMatchObject({ problem, name: "OnnxError" });
  });

  test("stopped halfway: rejects with the reason, and asks for no more", async () => {
    const stop = new AbortController();
    let sent = 0;
    const { fetch } = fakeFetch({
      "/a": () =>
        inChunks(thirds, 1000, (i) => {
          sent = i;
          if (i === 1) stop.abort(new Error("취소"));
        }),
    });
    await expect(download("/a", { fetch, signal: stop.signal })).rejects.toThrow("취소");
    expect(sent).toBe(1);
  });

  test("stopped before it begins", async () => {
    const { fetch, requests } = fakeFetch({ "/a": () => whole(file) });
    await expect(download("/a", { fetch, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(requests).toEqual([]);
  });
});

describe("a file is kept on the device", () => {
  test("and does not travel twice", async () => {
    const { fetch, requests } = fakeFetch({ "/a": () => whole(file) });
    const { caches } = fakeCaches();
    await download("/a", { fetch, caches });
    const seen: number[] = [];
    expect(await download("/a", { fetch, caches, onProgress: (loaded) => seen.push(loaded) })).toEqual(file);
    expect(requests).toEqual(["/a"]);
    expect(seen).toEqual([1000]);
  });

  test("unless it is another edition, or was forgotten", async () => {
    const { fetch, requests } = fakeFetch({ "/a": () => whole(file) });
    const { caches } = fakeCaches();
    await download("/a", { fetch, caches, version: "1" });
    await download("/a", { fetch, caches, version: "2" });
    await download("/a", { fetch, caches, version: "2" });
    expect(requests).toHaveLength(2);
    await forget("/a", { caches });
    await download("/a", { fetch, caches, version: "2" });
    expect(requests).toHaveLength(3);
  });

  test("a copy that lost its end is fetched again", async () => {
    const { fetch, requests } = fakeFetch({ "/a": () => whole(file) });
    const { caches, kept } = fakeCaches();
    await download("/a", { fetch, caches });
    const [[key, copy]] = [...kept] as [[string, { bytes: Uint8Array<ArrayBuffer>; headers: Headers }]];
    kept.set(key, { ...copy, bytes: copy.bytes.slice(0, 10) });
    expect(await download("/a", { fetch, caches })).toEqual(file);
    expect(requests).toHaveLength(2);
  });

  test("a file that came cut off is not kept", async () => {
    const { fetch } = fakeFetch({ "/a": () => inChunks(thirds.slice(0, 2), 1000) });
    const { caches, kept } = fakeCaches();
    await expect(download("/a", { fetch, caches })).rejects.toMatchObject({ problem: "truncated" });
    expect(kept.size).toBe(0);
  });

  test.each(["open", "put"] as const)("where storage fails at %s, it comes all the same", async (failure) => {
    const { fetch, requests } = fakeFetch({ "/a": () => whole(file) });
    const { caches } = fakeCaches(failure);
    expect(await download("/a", { fetch, caches })).toEqual(file);
    expect(await download("/a", { fetch, caches })).toEqual(file);
    expect(requests).toHaveLength(2);
  });
});
