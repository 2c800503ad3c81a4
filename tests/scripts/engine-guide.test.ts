import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guideBlocks, withBlocks } from "../../scripts/engine-guide.ts";

test("the engine's guide shows what the engine does today (npm run guide)", async () => {
  const guide = readFileSync(join(import.meta.dirname, "../../ENGINE.md"), "utf8");
  expect(guide).toBe(withBlocks(guide, await guideBlocks()));
});
