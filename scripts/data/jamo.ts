/** 한글 자모 as pictures, synthesised from the outlines of fonts: other hands, other pens. */
import { JAMO } from "../../src/data/datasets.ts";
import type { Pictures } from "../../src/data/pictures.ts";
import { centreOfMass } from "../../src/data/strokes.ts";
import { Random } from "../../src/engine/random.ts";
import { loadPrototypes, type Prototype } from "./jamo-glyphs.ts";
import { boundsOf, type Contour, type Hand, rasterize, rewritten } from "./outline.ts";

const TRAINING_HAND: Hand = { turn: 0.2, shear: 0.22, wave: 0.05, width: 0.035 };
/** Held-out families are deformed too, but less: as one hand differs from the next. */
const TEST_HAND: Hand = { turn: 0.1, shear: 0.12, wave: 0.03, width: 0.02 };
const SEEDS = { train: 20, test: 21 };

/**
 * Pictures, one of each class by turns; the same every time.
 * @param count how many of them, from the first on.
 * @throws Error when no font has a letter.
 */
export function loadJamo(part: "train" | "test", count = JAMO.split[part]): Pictures {
  const random = new Random(SEEDS[part]);
  const hand = part === "train" ? TRAINING_HAND : TEST_HAND;
  const byClass = byFamily(loadPrototypes(part));
  const size = JAMO.rows;
  const pixels = new Uint8Array(count * size * size);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % JAMO.classes.length);
  labels.forEach((label, i) => {
    const families = byClass[label]!;
    const shapes = families[random.below(families.length)]!;
    const { contours } = shapes[random.below(shapes.length)]!;
    const picture = drawLetter(rewritten(contours, hand, random), size);
    pixels.set(
      picture.map((ink) => Math.round(255 * ink)),
      i * size * size,
    );
  });
  return { rows: size, columns: size, pixels, labels };
}

/** For each class, the prototypes of each family: families with many weights shall not count more. */
function byFamily(prototypes: readonly Prototype[]): Prototype[][][] {
  return JAMO.classes.map((letter, label) => {
    const families = new Map<string, Prototype[]>();
    for (const prototype of prototypes) {
      if (prototype.label !== label) continue;
      families.set(prototype.family, [...(families.get(prototype.family) ?? []), prototype]);
    }
    if (families.size === 0) throw new Error(`no font has ${letter}`);
    return [...families.values()];
  });
}

/** As a learner's drawing is prepared: the box of 20 pixels by the longer side, centre of mass on pixel 14. */
export function drawLetter(contours: readonly Contour[], size: number): Float32Array {
  if (JAMO.preparation.kind === "none") throw new Error("letters are drawn");
  const { left, right, bottom, top } = boundsOf(contours);
  const scale = JAMO.preparation.box / Math.max(right - left, top - bottom);
  const place = (x: number, y: number) =>
    rasterize(
      contours.map((contour) =>
        contour.map(
          (point) =>
            [
              (point[0] - (left + right) / 2) * scale + x,
              (point[1] - (bottom + top) / 2) * scale + size - y,
            ] as const,
        ),
      ),
      size,
    );
  const middle = size / 2;
  const mass = centreOfMass(place(middle, middle), size, size);
  return place(2 * middle - mass.x, 2 * middle - mass.y);
}
