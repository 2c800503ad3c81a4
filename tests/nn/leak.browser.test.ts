import { test } from "vitest";
import { expectNoLeak } from "./leak.ts";

/** What Chromium offers when it is started with `--expose-gc` and `--enable-precise-memory-info`. */
const heapUsed = (): number => {
  const memory: unknown = Reflect.get(performance, "memory");
  return Number(Reflect.get(Object(memory), "usedJSHeapSize"));
};

test("a thousand networks leave nothing behind in a page", async () => {
  const collect: unknown = Reflect.get(globalThis, "gc");
  if (typeof collect !== "function") throw new Error("Chromium was not started with --expose-gc");
  await expectNoLeak(() => collect(), heapUsed);
}, 120_000);
