import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/site/styles/tokens.css";
import { learner } from "../../../src/learner/index.ts";
import { PhotoError } from "../../../src/ui/read-photo.ts";
import { readPhoto } from "../../../src/widgets/feature-hierarchy/photo.ts";
import View from "../../../src/widgets/feature-hierarchy/View.tsx";

const root = document.createElement("div");
root.className = "widget-place";
root.id = "feature-hierarchy";

const WAIT = { timeout: 20_000 };
const reached = () => learner.record.value.goals["feature-hierarchy"] ?? [];
const text = (selector: string) => root.querySelector(selector)?.textContent ?? "";
const choose = (label: string) =>
  [...root.querySelectorAll(".ui-segments label")]
    .find((element) => element.textContent === label)
    ?.querySelector("input")
    ?.click();

beforeEach(() => {
  history.replaceState(null, "", location.pathname);
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function loaded() {
  render(<View />, root);
  await page.getByRole("button", { name: /불러오기/ }).click();
  await expect.poll(() => root.querySelectorAll(".fh-patch").length, WAIT).toBe(12);
}

test("nothing is loaded before it is asked for, and loading can be stopped", async () => {
  render(<View />, root);
  expect(text(".fh-loading")).toContain("약 734 kB");
  expect(root.querySelector(".fh-patch")).toBeNull();
  await page.getByRole("button", { name: /불러오기/ }).click();
  const stop = page.getByRole("button", { name: "그만두기" });
  if (await stop.query()) {
    (stop.query() as HTMLElement | null)?.click();
    await expect.poll(() => text(".fh-loading")).toContain("약 734 kB");
  }
});

test("layers and channels by keyboard; the sentence counts the patches that are shown", async () => {
  await loaded();
  expect(root.querySelectorAll(".fh-channel input")).toHaveLength(8);
  expect(text(".model-card")).toContain("Fashion-MNIST");
  choose("5층");
  await expect.poll(() => root.querySelectorAll(".fh-channel input").length).toBe(64);
  root.querySelector<HTMLInputElement>(".fh-channel input")!.focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(() => text(".fh-inside")).toContain("2번 채널을 가장 세게 켜는 조각 12장");
  for (const [layer, field] of [
    ["2층", "7×7"],
    ["3층", "12×12"],
    ["4층", "16×16"],
  ] as const) {
    choose(layer);
    await expect.poll(() => text(".fh-about")).toContain(field);
  }
  await expect.poll(reached).toContain("layers");
});

test("the answer to a picture, and what covering it changes", async () => {
  await loaded();
  await expect.poll(() => root.querySelectorAll(".fh-answers li").length).toBe(4);
  await expect.poll(() => text(".fh-covering"), WAIT).toContain("196곳 가운데");
  const before = text(".fh-covering");
  await page.getByRole("button", { name: "다음 사진" }).click();
  await expect.poll(() => text(".fh-covering"), WAIT).not.toBe(before);
});

test("an own photograph is answered; a text file is refused in Korean and loses nothing", async () => {
  await loaded();
  choose("내 사진");
  await expect.poll(() => root.querySelector("input[type=file]")).not.toBeNull();
  const input = page.getByLabelText(/사진 파일 고르기/);
  const canvas = new OffscreenCanvas(300, 200);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, 300, 200);
  context.fillStyle = "#234";
  context.fillRect(110, 30, 80, 150);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  await input.upload(new File([blob], "shirt.png", { type: "image/png" }));
  await expect.poll(() => text(".photo-chooser"), WAIT).toContain("shirt.png의 가운데");
  await expect.poll(reached, WAIT).toContain("own");
  await input.upload(new File(["안녕하세요"], "notes.txt", { type: "text/plain" }));
  await expect.poll(() => text(".photo-chooser [role=alert]")).toContain("그림 파일이 아닙니다");
  expect(text(".photo-chooser")).toContain("shirt.png");
});

test("a photograph of forty megapixels is read; a damaged one is told of", async () => {
  const canvas = new OffscreenCanvas(7300, 5500);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, 7300, 5500);
  context.fillStyle = "#000";
  context.fillRect(2650, 1750, 2000, 2000);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 });
  const grey = await readPhoto(new File([blob], "large.jpg", { type: "image/jpeg" }));
  expect(grey[0]).toBeCloseTo(1, 1);
  expect(grey[14 * 28 + 14]).toBeCloseTo(0, 1);
  const broken = new File([blob.slice(0, 30)], "broken.jpg", { type: "image/jpeg" });
  await expect(readPhoto(broken)).rejects.toBeInstanceOf(PhotoError);
});
