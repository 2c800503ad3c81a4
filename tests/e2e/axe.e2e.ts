import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPages, openSite, type Site, wakeIslands } from "./site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Everything WCAG 2.2 AA asks that a machine can see, and axe's own good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** One line for each element that breaks a rule. */
async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate((tags) => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  }, TAGS);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

describe.each(builtPages().map(({ path }) => path))("%s", (path) => {
  test.each([390, 1280])("is accessible at %d px, in light and in dark", async (width) => {
    // Reduced motion keeps a fading colour from being measured half-way.
    const { page, close } = await site.open({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await page.goto(site.url + path);
    await wakeIslands(page);
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    await close();
  });
});
