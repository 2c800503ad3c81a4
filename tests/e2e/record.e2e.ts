import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAMAGED_KEY, RECORD_KEY } from "../../src/learner/storage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const NEWER = JSON.stringify({ version: 99, read: { "01-deep": 0.4 }, somethingNew: true });

describe("a storage that fails is spoken of on every page, and nothing breaks", () => {
  test.each(["/", "/lessons/01-deep/"])("blocked, on %s", async (path) => {
    const { page, problems, close } = await site.open();
    await page.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("blocked", "SecurityError");
        },
      }),
    );
    await page.goto(site.url + path);
    await page
      .getByRole("alert")
      .getByText(/저장하지 못하게 합니다/)
      .waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  /** Opens the home page as if `text` had been stored before. */
  const openWith = async (text: string) => {
    const opened = await site.open();
    await opened.page.addInitScript(
      ([key, stored]) => {
        if (!sessionStorage.getItem("placed")) localStorage.setItem(key, stored);
        sessionStorage.setItem("placed", "yes");
      },
      [RECORD_KEY, text] as const,
    );
    await opened.page.goto(`${site.url}/`);
    const item = (key: string) => opened.page.evaluate((name) => localStorage.getItem(name), key);
    return { ...opened, item };
  };

  test("corrupt: the damaged text is kept and can be downloaded", async () => {
    const damaged = '{"version":1,"read":{"01-deep":0.6},"answers":{"dl-q1":{"ver';
    const { page, item, close } = await openWith(damaged);
    await page.getByRole("alert").getByText(/손상/).first().waitFor();
    expect(await item(DAMAGED_KEY)).toBe(damaged);
    expect(JSON.parse((await item(RECORD_KEY)) ?? "{}").read).toEqual({ "01-deep": 0.6 });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "손상된 원본 내려받기" }).click();
    expect((await download).suggestedFilename()).toBe("깊이-손상된-기록.txt");
    await close();
  });

  test("newer: nothing is written over", async () => {
    const { page, item, close } = await openWith(NEWER);
    await page
      .getByRole("alert")
      .getByText(/더 새로운 버전/)
      .waitFor();
    await page.goto(`${site.url}/lessons/01-deep/`);
    await page.mouse.wheel(0, 4000);
    await page
      .getByRole("alert")
      .getByText(/더 새로운 버전/)
      .waitFor();
    expect(await item(RECORD_KEY)).toBe(NEWER);
    await close();
  });
});
