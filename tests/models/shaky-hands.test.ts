import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIGITS, JAMO } from "../../src/data/datasets.ts";
import { prepareStrokes, type Stroke } from "../../src/data/strokes.ts";
import { Random } from "../../src/engine/random.ts";
import { parseModelCard } from "../../src/models/card.ts";
import { openPretrained } from "../../src/models/load.ts";
import { DRAWN_DIGITS } from "../data/drawn-digits.ts";
import { DRAWN_JAMO } from "../data/drawn-jamo.ts";

const FOLDER = join(import.meta.dirname, "../../public/models");
const HANDS = 40;

/** Points between two points, so that waves can bend a straight line. */
const dense = (stroke: Stroke): Stroke =>
  stroke.flatMap((to, i) => {
    const from = stroke[Math.max(0, i - 1)]!;
    const steps = i === 0 ? 1 : 8;
    return Array.from({ length: steps }, (_, step) => {
      const share = (step + 1) / steps;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    });
  });

/** The drawing slanted, stretched and turned as one, its lines bent, every stroke a little out of its place. */
function anotherHand(strokes: readonly Stroke[], random: Random): Stroke[] {
  const about = (size: number) => random.uniform(-size, size);
  const [angle, slant] = [about(0.15), about(0.2)];
  const [wide, high] = [random.uniform(0.8, 1.2), random.uniform(0.8, 1.2)];
  const [waveX, waveY, phase] = [about(0.04), about(0.04), about(3)];
  return strokes.map((stroke) => {
    const [shiftX, shiftY] = [about(0.02), about(0.02)];
    return dense(stroke).map(({ x, y }) => {
      const u = (x - 0.5) * wide + (y - 0.5) * slant + waveX * Math.sin(7 * y + phase);
      const v = (y - 0.5) * high + waveY * Math.sin(7 * x + phase);
      return {
        x: 0.5 + Math.cos(angle) * u - Math.sin(angle) * v + shiftX,
        y: 0.5 + Math.sin(angle) * u + Math.cos(angle) * v + shiftY,
      };
    });
  });
}

test.each([
  { data: DIGITS, drawings: DRAWN_DIGITS, least: 0.97 },
  { data: JAMO, drawings: DRAWN_JAMO, least: 0.97 },
])("$data.id from many hands are read rightly", ({ data, drawings, least }) => {
  const card = parseModelCard(readFileSync(join(FOLDER, `${data.id}.json`), "utf8"))!;
  const model = openPretrained(card, readFileSync(join(FOLDER, card.file)));
  if (data.preparation.kind === "none") throw new Error("these are drawn");
  const mistakes: string[] = [];
  for (let hand = 0; hand < HANDS; hand++) {
    const random = new Random(hand);
    for (const [label, strokes] of drawings.entries()) {
      const picture = prepareStrokes(anotherHand(strokes, random), data.preparation);
      const { probabilities } = model.run(picture);
      const answer = probabilities!.indexOf(Math.max(...probabilities!));
      if (answer !== label) mistakes.push(`${card.classes[label]}→${card.classes[answer]}`);
    }
  }
  expect(1 - mistakes.length / (HANDS * drawings.length), mistakes.sort().join(" ")).toBeGreaterThan(least);
});
