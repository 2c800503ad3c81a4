/** Second threads for the programs of a worker. */
/**
 * Offers a second thread to large programs made from now on, where the page is cross-origin isolated and the machine
 * has two cores. Elsewhere, and on the page's main thread, everything runs on one.
 * @param least as `offerThreads` takes it.
 * @returns whether it was offered.
 */
export async function offerOwnThreads(least?: number): Promise<boolean> {
  if (!canOffer()) return false;
  const { offerThreads } = await import("../engine/threads.ts");
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

/** Whether there is anything to wait for. */
export function canOffer(): boolean {
  if (globalThis.crossOriginIsolated !== true || typeof Worker === "undefined") return false;
  // A page's main thread may not wait.
  return typeof document === "undefined" && navigator.hardwareConcurrency >= 2;
}
