/** Second threads for the programs of a worker. */
import { offerThreads } from "../engine/threads.ts";

/**
 * Offers a second thread to large programs made from now on, where the page is cross-origin isolated and the machine
 * has two cores. Elsewhere, and on the page's main thread, everything runs on one.
 * @param least as `offerThreads` takes it.
 * @returns whether it was offered.
 */
export function offerOwnThreads(least?: number): boolean {
  if (globalThis.crossOriginIsolated !== true || typeof Worker === "undefined") return false;
  // A page's main thread may not wait.
  if (typeof document !== "undefined") return false;
  if (navigator.hardwareConcurrency < 2) return false;
  offerThreads((failed) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { type: "module" });
    worker.onerror = (event) => {
      event.preventDefault();
      failed();
    };
    return worker;
  }, least);
  return true;
}
