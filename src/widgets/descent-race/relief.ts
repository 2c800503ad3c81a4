/**
 * The surface in space, by parallel projection: cells are painted from the back to the front, and of the ways only the
 * pieces are drawn that no hill hides. Surface and pieces are made once for an eye; a picture then costs little.
 */
import { cssColor, type Palette } from "../../draw/palette.ts";
import { between, type Field, groundColor, SHADES } from "./contours.ts";
import type { Path } from "./race.ts";
import { RACER_LOOKS } from "./racers.tsx";
import {
  drawMark,
  drawRing,
  type Look,
  type Point,
  piecesUntil,
  placeAt,
  type Scene,
  strokeWay,
} from "./scene.ts";
import { type Place, SURFACES } from "./surfaces.ts";

/** Cells along a side. */
export const CELLS = 40;
/** Height of the relief, the side of its ground being 2. */
const RELIEF = 0.9;
/** Half the picture's side in those units: the ground's diagonal is √2 on each side. */
const REACH = 1.5;
/** How much a slope changes the brightness. */
const LIGHT = 0.16;
const RADIANS = Math.PI / 180;

/** From where it is looked at, in degrees: turned about the vertical, and lifted above the horizon. */
export interface Eye {
  readonly turn: number;
  readonly tilt: number;
}

/** A place of the ground (each coordinate from −1 to 1) at a height from 0 to 1, in a picture of this side. */
export function project(eye: Eye, side: number, x: number, y: number, height: number): Point {
  const { across, away } = turned(eye, x, y);
  const [sine, cosine] = [Math.sin(eye.tilt * RADIANS), Math.cos(eye.tilt * RADIANS)];
  const up = away * sine + (height - 0.4) * RELIEF * cosine;
  return { x: (side / 2) * (1 + across / REACH), y: (side / 2) * (1 - up / REACH) };
}

function turned({ turn }: Eye, x: number, y: number): { across: number; away: number } {
  const [sine, cosine] = [Math.sin(turn * RADIANS), Math.cos(turn * RADIANS)];
  return { across: cosine * x - sine * y, away: sine * x + cosine * y };
}

/** What does not change while the relief turns: heights of the corners, fills of the cells. */
export interface Mesh {
  /** [row][column], rows from the top, `CELLS` + 1 each way. */
  readonly heights: Float32Array;
  readonly fills: readonly string[];
}

export function meshOf(field: Field, palette: Palette): Mesh {
  const corners = CELLS + 1;
  const stride = (field.size - 1) / CELLS;
  const heights = Float32Array.from({ length: corners * corners }, (_, i) =>
    between(field.values, field.size, (i % corners) * stride, Math.floor(i / corners) * stride),
  );
  // Where the ground is light, shade is more of the other colour; where it is dark, light is.
  const darker = palette.neutral[1] > palette.muted[1] ? -1 : 1;
  const fills = Array.from({ length: CELLS * CELLS }, (_, i) => {
    const at = Math.floor(i / CELLS) * corners + (i % CELLS);
    const [a, b, c, d] = [heights[at]!, heights[at + 1]!, heights[at + corners]!, heights[at + corners + 1]!];
    // Light from the upper left: slopes that face it are brighter.
    const lit = (b + d - a - c + (c + d - a - b)) * 0.5 * CELLS * LIGHT;
    const height = (a + b + c + d) / 4;
    // Cells through which a contour of the map goes are a little darker.
    const bands = [a, b, c, d].map((corner) => Math.floor(corner * SHADES));
    const rim = Math.max(...bands) > Math.min(...bands) ? 0.16 : 0;
    const share = 0.5 + rim + 0.4 * (height - 0.3) + darker * 0.6 * Math.tanh(lit);
    return cssColor(groundColor(palette, share * 0.9));
  });
  return { heights, fills };
}

/** Cells in the order of painting: those farthest away first. */
export function paintingOrder(eye: Eye): number[] {
  const order = (step: number) => {
    const forward = Array.from({ length: CELLS }, (_, i) => i);
    return step > 0 ? forward : forward.reverse();
  };
  // A row further down is nearer by cos(turn), a column further right is farther by sin(turn).
  const rows = order(Math.cos(eye.turn * RADIANS));
  const columns = order(-Math.sin(eye.turn * RADIANS));
  return rows.flatMap((row) => columns.map((column) => row * CELLS + column));
}

