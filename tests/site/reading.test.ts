import { expect, test } from "vitest";
import { widgetAnchor } from "../../src/site/anchors.ts";
import { readFraction } from "../../src/site/scripts/reading.ts";

test("what has been in the window counts as read", () => {
  expect(readFraction({ top: 800, height: 1000 }, 700)).toBe(0);
  expect(readFraction({ top: 200, height: 1000 }, 700)).toBe(0.5);
  expect(readFraction({ top: -300, height: 1000 }, 700)).toBe(1);
  expect(readFraction({ top: -900, height: 1000 }, 700)).toBe(1);
  expect(readFraction({ top: 0, height: 0 }, 700)).toBe(0);
});

test("a widget placed twice gets two anchors, page by page", () => {
  const [one, other] = [{}, {}];
  expect([widgetAnchor(one, "lab"), widgetAnchor(one, "lab"), widgetAnchor(one, "play")]).toEqual([
    "lab",
    "lab-2",
    "play",
  ]);
  expect(widgetAnchor(other, "lab")).toBe("lab");
});
