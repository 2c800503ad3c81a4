/** The second thread in Node. */
import { parentPort } from "node:worker_threads";
import { serveThread } from "../../src/engine/threads.ts";

parentPort!.on("message", serveThread);
