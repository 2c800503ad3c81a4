import { useEffect, useRef, useState } from "preact/hooks";
import { VOWELS } from "../../data/vowels.ts";
import { onThemeChange, type Palette, type Rgb, readPalette } from "../../draw/palette.ts";
import { hertzOf } from "../../models/formant-network.ts";
import { largest, softmax } from "./softmax.ts";
import { percent } from "./text.ts";
import { GRID, REACH } from "./trainer.ts";

export interface PlaneProps {
  /** Logits over the lattice. */
  logits: Float32Array;
  temperature: number;
  /** Training examples: values [count, 2] in the network's scale. */
  points: ArrayLike<number>;
  labels: ArrayLike<number>;
}

const CLASSES = VOWELS.length;

/** What the network answers all over the plane, and how sure it is; a place can be asked. */
export function Plane({ logits, temperature, points, labels }: PlaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState(GRID * 3 + 3);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => drawConfidence(element, logits, temperature, readPalette(element));
    draw();
    return onThemeChange(draw);
  }, [logits, temperature]);
  const [column, row] = [cell % GRID, Math.floor(cell / GRID)];
  const probabilities = softmax(logits.subarray(cell * CLASSES, (cell + 1) * CLASSES), temperature);
  const answer = largest(probabilities);
  const hertz = (at: number, which: 0 | 1) =>
    Math.round(hertzOf(-REACH + (2 * REACH * (at + 0.5)) / GRID, which) / 10) * 10;
  const text = `첫째 포먼트 ${hertz(GRID - 1 - row, 0)} Hz, 둘째 ${hertz(column, 1)} Hz라면 ‘${VOWELS[answer]!.letter}’ ${percent(probabilities[answer]!)}`;
  const move = (key: string) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
    if (x === undefined || y === undefined) return false;
    const inside = (value: number) => Math.max(0, Math.min(GRID - 1, value));
    setCell(inside(row + y) * GRID + inside(column + x));
    return true;
  };
  const place = (value: number) => ((value + REACH) / (2 * REACH)) * GRID;
  return (
    <div class="pa-plane">
      <div class="pa-sheet">
        <canvas ref={canvas} width={GRID} height={GRID} />
        <svg
          viewBox={`0 0 ${GRID} ${GRID}`}
          role="application"
          aria-label={`포먼트 평면. 화살표로 옮깁니다. ${text}`}
          // On an SVG element only the attribute in small letters reaches the document.
          tabindex={0}
          onKeyDown={(event) => {
            if (move(event.key)) event.preventDefault();
          }}
          onPointerDown={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const at = (share: number) => Math.max(0, Math.min(GRID - 1, Math.floor(share * GRID)));
            setCell(
              at((event.clientY - box.top) / box.height) * GRID + at((event.clientX - box.left) / box.width),
            );
          }}
        >
          {Array.from({ length: Math.min(300, labels.length) }, (_, i) => (
            <text key={i} class="pa-point" x={place(points[2 * i + 1]!)} y={GRID - place(points[2 * i]!)}>
              {VOWELS[labels[i]!]!.letter}
            </text>
          ))}
          <rect class="pa-cell" x={column} y={row} width={1} height={1} />
        </svg>
      </div>
      <p class="pa-note">
        가로는 둘째 포먼트, 세로는 첫째 포먼트입니다. 글자는 훈련한 사람들이고, 진할수록 신경망이 확신합니다.{" "}
        {text}.
      </p>
    </div>
  );
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/** The largest probability as shade, from an even fifth to certainty; a line where the answer changes. */
function drawConfidence(
  canvas: HTMLCanvasElement,
  logits: Float32Array,
  temperature: number,
  palette: Palette,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(GRID, GRID);
  const answers = new Int8Array(GRID * GRID);
  for (let cell = 0; cell < GRID * GRID; cell++) {
    const probabilities = softmax(logits.subarray(cell * CLASSES, (cell + 1) * CLASSES), temperature);
    const answer = largest(probabilities);
    answers[cell] = answer;
    const share = (probabilities[answer]! - 1 / CLASSES) / (1 - 1 / CLASSES);
    const isEdge =
      (cell % GRID > 0 && answers[cell - 1] !== answer) || (cell >= GRID && answers[cell - GRID] !== answer);
    const color = isEdge ? palette.muted : mix(palette.neutral, palette.accent, 0.55 * share);
    image.data.set([...color, 255], 4 * cell);
  }
  context.putImageData(image, 0, 0);
}
