import { hydrate, render } from "preact";
import { useRef } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { learner } from "../../src/learner/index.ts";
import { LessonProgress } from "../../src/learner/LessonProgress.tsx";
import { defineState, integer } from "../../src/ui/state-codec.ts";
import { useWidgetState } from "../../src/ui/use-widget-state.ts";
import { WidgetFrame } from "../../src/ui/WidgetFrame.tsx";

const root = document.createElement("div");
const schema = defineState(1, { depth: integer({ fallback: 1, min: 0, max: 6 }) });

function Probe() {
  const place = useRef<HTMLButtonElement>(null);
  const { state, set, reset, notice } = useWidgetState("wide-deep", schema, { depth: 2 }, place);
  return (
    <WidgetFrame
      widget="wide-deep"
      title="시험"
      instruction="눌러 봅니다."
      goals={[{ id: "deep", label: "세 층을 쌓기", done: state.depth >= 3 }]}
      description="층의 수를 보여 줍니다."
      onReset={reset}
      encodedState={() => schema.encode(state)}
      notice={notice}
    >
      <button ref={place} type="button" onClick={() => set({ depth: state.depth + 1 })}>
        층 {state.depth}
      </button>
    </WidgetFrame>
  );
}

const addressWas = location.href;
const openAt = (query: string) => {
  const url = new URL(addressWas);
  url.searchParams.set("wide-deep", query);
  history.replaceState(null, "", url);
};

beforeEach(() => {
  document.body.append(root);
  learner.erase();
});
afterEach(() => {
  render(null, root);
  root.remove();
  history.replaceState(null, "", addressWas);
});

test("a goal is recorded and announced once reached, and stays marked after a reset", async () => {
  render(<Probe />, root);
  await page.getByRole("button", { name: "층 2" }).click();
  await expect.poll(() => learner.record.value.goals["wide-deep"]).toEqual(["deep"]);
  await expect.element(page.getByText("지금 달성")).toBeVisible();
  await expect.poll(() => root.querySelector("[role=status]")?.textContent).toContain("세 층을 쌓기");
  await page.getByRole("button", { name: "처음으로" }).click();
  await expect.element(page.getByText("전에 달성")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "층 2" })).toBeVisible();
});

test("the address decides over the preset", async () => {
  openAt("1;depth=5");
  render(<Probe />, root);
  await expect.element(page.getByRole("button", { name: "층 5" })).toBeVisible();
});

test("a damaged link falls back to the defaults and says how much was left out", async () => {
  openAt("1;depth=99");
  render(<Probe />, root);
  await expect.poll(() => root.querySelector("[role=alert]")?.textContent).toContain("1가지를 읽지 못해");
  await expect.element(page.getByRole("button", { name: "층 1" })).toBeVisible();
});

test("a view that is hydrated after the record was loaded shows the record", async () => {
  const lesson = { id: "01-deep", widgets: [], questions: [] };
  root.innerHTML = renderToString(<LessonProgress lesson={lesson} />);
  learner.markRead("01-deep", 1);
  hydrate(<LessonProgress lesson={lesson} />, root);
  await expect.poll(() => root.querySelector("progress")?.value).toBe(100);
});

test("what the learner set comes back when the page is loaded again, unless another link is opened", async () => {
  root.className = "widget-place";
  root.id = "wide-deep";
  const loadAgain = () => {
    render(null, root);
    render(<Probe />, root);
  };
  const kept = () => sessionStorage.getItem(`gipi.widget.${location.pathname}#wide-deep`);
  try {
    render(<Probe />, root);
    await page.getByRole("button", { name: "층 2" }).click();
    await expect.poll(kept).toContain("depth=3");
    loadAgain();
    await expect.element(page.getByRole("button", { name: "층 3" })).toBeVisible();
    openAt("1;depth=5");
    loadAgain();
    await expect.element(page.getByRole("button", { name: "층 5" })).toBeVisible();
    history.replaceState(null, "", addressWas);
    loadAgain();
    await page.getByRole("button", { name: "처음으로" }).click();
    await expect.poll(kept).toBeNull();
    loadAgain();
    await expect.element(page.getByRole("button", { name: "층 2" })).toBeVisible();
  } finally {
    sessionStorage.clear();
    root.removeAttribute("class");
    root.removeAttribute("id");
  }
});
