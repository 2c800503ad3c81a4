import { expect, test } from "vitest";
import { expectNoLeak } from "./leak.ts";

/** What Chromium offers when it is started with `--expose-gc` and `--enable-precise-memory-info`. */
interface Observed {
  readonly gc?: () => void;
  readonly performance: { readonly memory?: { readonly usedJSHeapSize: number } };
}

test("a thousand networks leave nothing behind in a page", async () => {
  const { gc, performance }: Observed = globalThis;
  expect(gc, "Chromium's flags").toBeTypeOf("function");
  await expectNoLeak(gc!, () => performance.memory!.usedJSHeapSize);
}, 120_000);
