import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LearnerRecord } from "../../src/learner/record.ts";
import { RECORD_KEY } from "../../src/learner/storage.ts";
import { openSite, type Site, wakeIslands } from "./site.ts";

/** Answers as learners write them; the first one has a typo. */
const ANSWERS = [
  "은닉칭이 여러 개라서 깊은 신경망이니까",
  "가중치랑 편향을 조정하는 거",
  "CNN이요",
  "트랜스포머",
  "생성자 vs 판별자",
] as const;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const readRecord = (page: Page): Promise<LearnerRecord | null> =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "null"), RECORD_KEY);

/** Waits until what the browser stored satisfies the learner's expectation. */
const stored = <T>(page: Page, pick: (record: LearnerRecord) => T, timeout = 10_000) =>
  expect.poll(async () => pickFrom(await readRecord(page), pick), { timeout });

const pickFrom = <T>(record: LearnerRecord | null, pick: (record: LearnerRecord) => T) =>
  record === null ? undefined : pick(record);

const openLesson = async (page: Page, id: string) => {
  await page.locator(`main a[href$="/lessons/${id}/"]:visible`).first().click();
  await page.waitForURL(`**/lessons/${id}/`);
  await wakeIslands(page);
};

/** Reads to the end, as a reader scrolls. */
async function readToTheEnd(page: Page) {
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  for (let turn = 0; turn < 200; turn += 1) {
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(20);
    const atEnd = await page.evaluate(
      () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2,
    );
    if (atEnd) return;
  }
}

async function trainInThePlayground(page: Page) {
  const playground = page.locator("#depth-playground");
  await playground.scrollIntoViewIfNeeded();
  const play = playground.getByRole("button", { name: /학습 시작|시작|재생|훈련/ }).first();
  await play.click();
  await stored(page, (record) => record.goals["depth-playground"]?.length ?? 0, 90_000).toBeGreaterThan(0);
}

async function answerMiniQuiz(page: Page) {
  const inputs = page.locator("main form").getByRole("textbox");
  await expect.poll(() => inputs.count()).toBe(ANSWERS.length);
  for (const [index, answer] of ANSWERS.entries()) {
    const form = page
      .locator("main form")
      .filter({ has: page.getByRole("textbox") })
      .nth(index);
    await form.getByRole("textbox").fill(answer);
    await form.locator("[type=submit], button:not([type])").first().click();
    await stored(
      page,
      (record) => Object.keys(record.answers).filter((id) => id.startsWith("dl-")).length,
    ).toBe(index + 1);
  }
}

test("home → lesson 1 → train → a goal → lesson 2 → mini quiz with a typo → reload: all is kept", async () => {
  const { page, problems, close } = await site.open({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}/`);
  await openLesson(page, "01-deep");
  await trainInThePlayground(page);
  await readToTheEnd(page);
  await stored(page, (record) => record.read["01-deep"]).toBeGreaterThan(0.9);

  await openLesson(page, "02-perceptron");
  await readToTheEnd(page);
  await stored(page, (record) => record.read["02-perceptron"]).toBeGreaterThan(0.9);

  await page.goto(`${site.url}/`);
  await openLesson(page, "08-conclusion");
  await answerMiniQuiz(page);
  await page
    .getByText(/은닉칭.*은닉층/)
    .first()
    .waitFor();
  const before = await readRecord(page);
  const verdicts = Object.values(before?.answers ?? {}).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(ANSWERS.map(() => "correct"));

  await page.reload();
  await wakeIslands(page);
  const inputs = page.locator("main form").getByRole("textbox");
  for (const [index, answer] of ANSWERS.entries()) {
    await expect.poll(() => inputs.nth(index).inputValue()).toBe(answer);
  }
  expect((await readRecord(page))?.answers).toEqual(before?.answers);

  await page.goto(`${site.url}/`);
  await wakeIslands(page);
  await page
    .locator("main")
    .getByText(/진행 중|마쳤습니다/)
    .first()
    .waitFor();
  expect(problems).toEqual([]);
  await close();
});
