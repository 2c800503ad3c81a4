import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { test } from "vitest";
import { expectNoLeak } from "./leak.ts";

/** Node's garbage collector, which a flag makes callable. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

test("a thousand networks leave nothing behind", async () => {
  await expectNoLeak(collector(), () => process.memoryUsage().heapUsed);
}, 120_000);
