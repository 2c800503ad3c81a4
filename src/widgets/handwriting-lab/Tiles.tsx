import { useEffect, useRef } from "preact/hooks";
import { divergingScale } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";

interface TilesProps {
  /** [count, rows, columns]. */
  values: Float32Array;
  count: number;
  rows: number;
  columns: number;
  /** Tiles beside each other. */
  across: number;
  /** Blue and orange by sign; otherwise from paper (0) to ink (the largest value). */
  signed?: boolean;
  label: string;
}

/** Many small pictures on one canvas: drawn many times a second while a network learns. */
export function Tiles({ values, count, rows, columns, across, signed = false, label }: TilesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const down = Math.ceil(count / across);
  const size = { width: across * (columns + 1) - 1, height: down * (rows + 1) - 1 };
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => drawTiles(element, { values, count, rows, columns, across, signed });
    draw();
    return onThemeChange(draw);
  }, [values, count, rows, columns, across, signed]);
  return (
    <canvas
      ref={canvas}
      class="hl-tiles"
      role="img"
      aria-label={label}
      {...size}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    />
  );
}

function drawTiles(
  canvas: HTMLCanvasElement,
  { values, count, rows, columns, across, signed }: Required<Omit<TilesProps, "label">>,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const palette = readPalette(canvas);
  const scale = divergingScale(palette);
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const shares = largest > 0 ? 1 / largest : 0;
  const ink = Array.from({ length: 256 }, (_, step) => {
    const channel = (i: 0 | 1 | 2) =>
      Math.round(palette.neutral[i] + ((palette.text[i] - palette.neutral[i]) * step) / 255);
    return (255 << 24) | (channel(2) << 16) | (channel(1) << 8) | channel(0);
  });
  const size = rows * columns;
  for (let i = 0; i < count * size; i++) {
    const [tile, inside] = [Math.floor(i / size), i % size];
    const y = Math.floor(tile / across) * (rows + 1) + Math.floor(inside / columns);
    const x = (tile % across) * (columns + 1) + (inside % columns);
    const share = values[i]! * shares;
    pixels[y * canvas.width + x] = signed
      ? scale.pixel(share)
      : ink[Math.round(255 * Math.max(0, Math.min(1, share)))]!;
  }
  context.putImageData(image, 0, 0);
}
