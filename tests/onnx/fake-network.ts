/** A network and a cache that do what a test says; onnxruntime's module itself is the real one. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { RUNTIME_URL } from "../../src/onnx/runtime.ts";

const runtimeFile = createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm");

/** Answers from a table of addresses; what is not in it is not found. Counts the requests. */
export function fakeFetch(files: Readonly<Record<string, () => Response | Promise<Response>>>) {
  const requests: string[] = [];
  const fetch = async (url: string, { signal }: { signal?: AbortSignal }): Promise<Response> => {
    signal?.throwIfAborted();
    requests.push(url);
    if (url === RUNTIME_URL) return whole(new Uint8Array(readFileSync(runtimeFile)));
    return (await files[url]?.()) ?? new Response("not found", { status: 404 });
  };
  return { fetch, requests };
}

export function whole(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { "content-length": String(bytes.length) } });
}

/** Sends the chunks one by one, calling `before` first; claims a length. */
export function inChunks(
  chunks: readonly Uint8Array[],
  length: number,
  before: (index: number) => void | Promise<void> = () => undefined,
): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next === chunks.length) return controller.close();
      try {
        await before(next);
      } catch (error) {
        return controller.error(error);
      }
      controller.enqueue(chunks[next++]!);
    },
  });
  return new Response(body, { headers: { "content-length": String(length) } });
}

/** The part of the Cache API that is used, in memory. */
export function fakeCaches(failure?: "open" | "put") {
  const kept = new Map<string, { bytes: Uint8Array<ArrayBuffer>; headers: Headers }>();
  const cache = {
    match: async (key: string) => {
      const found = kept.get(key);
      return found && new Response(found.bytes, { headers: found.headers });
    },
    put: async (key: string, response: Response) => {
      if (failure === "put") throw new DOMException("full", "QuotaExceededError");
      kept.set(key, { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers });
    },
    delete: async (key: string) => {
      const same = [...kept.keys()].filter((other) => other.split("?")[0] === key.split("?")[0]);
      for (const other of same) kept.delete(other);
      return same.length > 0;
    },
  };
  const open = async () => {
    if (failure === "open") throw new DOMException("blocked", "SecurityError");
    return cache as unknown as Cache;
  };
  return { caches: { open }, kept };
}
