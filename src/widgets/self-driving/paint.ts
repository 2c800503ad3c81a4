/** The road as it is seen through the windscreen: the same eye as the camera's, in colour and without its pixels. */
import { cssColor, type Rgb } from "../../draw/palette.ts";
import { COLUMNS, DASH, FORWARD, HALF_VIEW, HEIGHT, HORIZON, LINE, ROWS, SHOULDER, SIGHT } from "./camera.ts";
import type { Ride } from "./drive.ts";
import { LOOK, type Look, lightAt } from "./looks.ts";
import { HALF_WIDTH } from "./road.ts";

export const WIDTH = 640;
export const HEIGHT_PIXELS = 320;
const PER_UNIT = WIDTH / (2 * HALF_VIEW);
const HORIZON_AT = (HORIZON / ROWS) * HEIGHT_PIXELS;
/** Nothing nearer than this is drawn, m. */
const NEAREST = 0.9;

const lit = ([red, green, blue]: Rgb, light: number): string =>
  cssColor([Math.round(red * light), Math.round(green * light), Math.round(blue * light)]);

/** A point of the road's cross-section: metres ahead of the camera and to its left. */
interface Seen {
  readonly ahead: number;
  readonly left: number;
}

export function paintWindow(context: CanvasRenderingContext2D, ride: Ride): void {
  const look = LOOK[ride.route.look];
  context.fillStyle = cssColor(look.sky);
  context.fillRect(0, 0, WIDTH, HORIZON_AT);
  paintGround(context, look);
  const first = Math.max(0, ride.car.place.nearest - 3);
  const last = Math.min(ride.road.x.length - 2, ride.car.place.nearest + SIGHT + 15);
  for (let i = last; i >= first; i--) paintPiece(context, ride, look, i);
}

/** In bands, so that it darkens with the distance by night. */
function paintGround(context: CanvasRenderingContext2D, look: Look): void {
  const band = 4;
  for (let top = HORIZON_AT; top < HEIGHT_PIXELS; top += band) {
    const ahead = (HEIGHT * PER_UNIT) / (top + band / 2 - HORIZON_AT);
    context.fillStyle = lit(look.ground, lightAt(look, Math.min(ahead, 80)));
    context.fillRect(0, top, WIDTH, band);
  }
}

/** One metre of road: asphalt, both edge lines and, where there is one, a dash. */
function paintPiece(context: CanvasRenderingContext2D, ride: Ride, look: Look, i: number): void {
  const near = (offset: number) => seen(ride, i, offset);
  const far = (offset: number) => seen(ride, i + 1, offset);
  const { ahead } = near(0);
  if (far(0).ahead < NEAREST || ahead > SIGHT) return;
  const light = lightAt(look, Math.max(0, ahead));
  const strip = (from: number, to: number, color: Rgb) => {
    context.fillStyle = lit(color, light);
    fill(context, [near(from), far(from), far(to), near(to)]);
  };
  strip(HALF_WIDTH, -HALF_WIDTH, look.asphalt);
  const line = HALF_WIDTH - SHOULDER;
  strip(line, line - LINE, look.line);
  strip(-line + LINE, -line, look.line);
  if (Math.floor(i / DASH) % 2 === 0) strip(LINE / 2, -LINE / 2, look.line);
}

function seen({ road, car }: Ride, i: number, offset: number): Seen {
  const direction = road.direction[i]!;
  const dx = road.x[i]! - offset * Math.sin(direction) - car.x;
  const dy = road.y[i]! + offset * Math.cos(direction) - car.y;
  const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)];
  return { ahead: dx * cos + dy * sin - FORWARD, left: dy * cos - dx * sin };
}

/** Four corners: near, far, far, near. */
function fill(context: CanvasRenderingContext2D, points: readonly Seen[]): void {
  context.beginPath();
  points.forEach(({ ahead, left }, corner) => {
    const distance = Math.max(NEAREST, ahead);
    const x = WIDTH / 2 - (left / distance) * PER_UNIT;
    // The near edge reaches under the next piece, so that no seam shows.
    const overlap = corner === 0 || corner === 3 ? 1 : 0;
    context.lineTo(x, HORIZON_AT + (HEIGHT / distance) * PER_UNIT + overlap);
  });
  context.fill();
}

/** A camera picture into a canvas of its size. */
export function paintPixels(context: CanvasRenderingContext2D, picture: Float32Array): void {
  const image = context.createImageData(COLUMNS, ROWS);
  picture.forEach((value, i) => {
    image.data.fill(Math.round(255 * value), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
