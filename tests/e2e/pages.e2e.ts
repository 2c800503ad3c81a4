import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPages, DIST, openSite, type Site, wakeIslands } from "./site.ts";

const pages = builtPages();
let site: Site;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** The narrowest phone the course is made for, CSS pixels. */
const NARROW = 360;

/** What makes a page scroll sideways, outermost first; empty when nothing does. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    return [`${document.documentElement.scrollWidth} px`].concat(
      wide.slice(0, 8).map((element) => `<${element.localName} class="${element.getAttribute("class")}">`),
    );
  }, NARROW);
}

describe.concurrent.each(pages.map(({ path }) => path))("%s", (path) => {
  test(`is quiet, and fits ${NARROW} px before and after its widgets are alive`, async ({ expect }) => {
    const { page, problems, close } = await site.open({
      viewport: { width: NARROW, height: 740 },
      isMobile: true,
    });
    // Quiet: no console message, no failed or foreign request, and nothing the policy forbids.
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await page.goto(site.url + path);
    expect(await tooWide(page)).toEqual([]);
    await wakeIslands(page);
    expect(await tooWide(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  test("has a title, a language, one main heading and a strict policy", () => {
    const html = pages.find((page) => page.path === path)?.html ?? "";
    expect(html).toMatch(/<html[^>]*\blang="ko"/);
    expect(html).toMatch(/<title>[^<]*[가-힣][^<]*<\/title>/);
    expect(html.match(/<h1[\s>]/g) ?? []).toHaveLength(1);
    const policy = /http-equiv="content-security-policy"\s+content="([^"]*)"/i.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  });
});

test("no link and no anchor is dead", () => {
  const byPath = new Map(pages.map((page) => [page.path, page.html]));
  const dead = pages.flatMap(({ path, html }) =>
    [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].flatMap((match) => {
      const url = new URL(
        (match[1] ?? "").replaceAll("&#38;", "&").replaceAll("&amp;", "&"),
        `http://site${path}`,
      );
      if (url.origin !== "http://site") return url.protocol === "https:" ? [] : [`${path} → ${url.href}`];
      if (/\.onnx$/.test(url.pathname))
        return existsSync(join(DIST, url.pathname)) ? [] : [`${path} → ${match[1]}`];
      const target = byPath.get(url.pathname);
      const id = decodeURIComponent(url.hash.slice(1));
      const found = target !== undefined && (id === "" || target.includes(` id="${id}"`));
      return found ? [] : [`${path} → ${match[1]}`];
    }),
  );
  expect(dead).toEqual([]);
});

test("an address that does not exist gets the 404 page with its status", async () => {
  const { page, close } = await site.open();
  const response = await page.goto(`${site.url}/lessons/99-nothing/`);
  expect(response?.status()).toBe(404);
  await expect.poll(() => page.locator("h1").count()).toBe(1);
  expect(await page.locator(`a[href="/"]`).count()).toBeGreaterThan(0);
  await close();
});

test("every page can be read without JavaScript", async () => {
  const { page, close } = await site.open({ javaScriptEnabled: false });
  for (const { path } of pages) {
    await page.goto(site.url + path);
    expect(await page.locator("h1").first().isVisible(), path).toBe(true);
  }
  await close();
});
