/**
 * The surface in space, drawn by the painter's rule: cells from the back to the front, and in each cell the pieces of
 * the ways that lie on it, so that a hill hides what is behind it. Parallel projection.
 */
import { cssColor, type Palette } from "../../draw/palette.ts";
import { between, type Field, groundColor, SHADES } from "./contours.ts";
import { RACER_LOOKS } from "./racers.tsx";
import { drawMark, drawRing, type Look, type Point, piecesUntil, placeAt, type Scene } from "./scene.ts";
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
    return cssColor(groundColor(palette, share * 1.3));
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

interface Stroke {
  readonly from: Point;
  readonly to: Point;
  readonly color: string;
  readonly width: number;
}

export function drawRelief(
  context: CanvasRenderingContext2D,
  side: number,
  {
    scene,
    mesh,
    eye,
    look,
    position,
  }: {
    scene: Scene;
    mesh: Mesh;
    eye: Eye;
    look: Look;
    position: number;
  },
): void {
  context.clearRect(0, 0, side, side);
  const corners = CELLS + 1;
  const at = (i: number) => -1 + (2 * i) / CELLS;
  const points = Array.from({ length: corners * corners }, (_, i) =>
    project(eye, side, at(i % corners), -at(Math.floor(i / corners)), mesh.heights[i]!),
  );
  const strokes = strokesOf(scene, eye, side, look, position);
  context.lineCap = "round";
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
    for (const { from, to, color, width } of strokes.get(cell) ?? []) {
      context.lineWidth = width;
      context.strokeStyle = color;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }
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

function heightAt({ heights }: Scene, [x, y]: Place): number {
  const last = heights.size - 1;
  return between(heights.values, heights.size, ((x + 1) / 2) * last, ((1 - y) / 2) * last);
}

const lifted = (scene: Scene, eye: Eye, side: number, place: Place): Point =>
  project(eye, side, place[0], place[1], heightAt(scene, place));

/** Every way cut into pieces no longer than a cell, laid on the ground, by the cell they lie in. */
function strokesOf(
  scene: Scene,
  eye: Eye,
  side: number,
  { colors }: Look,
  position: number,
): Map<number, Stroke[]> {
  const found = new Map<number, Stroke[]>();
  const lay = (from: Place, to: Place, color: string, width: number) => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const pieces = Math.min(2 * CELLS, Math.max(1, Math.ceil((length * CELLS) / 2)));
    let before = from;
    for (let i = 1; i <= pieces; i++) {
      const place: Place = [
        from[0] + ((to[0] - from[0]) * i) / pieces,
        from[1] + ((to[1] - from[1]) * i) / pieces,
      ];
      const middle: Place = [(before[0] + place[0]) / 2, (before[1] + place[1]) / 2];
      if (inside(middle)) {
        const cell = cellOf(middle);
        const list = found.get(cell) ?? [];
        list.push({ ...ends(before, place), color, width });
        found.set(cell, list);
      }
      before = place;
    }
  };
  const ends = (from: Place, to: Place) => ({
    from: lifted(scene, eye, side, from),
    to: lifted(scene, eye, side, to),
  });
  const way = (path: Scene["paths"][number], until: number, alpha: number, width: number) => {
    for (const [from, to] of piecesUntil(path, until, scene.surface)) {
      lay(onGround(scene, from), onGround(scene, to), cssColor(colors[path.racer], alpha), width);
    }
  };
  for (const path of scene.before) way(path, path.x.length, 0.35, side / 300);
  for (const path of scene.paths)
    way(path, position, 1, side / (RACER_LOOKS[path.racer].mark === "cross" ? 150 : 190));
  return found;
}

function cellOf([x, y]: Place): number {
  const index = (value: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(((value + 1) / 2) * CELLS)));
  return index(-y) * CELLS + index(x);
}

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
