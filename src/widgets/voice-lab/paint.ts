/** The picture of a sound with the curves below it. */

import { BANDS } from "../../data/mel.ts";
import { cssColor, type Palette } from "../../draw/palette.ts";
import { SPEAKS } from "./ear.ts";
import { LOUD, SCENE_BLOCKS } from "./scenes.ts";
import { COLUMNS, type Track } from "./track.ts";

export const WIDTH = 2 * COLUMNS;
const PICTURE = 4 * BANDS;
const GAP = 8;
const CURVE = 96;
export const HEIGHT = PICTURE + GAP + CURVE;

/** Levels between which the picture goes from the ground's colour to the text's, dB. */
const QUIET = -85;
const LOUDEST = -20;

export interface Painting {
  readonly track: Track;
  /** Where somebody speaks, when that is known. */
  readonly speech: readonly boolean[] | undefined;
}

/** @param scratch a canvas of `COLUMNS` × `BANDS` pixels. */
export function paintTrack(
  context: CanvasRenderingContext2D,
  scratch: HTMLCanvasElement,
  palette: Palette,
  { track, speech }: Painting,
): void {
  const small = scratch.getContext("2d");
  if (!small) return;
  context.fillStyle = cssColor(palette.neutral);
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const image = small.createImageData(COLUMNS, BANDS);
  for (let column = 0; column < COLUMNS; column++) {
    for (let band = 0; band < BANDS; band++) {
      const level = track.columns[column * BANDS + band]!;
      paintPixel(image, (BANDS - 1 - band) * COLUMNS + column, palette, level);
    }
  }
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, 0, 0, WIDTH, PICTURE);
  paintCurves(context, palette, { track, speech });
}

/** From the ground through the accent to the text's colour: brightness alone tells the order, in both themes. */
function paintPixel(image: ImageData, at: number, palette: Palette, level: number): void {
  const share = Math.max(0, Math.min(1, (level - QUIET) / (LOUDEST - QUIET)));
  const [from, to, rest] =
    share < 0.6
      ? [palette.neutral, palette.accent, share / 0.6]
      : [palette.accent, palette.text, (share - 0.6) / 0.4];
  for (const channel of [0, 1, 2] as const) {
    image.data[4 * at + channel] = from[channel] + (to[channel] - from[channel]) * rest;
  }
  image.data[4 * at + 3] = 255;
}

function paintCurves(context: CanvasRenderingContext2D, palette: Palette, { track, speech }: Painting): void {
  const top = PICTURE + GAP;
  const at = (share: number) => top + CURVE * (1 - Math.max(0, Math.min(1, share)));
  const place = (block: number) => ((block + 0.5) * WIDTH) / SCENE_BLOCKS;
  if (speech) {
    context.fillStyle = cssColor(palette.real, 0.28);
    const width = WIDTH / SCENE_BLOCKS;
    speech.forEach((is, block) => {
      if (is && block < track.blocks) context.fillRect(block * width, top, width + 0.5, CURVE);
    });
  }
  context.strokeStyle = cssColor(palette.muted);
  context.lineWidth = 1;
  context.strokeRect(0.5, top + 0.5, WIDTH - 1, CURVE - 1);
  context.setLineDash([2, 4]);
  line(
    context,
    [0, WIDTH],
    () => at(SPEAKS),
    (x) => x,
  );
  context.setLineDash([6, 4]);
  context.lineWidth = 2;
  const shown = Array.from({ length: Math.min(SCENE_BLOCKS, track.blocks) }, (_, block) => block);
  // The switch of loudness lies at the same height as the network's.
  const loudness = (level: number) => SPEAKS + (level - LOUD) / 90;
  line(context, shown, (block) => at(loudness(track.levels[block]!)), place);
  context.setLineDash([]);
  context.strokeStyle = cssColor(palette.accent);
  context.lineWidth = 3;
  const judged = shown.filter((block) => !Number.isNaN(track.probabilities[block]!));
  line(context, judged, (block) => at(track.probabilities[block]!), place);
}

function line(
  context: CanvasRenderingContext2D,
  values: readonly number[],
  y: (value: number) => number,
  x: (value: number) => number,
): void {
  context.beginPath();
  for (const value of values) context.lineTo(x(value), y(value));
  context.stroke();
}
