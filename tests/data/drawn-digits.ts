/** The ten digits as one draws them on a pad: a few points, joined by lines. */
import type { Stroke } from "../../src/data/strokes.ts";

const arc = (x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke =>
  Array.from({ length: 25 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180;
    return { x: x + rx * Math.cos(angle), y: y + ry * Math.sin(angle) };
  });
const line = (...places: (readonly [number, number])[]): Stroke => places.map(([x, y]) => ({ x, y }));

export const DRAWN_DIGITS: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.2, 0.32, -90, 270)],
  [line([0.5, 0.15], [0.48, 0.85])],
  [[...arc(0.5, 0.32, 0.2, 0.17, -170, 30), ...line([0.3, 0.82], [0.74, 0.82])]],
  [[...arc(0.46, 0.32, 0.2, 0.16, -150, 80), ...arc(0.46, 0.66, 0.24, 0.18, -80, 150)]],
  [line([0.38, 0.15], [0.28, 0.55], [0.74, 0.55]), line([0.62, 0.3], [0.6, 0.88])],
  [line([0.7, 0.17], [0.4, 0.17], [0.36, 0.46]), arc(0.48, 0.62, 0.22, 0.2, -120, 140)],
  [[...line([0.6, 0.14], [0.4, 0.4]), ...arc(0.5, 0.66, 0.19, 0.19, -170, 190)]],
  [line([0.28, 0.18], [0.72, 0.18], [0.45, 0.86])],
  [arc(0.5, 0.33, 0.16, 0.17, -90, 270), arc(0.5, 0.68, 0.2, 0.19, -90, 270)],
  [[...arc(0.48, 0.34, 0.18, 0.18, 0, -360), ...line([0.66, 0.34], [0.6, 0.86])]],
];
