import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { divergingScale, fillPixels } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { Grey } from "./slide.ts";

export interface SheetProps {
  title: string;
  sheet: Grey;
  /** Pixels of padding drawn around it. */
  padding?: number;
  /** Values as signs, blue and orange, the strongest colour at ± this; left out, as brightness cut to 0…255. */
  signed?: number | undefined;
  /** Only so many places, row by row, are shown; all when left out. */
  shown?: number | undefined;
  /** Spoken. */
  label: string;
  /** Where the finger is, in pixels from the upper left corner of the picture (not of its padding). */
  onPoint?: (row: number, column: number) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  caption: string;
  /** Marks in pixels, the picture's corner at 0, 0. */
  children?: ComponentChildren;
}

/** A picture with visible pixels, on which a place is chosen by finger, mouse and keys. */
export function Sheet(props: SheetProps) {
  const { title, sheet, padding = 0, label, onPoint, onKeyDown, caption, children } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { signed, shown } = props;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => drawSheet(element, sheet, signed, shown);
    draw();
    return onThemeChange(draw);
  }, [sheet, signed, shown]);
  const size = { rows: sheet.rows + 2 * padding, columns: sheet.columns + 2 * padding };
  const share = (part: number, all: number) => `${(100 * part) / all}%`;
  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (at: number, length: number, all: number) => (at / length) * all - padding;
    onPoint?.(
      along(event.clientY - box.top, box.height, size.rows),
      along(event.clientX - box.left, box.width, size.columns),
    );
  };
  return (
    <figure class="cm-sheet">
      <p class="cm-sheet-title">{title}</p>
      <div class="cm-sheet-picture" style={{ aspectRatio: `${size.columns} / ${size.rows}` }}>
        <canvas
          ref={canvas}
          width={sheet.columns}
          height={sheet.rows}
          style={{
            insetBlockStart: share(padding, size.rows),
            insetInlineStart: share(padding, size.columns),
            inlineSize: share(sheet.columns, size.columns),
            blockSize: share(sheet.rows, size.rows),
          }}
        />
        <svg
          viewBox={`${-padding} ${-padding} ${size.columns} ${size.rows}`}
          role={onKeyDown ? "application" : "img"}
          aria-label={label}
          tabindex={onKeyDown ? 0 : undefined}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (!onPoint || event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            point(event);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
          }}
        >
          {children}
        </svg>
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function drawSheet(
  canvas: HTMLCanvasElement,
  { rows, columns, values }: Grey,
  signed: number | undefined,
  shown: number | undefined,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(columns, rows);
  if (signed !== undefined) {
    const pixels = new Uint32Array(image.data.buffer);
    const strength = signed > 0 ? 1 / signed : 0;
    fillPixels(
      pixels,
      { values: Float32Array.from(values), offset: 0, stride: 1 },
      divergingScale(readPalette(canvas)),
      (value) => value * strength,
    );
  } else {
    for (let i = 0; i < rows * columns; i++) image.data.set([values[i]!, values[i]!, values[i]!, 255], 4 * i);
  }
  if (shown !== undefined) image.data.fill(0, 4 * shown);
  context.putImageData(image, 0, 0);
}

/** A square outlined in two colours, so that it stands out on light and dark. */
export function Mark({
  row,
  column,
  side = 1,
  kind,
}: {
  row: number;
  column: number;
  side?: number;
  kind: "window" | "cell" | "pool";
}) {
  const place = { x: column, y: row, width: side, height: side };
  return (
    <g class={`cm-mark-${kind}`}>
      <rect class="cm-mark-ground" {...place} />
      <rect class="cm-mark" {...place} />
    </g>
  );
}
