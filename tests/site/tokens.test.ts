import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contrast, deuteranopia, distance, lightness, linear } from "./colour.ts";

const css = readFileSync(join(import.meta.dirname, "../../src/site/styles/tokens.css"), "utf8");

/** The colours of the block that follows a selector. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  expect(start, selector).toBeGreaterThanOrEqual(0);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries(
    [...block.matchAll(/--color-([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]),
  );
}

const light = colours(":root");
const dark = colours(':root[data-theme="dark"]');

test("the reference arithmetic gives the published values", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 6);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(lightness("#ffffff")).toBeCloseTo(100, 1);
});

test("dark is the same by the system's wish and by the learner's choice", () => {
  expect(colours(':root:not([data-theme="light"])')).toEqual(dark);
  expect(Object.keys(dark)).toEqual(Object.keys(light));
});

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_name, theme) => {
  const grounds = ["bg", "surface", "raised"];
  const of = (name: string) => theme[name] ?? "";

  test.each(["text", "muted", "accent", "good", "partial", "bad"])("%s is readable as text", (name) => {
    for (const ground of grounds) expect(contrast(of(name), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  test("text is readable on the accent and on soft grounds", () => {
    expect(contrast(of("on-accent"), of("accent"))).toBeGreaterThanOrEqual(4.5);
    for (const soft of ["accent-soft", "positive-soft", "negative-soft"]) {
      expect(contrast(of("text"), of(soft)), soft).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(["border-strong", "positive", "negative", "real", "fake"])("%s is seen as a graphic", (name) => {
    for (const ground of grounds) expect(contrast(of(name), of(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ["positive", "negative"],
    ["real", "fake"],
  ])("%s and %s differ in deuteranopia and in grey", (one, other) => {
    const seen = (name: string) => deuteranopia(linear(of(name)));
    expect(distance(seen(one), seen(other))).toBeGreaterThanOrEqual(25);
    expect(Math.abs(lightness(of(one)) - lightness(of(other)))).toBeGreaterThanOrEqual(12);
  });
});
