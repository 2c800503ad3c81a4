import { expect, test } from "vitest";
import { unreadable } from "../../src/ui/use-widget-state.ts";
import { embedCode, shareLink } from "../../src/ui/widget-links.ts";

test("a shared link leads to the widget on its lesson's page, with its state", () => {
  expect(shareLink("https://example.org", "perceptron-lab", "1;gate=xor")).toBe(
    "https://example.org/lessons/02-perceptron/?perceptron-lab=1%3Bgate%3Dxor#perceptron-lab",
  );
});

test("the second widget of its kind on a page has a link of its own", () => {
  expect(shareLink("https://example.org", "depth-playground", "1;data=xor", "depth-playground-2")).toBe(
    "https://example.org/lessons/01-deep/?depth-playground-2=1%3Bdata%3Dxor#depth-playground-2",
  );
});

test("a widget at its defaults has a link without a state", () => {
  expect(shareLink("https://example.org", "depth-playground", "")).toBe(
    "https://example.org/lessons/01-deep/#depth-playground",
  );
});

test("the embed code is one iframe with a title", () => {
  expect(embedCode("https://example.org", "wide-deep", "1;seeds=3")).toMatch(
    /^<iframe src="https:\/\/example\.org\/embed\/wide-deep\/\?wide-deep=1%3Bseeds%3D3" title="넓게 대 깊게"/,
  );
});

test("a link that was read only in part says what was left out", () => {
  expect(unreadable([])).toBeUndefined();
  expect(unreadable(["rate", "seed"])).toContain("2가지");
  expect(unreadable(["version"])).toContain("다른 버전");
});
