/** `npm run picture`: the README's picture, the playground of lesson 1 in the middle of its training. */
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright";
import { Problem, ROOT, runMain } from "./bootstrap.mjs";
import { buildSite, distFolder } from "./build.mjs";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const PICTURE = join(ROOT, "docs", "picture.png");
const VIEWPORT = { width: 1280, height: 860 };
/** Long enough for the boundary to take shape, milliseconds. */
const TRAINING = 6_000;
const MAX_BYTES = 400_000;

await runMain(async () => {
  await buildSite();
  mkdirSync(join(ROOT, "docs"), { recursive: true });
  const site = await serve({ root: distFolder(), port: 0 });
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: CHROMIUM_FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    await takePicture(browser, `http://localhost:${site.port}/lessons/01-deep/`);
  } finally {
    await browser.close();
    await site.close();
  }
  const bytes = statSync(PICTURE).size;
  if (bytes > MAX_BYTES) throw new Problem(`${PICTURE} has ${bytes} bytes, more than ${MAX_BYTES}`);
});

async function takePicture(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: "light", locale: "ko-KR" });
  await page.goto(url);
  const playground = page.locator("#depth-playground");
  await playground.evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
  await page.waitForFunction(() => !document.querySelector("astro-island[ssr]:has(#depth-playground)"));
  await playground
    .getByRole("button", { name: /시작|재생|훈련/ })
    .first()
    .click();
  await page.waitForTimeout(TRAINING);
  await page.screenshot({ path: PICTURE });
}
