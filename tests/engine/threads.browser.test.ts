import { expect, test } from "vitest";
import { offerOwnThreads } from "../../src/lab/own-threads.ts";
import { allCases } from "./all-cases.ts";
import type { ThreadReport } from "./threads-worker.ts";

test("two threads in Chromium compute the same as one, to the bit", async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  const worker = new Worker(new URL("./threads-worker.ts", import.meta.url), { type: "module" });
  const report = await new Promise<ThreadReport>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage("compare");
  });
  worker.terminate();
  expect(report.isOffered).toBe(true);
  expect(report.differing).toEqual([]);
  expect(report.compared).toBeGreaterThan(3 * allCases.length);
});

test("a page's main thread is offered none: it may not wait", async () => {
  expect(await offerOwnThreads()).toBe(false);
});
