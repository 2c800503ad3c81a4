import { describe, expect, test } from "vitest";
import { parseColor } from "../../src/draw/palette.ts";

describe("colours of the style sheet", () => {
  test.each([
    ["#1657a8", [0x16, 0x57, 0xa8]],
    [" #CF6A00 ", [207, 106, 0]],
    // What a minifier makes of #ffffff and #1155aa.
    ["#fff", [255, 255, 255]],
    ["#15a", [0x11, 0x55, 0xaa]],
  ])("%s", (text, rgb) => {
    expect(parseColor(text)).toEqual(rgb);
  });

  test.each(["", "white", "#ff", "#fffff", "rgb(0 0 0)", "light-dark(#fff, #000)"])("not %s", (text) => {
    expect(() => parseColor(text)).toThrow("not a colour");
  });
});
