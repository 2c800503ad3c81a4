/** Prototypes of 한글 자모 out of fonts: the letters themselves, and the initials and vowels of syllables. */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { JAMO } from "../../src/data/datasets.ts";
import { AUTHORING, packageFolder } from "./authoring.ts";
import { boundsOf, type Contour, contoursOf, normalized, type PathCommand, signedArea } from "./outline.ts";

/** What we use of fontkit. */
interface Font {
  hasGlyphForCodePoint(point: number): boolean;
  glyphForCodePoint(point: number): { readonly path: { readonly commands: readonly PathCommand[] } };
}
interface FontKit {
  openSync(path: string): Font;
}

/** Handwriting and print, in packages of `authoring/`. */
const TRAINING_FAMILIES = [
  ...[
    "nanum-pen-script",
    "nanum-brush-script",
    "gaegu",
    "dokdo",
    "cute-font",
    "single-day",
    "jua",
    "do-hyeon",
  ],
  ...["dongle", "song-myung", "gowun-dodum", "nanum-gothic", "nanum-myeongjo", "gugi", "ibm-plex-sans-kr"],
].map((name) => `@expo-google-fonts/${name}`);
/** Never seen in training: three hands, a serif, and two sans serifs. */
const HELD_OUT = ["gamja-flower", "poor-story", "gowun-batang", "orbit", "sunflower"];

export const FAMILIES = {
  train: [...TRAINING_FAMILIES, "@fontsource/kirang-haerang"],
  test: [...HELD_OUT.map((name) => `@expo-google-fonts/${name}`), "@fontsource/hi-melody"],
} as const;

export interface Prototype {
  readonly label: number;
  readonly family: string;
  /** In a box of 1 around 0, outer lines clockwise. */
  readonly contours: readonly Contour[];
}

export function loadPrototypes(part: "train" | "test"): Prototype[] {
  const fontkit: FontKit = createRequire(join(AUTHORING, "package.json"))("fontkit");
  return FAMILIES[part].flatMap((family) =>
    fontFiles(family).flatMap((file) => {
      const font = fontkit.openSync(file);
      return JAMO.classes.flatMap((letter, label) =>
        shapesOf(font, letter).map((contours) => ({ label, family, contours: upright(contours) })),
      );
    }),
  );
}

/** The lightest and the boldest of a family. Of @fontsource, the file that holds all of Korean. */
function fontFiles(family: string): string[] {
  const folder = packageFolder(family);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const whole = names
    .filter((name) => name.endsWith(".ttf") || name.endsWith("-korean-400-normal.woff2"))
    .sort();
  return [...new Set([whole[0]!, whole.at(-1)!])].map((name) => join(folder, name));
}

/** Outer lines clockwise, as TrueType has them; PostScript outlines run the other way. */
function upright(contours: readonly Contour[]): Contour[] {
  const turned = signedArea(contours) > 0 ? contours.map((contour) => [...contour].reverse()) : contours;
  return normalized(turned);
}

function shapesOf(font: Font, letter: string): (readonly Contour[])[] {
  const outline = (text: string) => {
    const point = text.codePointAt(0)!;
    return font.hasGlyphForCodePoint(point) ? contoursOf(font.glyphForCodePoint(point).path.commands) : [];
  };
  const isVowel = letter >= "ㅏ";
  const parts = isVowel
    ? [vowelOf(outline(syllable("ㅇ", letter)), "ㅗㅛㅜㅠㅡ".includes(letter))]
    : [initialOf(outline(syllable(letter, "ㅣ")), false), initialOf(outline(syllable(letter, "ㅡ")), true)];
  return [outline(letter), ...parts].filter(({ length }) => length > 0);
}

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";

/** A syllable of an initial and a vowel (the arithmetic of Unicode's Hangul Syllables block). */
const syllable = (initial: string, vowel: string) =>
  String.fromCodePoint(0xac00 + (INITIALS.indexOf(initial) * VOWELS.length + VOWELS.indexOf(vowel)) * 28);

/** What of a sign may overlap the other letter, as a share of the em. */
const OVERLAP = 20;

/** The initial is what lies left of (or above) the vowel's one line; none when they touch. */
function initialOf(contours: readonly Contour[], isBelow: boolean): readonly Contour[] {
  const far = (contour: Contour) => (isBelow ? -boundsOf([contour]).bottom : boundsOf([contour]).right);
  const vowel = contours.toSorted((a, b) => far(b) - far(a))[0];
  if (!vowel || contours.length < 2) return [];
  const rest = contours.filter((contour) => contour !== vowel);
  const [own, other] = [boundsOf(rest), boundsOf([vowel])];
  const isApart = isBelow ? own.bottom > other.top - OVERLAP : own.right < other.left + OVERLAP;
  return isApart ? rest : [];
}

/** The vowel is what lies right of (or below) ㅇ, whose outer line is the leftmost (topmost); none when they touch. */
function vowelOf(contours: readonly Contour[], isBelow: boolean): readonly Contour[] {
  const near = (contour: Contour) => (isBelow ? -boundsOf([contour]).top : boundsOf([contour]).left);
  const ring = contours.toSorted((a, b) => near(a) - near(b))[0];
  if (!ring) return [];
  const edge = boundsOf([ring]);
  const rest = contours.filter((contour) => {
    const { left, right, bottom, top } = boundsOf([contour]);
    return left < edge.left || right > edge.right || bottom < edge.bottom || top > edge.top;
  });
  const isApart = rest.every((contour) => {
    const { left, top } = boundsOf([contour]);
    return isBelow ? top < edge.bottom + OVERLAP : left > edge.right - OVERLAP;
  });
  return isApart ? rest : [];
}