/** The surface alone. */
export function drawSurface(context: CanvasRenderingContext2D, side: number, mesh: Mesh, eye: Eye): void {
  context.clearRect(0, 0, side, side);
  const corners = CELLS + 1;
  const at = (i: number) => -1 + (2 * i) / CELLS;
  const points = Array.from({ length: corners * corners }, (_, i) =>
    project(eye, side, at(i % corners), -at(Math.floor(i / corners)), mesh.heights[i]!),
  );
  for (const cell of paintingOrder(eye)) {
    const corner = Math.floor(cell / CELLS) * corners + (cell % CELLS);
    const quad = [
      points[corner]!,
      points[corner + 1]!,
      points[corner + corners + 1]!,
      points[corner + corners]!,
    ];
    context.beginPath();
    quad.forEach(({ x, y }, i) => {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
    context.fillStyle = mesh.fills[cell]!;
    context.fill();
    // The same colour along the rim closes the seams that anti-aliasing leaves.
    context.lineWidth = 1;
    context.strokeStyle = mesh.fills[cell]!;
    context.stroke();
  }
}

/** Steps of the search for a hill in the way, in units of the ground. */
const MARCH = 1 / CELLS;
/** A way lies on the ground: so much above it counts as in front, or roughness would tear it. */
const CLEARANCE = 0.02;

/** Whether a hill stands between the eye and this place of the ground. */
export function isHidden(heights: Field, eye: Eye, [x, y]: Place): boolean {
  const rise = Math.tan(eye.tilt * RADIANS) / RELIEF;
  const start = groundHeight(heights, [x, y]) + CLEARANCE;
  const [sine, cosine] = [Math.sin(eye.turn * RADIANS), Math.cos(eye.turn * RADIANS)];
  for (let far = MARCH; ; far += MARCH) {
    const place: Place = [x - sine * far, y - cosine * far];
    const sight = start + far * rise;
    if (!inside(place) || sight > 1) return false;
    if (groundHeight(heights, place) > sight) return true;
  }
}

/** A piece of a way as it is drawn, no longer than a few cells. */
interface Piece {
  readonly from: Point;
  readonly to: Point;
  /** Steps after which it has been gone. */
  readonly done: number;
}

/** The pieces that can be seen, of every way. */
export interface Ways {
  readonly paths: readonly (readonly Piece[])[];
  readonly before: readonly (readonly Piece[])[];
}

export function waysOf(scene: Scene, eye: Eye, side: number): Ways {
  const seen = (path: Path) => visiblePieces(scene, path, eye, side);
  return { paths: scene.paths.map(seen), before: scene.before.map(seen) };
}

function visiblePieces(scene: Scene, path: Path, eye: Eye, side: number): Piece[] {
  const found: Piece[] = [];
  for (const [start, end, step] of piecesUntil(path, path.x.length, scene.surface)) {
    const [from, to] = [onGround(scene, start), onGround(scene, end)];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const count = Math.min(2 * CELLS, Math.max(1, Math.ceil((length * CELLS) / 2)));
    const at = (i: number): Place => [
      from[0] + ((to[0] - from[0]) * i) / count,
      from[1] + ((to[1] - from[1]) * i) / count,
    ];
    for (let i = 1; i <= count; i++) {
      const [a, b] = [at(i - 1), at(i)];
      if (!inside(a) || !inside(b) || isHidden(scene.heights, eye, at(i - 0.5))) continue;
      found.push({
        from: lifted(scene, eye, side, a),
        to: lifted(scene, eye, side, b),
        done: step - 1 + i / count,
      });
    }
  }
  return found;
}

/** Ways up to the position, the minima and the racers, over the surface. */
export function drawWays(
  context: CanvasRenderingContext2D,
  side: number,
  {
    scene,
    ways,
    eye,
    look,
    position,
  }: {
    scene: Scene;
    ways: Ways;
    eye: Eye;
    look: Look;
    position: number;
  },
): void {
  const stroke = ({ racer }: Path, pieces: readonly Piece[], until: number, faint: boolean) => {
    context.beginPath();
    let end: Point | undefined;
    for (const { from, to, done } of pieces) {
      if (done > until) break;
      if (from.x !== end?.x || from.y !== end.y) context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      end = to;
    }
    const { dash } = RACER_LOOKS[racer];
    strokeWay(context, look.colors[racer], look, { width: faint ? 2 : 3, dash, faint });
  };
  scene.before.forEach((path, i) => {
    stroke(path, ways.before[i] ?? [], Number.POSITIVE_INFINITY, true);
  });
  scene.paths.forEach((path, i) => {
    stroke(path, ways.paths[i] ?? [], position, false);
  });
  for (const bottom of scene.bottoms) {
    const place = onGround(scene, bottom);
    if (inside(place)) drawRing(context, lifted(scene, eye, side, place), side / 50, look);
  }
  for (const path of scene.paths) {
    const place = onGround(scene, placeAt(path, position));
    if (inside(place)) drawMark(context, path, lifted(scene, eye, side, place), side / 62, look, position);
  }
}

/** −1 to 1 within the picture. */
function onGround({ surface }: Scene, [x, y]: Place): Place {
  const { window } = SURFACES[surface];
  return [(x - window.x) / window.half, (y - window.y) / window.half];
}

const inside = ([x, y]: Place) => Math.max(Math.abs(x), Math.abs(y)) <= 1;

function groundHeight(heights: Field, [x, y]: Place): number {
  const last = heights.size - 1;
  return between(heights.values, heights.size, ((x + 1) / 2) * last, ((1 - y) / 2) * last);
}

const lifted = (scene: Scene, eye: Eye, side: number, place: Place): Point =>
  project(eye, side, place[0], place[1], groundHeight(scene.heights, place));

/** The place of the ground that is drawn nearest to a point of the picture, the front one where there are two. */
export function groundUnder(mesh: Mesh, eye: Eye, side: number, target: Point): Place | undefined {
  const corners = CELLS + 1;
  let best: Place | undefined;
  let nearest = side / CELLS;
  for (const cell of paintingOrder(eye)) {
    const corner = Math.floor(cell / CELLS) * corners + (cell % CELLS);
    const place: Place = [-1 + (2 * (cell % CELLS)) / CELLS, 1 - (2 * Math.floor(cell / CELLS)) / CELLS];
    const { x, y } = project(eye, side, place[0], place[1], mesh.heights[corner]!);
    const distance = Math.hypot(x - target.x, y - target.y);
    // Painted later is nearer to the eye.
    if (distance <= nearest * 1.2 && distance < side / CELLS) {
      nearest = Math.min(nearest, distance);
      best = place;
    }
  }
  return best;
}
