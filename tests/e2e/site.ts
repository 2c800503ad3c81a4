import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/chromium.mjs";
import { serve } from "../../scripts/serve.mjs";

export const ROOT = join(import.meta.dirname, "../..");
export const DIST = join(ROOT, "dist");

/** The built site, served, and a browser to look at it with. */
export interface Site {
  /** Origin and base path, without the closing slash. */
  readonly url: string;
  /** A page of a learner of its own, with what went wrong on it so far. */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** Console messages, errors, failed or foreign requests; none on a good page. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** @param base the base path `root` was built with */
export async function openSite(root = DIST, base = ""): Promise<Site> {
  const server = await serve({ root, base, port: 0 });
  const executablePath = findChromium();
  let browser: Browser;
  try {
    browser = await chromium.launch({
      args: CHROMIUM_FLAGS,
      ...(executablePath === undefined ? {} : { executablePath }),
    });
  } catch (error) {
    await server.close();
    throw error;
  }
  const origin = `http://localhost:${server.port}`;
  return {
    url: `${origin}${base}`,
    open: (options) => openPage(browser, origin, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(
  browser: Browser,
  origin: string,
  options?: BrowserContextOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({ locale: "ko-KR", ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    // Chromium's stopwatch: on a busy machine text is laid out later than it expects. It says nothing of the page.
    if (/fonts\/pretendard\.woff2 was preloaded .* not used within a few seconds/.test(message.text()))
      return;
    problems.push(`console.${message.type()} on ${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const local = ["data:", "blob:"].includes(url.protocol) || url.origin === origin;
    if (!local) problems.push(`request to ${url.origin}: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A page that is left while it still loads cancels its requests.
    if (reason !== "net::ERR_ABORTED") problems.push(`${reason} ${request.url()}`);
  });
  const stopWatching = options?.javaScriptEnabled === false ? () => {} : watchDrawing(page);
  const close = async () => {
    stopWatching();
    await context.close();
  };
  return { page, problems, close };
}

/** Without a frame for so long, ms, a page has stopped. */
const STALL = 15_000;

/**
 * Headless Chromium without a GPU now and then stops drawing a page for good: `requestAnimationFrame` is never
 * called again, or the main thread waits for a frame that never comes. Such a page is closed, with a reason that
 * tells Vitest to open it anew (`retry` in vitest.config.ts).
 */
function watchDrawing(page: Page): () => void {
  const context = page.context();
  const watch = { on: true };
  const look = async () => {
    while (watch.on) {
      const frame = page
        .evaluate(() => new Promise(requestAnimationFrame))
        .then(
          () => true,
          // The page is being left, or closed.
          () => true,
        );
      const late = new Promise<false>((done) => setTimeout(() => done(false), STALL).unref());
      if (!(await Promise.race([frame, late])) && watch.on) {
        await context.close({ reason: "Chromium stopped drawing" });
        return;
      }
      await new Promise((done) => setTimeout(done, 1000).unref());
    }
  };
  void look().catch(() => {});
  return () => {
    watch.on = false;
  };
}

export interface BuiltPage {
  /** Below the base path, e.g. `/lessons/01-deep/`. */
  readonly path: string;
  readonly html: string;
}

/** Every page that was built. The 404 page stands under `/404.html`. */
export function builtPages(root = DIST): BuiltPage[] {
  if (!existsSync(root)) throw new Error(`${root} is missing: build the site first (npm run e2e does)`);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => ({
      path: `/${name.replace(/(^|\/)index\.html$/, "$1")}`,
      html: readFileSync(join(root, name), "utf8"),
    }));
}

/**
 * Scrolls through the page until everything interactive on it is alive, and back to its top. Fails with the
 * names of the islands that stay dead.
 */
export async function wakeIslands(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    // A smooth scroll would still be under way at the next step.
    const step = window.innerHeight / 2;
    for (let top = 0; top < document.documentElement.scrollHeight; top += step) {
      window.scrollTo({ top, behavior: "instant" });
      await new Promise((done) => setTimeout(done, 30));
    }
  });
  // On a busy machine the scroll may outrun an observer: those left are brought into sight one by one.
  const left = page.locator("astro-island[ssr]");
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && (await left.count()) > 0; ) {
    await page.evaluate(() =>
      // The island itself has no box.
      document
        .querySelector("astro-island[ssr]")
        ?.firstElementChild?.scrollIntoView({ block: "center", behavior: "instant" }),
    );
    await page.waitForTimeout(100);
  }
  const dead = await left.evaluateAll((islands) =>
    islands.map((island) => island.getAttribute("component-url")),
  );
  if (dead.length > 0) throw new Error(`never came alive: ${dead.join(", ")}`);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = false;
    window.scrollTo({ top: 0, behavior: "instant" });
  });
}
