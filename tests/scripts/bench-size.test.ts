import { expect, test } from "vitest";
import { workerSizes } from "../../scripts/bench-size.ts";

/** 30 KB, in bytes, packed as a web server packs it. */
const LIMIT = 30_000;

test("no widget's worker loads more than 30 KB of the engine", { timeout: 120_000 }, async () => {
  const sizes = await workerSizes();
  expect(sizes.length).toBeGreaterThan(15);
  // An empty engine would mean that nothing was measured.
  expect(Math.min(...sizes.map(({ engine }) => engine.gzip))).toBeGreaterThan(5_000);
  const tooLarge = sizes.filter(({ engine }) => engine.gzip > LIMIT);
  expect(tooLarge.map(({ widget, engine }) => `${widget}: ${engine.gzip} bytes`)).toEqual([]);
});
