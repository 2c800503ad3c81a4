import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, test } from "vitest";
import { builtPages, openSite, type Site, wakeIslands } from "./site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Everything WCAG 2.2 AA asks that a machine can see, and axe's own good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/**
 * One line for each element that breaks a rule.
 * @param apart what is not looked at
 */
async function violations(page: Page, apart: readonly string[]): Promise<string[]> {
  const results = await page.evaluate(
    async ([tags, exclude]) => {
      const { axe } = window as unknown as {
        axe: { run(context: object, options: object): Promise<AxeResults> };
      };
      // Two frames: what follows the colour scheme has been drawn in it.
      for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn));
      return axe.run(
        { exclude: exclude.filter((selector) => document.querySelector(selector) !== null) },
        { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] },
      );
    },
    [TAGS, [...apart]] as const,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** Colours do not depend on the width, nor sizes on the colours: each is looked at once. */
const LOOKS = [
  { width: 390, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
] as const;

/** A widget has a page of its own, where it is looked at in every way; among others, once: for names that clash. */
const apartOn = (path: string, colorScheme: string) =>
  path.startsWith("/lessons/") && colorScheme === "dark" ? ["article.widget"] : [];

describe.concurrent.each(builtPages().map(({ path }) => path))("%s", (path) => {
  test("is accessible on a phone in light and on a wide screen in dark colours", async ({ expect }) => {
    // Reduced motion keeps a fading colour from being measured half-way.
    const { page, close } = await site.open({ reducedMotion: "reduce" });
    for (const { width, colorScheme } of LOOKS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      if (page.url() === "about:blank") {
        await page.goto(site.url + path);
        await wakeIslands(page);
        await page.evaluate(axe);
      }
      expect(await violations(page, apartOn(path, colorScheme)), `${width} px, ${colorScheme}`).toEqual([]);
    }
    await close();
  });
});
