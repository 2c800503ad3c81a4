/** The car's camera: a grey picture of 32 × 16 pixels, which is all the network ever sees. */
import type { Car } from "./car.ts";
import { brightness, LOOK, type Look, type LookId, lightAt } from "./looks.ts";
import { HALF_WIDTH, type Road } from "./road.ts";

export const COLUMNS = 32;
export const ROWS = 16;
export const PIXELS = COLUMNS * ROWS;
/** Rays through each pixel, along and across. */
const RAYS = 2;
/** Height above the ground, m, and metres before the rear axle. */
export const HEIGHT = 1.5;
export const FORWARD = 1.2;
/** Half of the picture's width at distance 1, and where the horizon lies: rows from the top. */
export const HALF_VIEW = 1;
export const HORIZON = 3;
/** Width of a line, m, and of the strip between the line and the edge. */
export const LINE = 0.3;
export const SHOULDER = 0.3;
/** How far the road is seen, m. */
export const SIGHT = 60;
/** Half lengths of dashes in the middle and of the gaps, m. */
export const DASH = 3;

/** Where rays meet the ground: metres ahead and to the left, nearest rows last. */
interface Ray {
  readonly pixel: number;
  readonly ahead: number;
  readonly left: number;
}

const GROUND: readonly Ray[] = rays();

function rays(): Ray[] {
  const found: Ray[] = [];
  for (let row = 0; row < ROWS * RAYS; row++) {
    const down = ((row + 0.5) / RAYS - HORIZON) * ((2 * HALF_VIEW) / COLUMNS);
    const ahead = HEIGHT / down;
    if (down <= 0 || ahead > SIGHT) continue;
    for (let column = 0; column < COLUMNS * RAYS; column++) {
      const across = ((column + 0.5) / RAYS / COLUMNS - 0.5) * 2 * HALF_VIEW;
      const pixel = Math.floor(row / RAYS) * COLUMNS + Math.floor(column / RAYS);
      found.push({ pixel, ahead: ahead + FORWARD, left: -across * ahead });
    }
  }
  return found;
}

/** What lies at a distance from the middle, so far along the road. */
function shadeAt(look: Look, offset: number, along: number): number {
  const aside = Math.abs(offset);
  if (aside > HALF_WIDTH) return brightness(look.ground);
  const edge = Math.abs(aside - (HALF_WIDTH - SHOULDER - LINE / 2)) <= LINE / 2;
  const dash = aside <= LINE / 2 && Math.floor(along / DASH) % 2 === 0;
  return brightness(edge || dash ? look.line : look.asphalt);
}

/**
 * The picture, row by row from the top left, brightness 0 to 1. Each ray that meets the ground asks for the nearest
 * point of the road's middle.
 */
export function photograph(
  road: Road,
  car: Car,
  lookId: LookId,
  into = new Float32Array(PIXELS),
): Float32Array {
  const look = LOOK[lookId];
  into.fill(0);
  const counted = new Uint8Array(PIXELS);
  const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)];
  const { nearest } = car.place;
  for (const { pixel, ahead, left } of GROUND) {
    const x = car.x + ahead * cos - left * sin;
    const y = car.y + ahead * sin + left * cos;
    const { offset, at } = nearestTo(road, x, y, nearest, ahead + Math.abs(left));
    into[pixel]! += shadeAt(look, offset, at) * lightAt(look, ahead);
    counted[pixel]! += 1;
  }
  const sky = brightness(look.sky);
  const rest = RAYS * RAYS;
  for (let pixel = 0; pixel < PIXELS; pixel++)
    into[pixel] = (into[pixel]! + (rest - counted[pixel]!) * sky) / rest;
  return into;
}

/** Signed distance from the middle, found among the points that can be nearest. */
function nearestTo(
  road: Road,
  x: number,
  y: number,
  from: number,
  reach: number,
): { offset: number; at: number } {
  const last = Math.min(road.x.length - 1, from + Math.ceil(reach) + 4);
  let [at, best] = [from, Number.POSITIVE_INFINITY];
  // Every fourth point first, then around the best of them.
  for (let i = Math.max(0, from - 4); i <= last; i += 4) {
    const distance = (road.x[i]! - x) ** 2 + (road.y[i]! - y) ** 2;
    if (distance < best) [at, best] = [i, distance];
  }
  const coarse = at;
  for (let i = Math.max(0, coarse - 3); i <= Math.min(road.x.length - 1, coarse + 3); i++) {
    const distance = (road.x[i]! - x) ** 2 + (road.y[i]! - y) ** 2;
    if (distance < best) [at, best] = [i, distance];
  }
  const direction = road.direction[at]!;
  return { offset: (y - road.y[at]!) * Math.cos(direction) - (x - road.x[at]!) * Math.sin(direction), at };
}
