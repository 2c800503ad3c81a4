/** Second threads as Node has them. */
import { Worker } from "node:worker_threads";
import type { StartThread } from "../../src/engine/threads.ts";

export const startNodeThread: StartThread = (failed) => {
  const worker = new Worker(new URL("./thread.ts", import.meta.url));
  worker.on("error", failed);
  worker.unref();
  return worker;
};
