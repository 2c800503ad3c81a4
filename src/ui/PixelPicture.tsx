import { useEffect, useRef } from "preact/hooks";
import { onThemeChange, type Rgb, readPalette } from "../draw/palette.ts";
import "./pixel-picture.css";

export interface PixelPictureProps {
  /** Rows × columns values from 0 (paper) to 1 (ink), row by row; what lies outside is cut off. */
  values: ArrayLike<number> | undefined;
  rows: number;
  columns: number;
  /** What it shows, spoken; without it the picture is decoration. */
  label?: string;
}

/** A small grey picture with visible pixels: ink in the colour of text on the colour of paper, light or dark. */
export function PixelPicture({ values, rows, columns, label }: PixelPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => {
      const { neutral, text } = readPalette(element);
      drawPixels(element, { values, rows, columns }, neutral, text);
    };
    draw();
    return onThemeChange(draw);
  }, [values, rows, columns]);
  return (
    <canvas
      ref={canvas}
      class="pixel-picture"
      width={columns}
      height={rows}
      style={{ aspectRatio: `${columns} / ${rows}` }}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}

function drawPixels(
  canvas: HTMLCanvasElement,
  { values, rows, columns }: PixelPictureProps,
  paper: Rgb,
  ink: Rgb,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const share = Math.max(0, Math.min(1, values?.[i] ?? 0));
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * i + channel] = paper[channel]! + (ink[channel]! - paper[channel]!) * share;
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
