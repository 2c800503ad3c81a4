/** The script of a second thread: it waits for a program and runs its half (`engine/second-thread.ts`). */
import { serveThread } from "../engine/second-thread.ts";

addEventListener("message", ({ data }) => serveThread(data));
