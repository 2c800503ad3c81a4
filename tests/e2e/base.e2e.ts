import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../scripts/bootstrap.mjs";
import { builtPages, openSite, type Site, wakeIslands } from "./site.ts";

const BASE = "/course";
/** Vitest puts its own `import.meta.env` into the environment, and Astro would take it for the site's. */
const NOT_VITEST = { BASE_URL: undefined, MODE: undefined, DEV: undefined, PROD: undefined, SSR: undefined };
const folder = mkdtempSync(join(tmpdir(), "gipi-base-"));
const root = join(folder, "dist");
let site: Site;

beforeAll(async () => {
  const { code, output } = await run("astro", ["build", "--outDir", root], {
    env: { ...NOT_VITEST, NODE_ENV: "production", BASE },
    quiet: true,
  });
  expect(code, output).toBe(0);
  site = await openSite(root, BASE);
});
afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("no link or file of a page points outside the base path", () => {
  const outside = builtPages(root).flatMap(({ path, html }) =>
    [...html.matchAll(/\s(?:href|src|component-url|renderer-url)="(\/[^"]*)"/g)].flatMap((match) =>
      match[1]?.startsWith(`${BASE}/`) ? [] : [`${path}: ${match[1]}`],
    ),
  );
  expect(outside).toEqual([]);
});

test("home → lesson → widget works below the base path", async () => {
  const { page, problems, close } = await site.open();
  await page.goto(`${site.url}/`);
  await page.locator(`a[href="${BASE}/lessons/01-deep/"]`).first().click();
  await page.waitForURL(`**${BASE}/lessons/01-deep/`);
  await wakeIslands(page);
  await expect.poll(() => page.locator("#depth-playground button").count()).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  await close();
});

test("a wrong address below the base path gets the course's 404 page", async () => {
  const { page, close } = await site.open();
  const response = await page.goto(`${site.url}/nothing/`);
  expect(response?.status()).toBe(404);
  expect(await page.locator(`a[href="${BASE}/"]`).count()).toBeGreaterThan(0);
  await close();
});
