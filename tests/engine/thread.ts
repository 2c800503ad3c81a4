/** The second thread in Node. */
import { parentPort } from "node:worker_threads";
import { serveThread } from "../../src/engine/second-thread.ts";

parentPort!.on("message", serveThread);
