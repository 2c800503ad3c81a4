import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, type Site, wakeIslands } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

test("the engine is measured in this browser, result by result, until the learner stops", async () => {
  const { page, problems, close } = await site.open({ viewport: { width: 390, height: 800 } });
  await page.goto(`${site.url}/engine/`);
  await wakeIslands(page);
  await page.getByRole("button", { name: "이 기기에서 재기" }).click();
  await page.getByText("계산 방식").waitFor();

  const first = page.getByRole("region", { name: "작은 신경망 훈련" });
  await first.waitFor({ timeout: 60_000 });
  const speedOf = async (name: string) => {
    const row = first.getByRole("row", { name });
    const [median, range] = await Promise.all([
      row.locator("strong").textContent(),
      row.locator("small").textContent(),
    ]);
    const number = (text: string) => Number(text.replaceAll(",", ""));
    const [min, max] = range!.trim().split("–").map(number);
    return { median: number(median!), min: min!, max: max! };
  };
  const [engine, plain] = [await speedOf("이 강의의 엔진"), await speedOf("JavaScript, 숫자 배열로")];
  for (const { median, min, max } of [engine, plain]) {
    expect(min).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(min);
    expect(max).toBeGreaterThanOrEqual(median);
  }
  // The sentence is made from the same numbers, before they were rounded to three digits.
  const sentence = await first.getByText(/빠른 쪽의 [\d.,]+배/).textContent();
  const named = Number(/([\d.,]+)배/.exec(sentence!)![1]!.replaceAll(",", ""));
  expect(named).toBeGreaterThan(0.98 * (engine.median / plain.median));

  await page.getByRole("button", { name: "그만 재기" }).click();
  await page.getByText("측정을 멈추었습니다. 그때까지", { exact: false }).waitFor();
  const results = await page.getByRole("table").count();
  await page.waitForTimeout(1000);
  expect(await page.getByRole("table").count()).toBe(results);
  expect(await page.getByRole("button", { name: "다시 재기" }).isEnabled()).toBe(true);
  expect(problems).toEqual([]);
  await close();
});
