import { useEffect, useRef } from "preact/hooks";
import type { Token } from "../../data/subwords.ts";
import { divergingColor } from "../../draw/heatmap.ts";
import { onThemeChange, type Palette, readPalette } from "../../draw/palette.ts";
import type { ReasonSource, StageFrame } from "./journey.ts";
import { cellOf, heightOf, indexAt, type Layout, layoutOf, widthOf } from "./stages.ts";

export interface StageProps {
  stage: StageFrame;
  /** What is drawn: the values, or how much they changed. */
  shown: ArrayLike<number>;
  /** The value with the full colour. */
  scale: number;
  tokens: readonly Token[];
  label: string;
  /** Index of the chosen number; −1 when it lies in another stage. */
  chosen: number;
  /** What the chosen number of the next stage came from. */
  sources: readonly ReasonSource[];
  onChoose: (index: number) => void;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key leads; the empty lines between tiles are stepped over, at the edge it stays. */
export function movedCell(layout: Layout, index: number, key: string): number | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const { x, y } = cellOf(layout, index);
  return (
    indexAt(layout, x + step[0], y + step[1]) ?? indexAt(layout, x + 2 * step[0], y + 2 * step[1]) ?? index
  );
}

/** Numbers as coloured cells, one tile for each channel. */
export function GridStage({ stage, shown, scale, tokens, label, chosen, sources, onChoose }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = layoutOf(stage, tokens);
  const [width, height] = [widthOf(layout), heightOf(layout)];
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => drawCells(element, layout, shown, scale, readPalette(element));
    draw();
    return onThemeChange(draw);
  }, [shown, scale, width, height, layout.tiles]);
  const choose = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    const index = indexAt(layout, x, y);
    if (index !== undefined) onChoose(index);
  };
  return (
    <div class="sj-grid" data-stage={stage.id} data-tokens={stage.id === "embedding" ? "" : undefined}>
      {stage.id === "embedding" && (
        <div class="sj-rows" aria-hidden="true">
          {tokens.slice(0, layout.rows).map(({ text }, i) => (
            <span key={i}>{text}</span>
          ))}
        </div>
      )}
      <div class="sj-cells" style={{ aspectRatio: ratioOf(stage.id, width, height) }}>
        <canvas ref={canvas} width={width} height={height} />
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="application"
          aria-label={label}
          // On an SVG element only the attribute in small letters reaches the document.
          tabindex={0}
          onKeyDown={(event) => {
            const next = movedCell(layout, Math.max(0, chosen), event.key);
            if (next === undefined && event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            onChoose(chosen < 0 ? 0 : (next ?? chosen));
          }}
          onPointerDown={choose}
        >
          {sources.map(({ index, value, weight }) => (
            <rect
              key={index}
              class="sj-source"
              data-sign={value * weight < 0 ? "negative" : "positive"}
              {...cellOf(layout, index)}
              width={1}
              height={1}
            />
          ))}
          {chosen >= 0 && <rect class="sj-chosen" {...cellOf(layout, chosen)} width={1} height={1} />}
        </svg>
      </div>
    </div>
  );
}

/** Cells are square where there are rows to see; an embedding's and a filter's rows are flat. */
function ratioOf(id: string, width: number, height: number): string {
  if (id === "embedding") return `${width * 3} / ${height * 2.4}`;
  if (id === "a4") return `${width} / ${height * 0.7}`;
  if (id === "filters") return `${width} / ${height * 0.8}`;
  return `${width} / ${height}`;
}

function drawCells(
  canvas: HTMLCanvasElement,
  layout: Layout,
  values: ArrayLike<number>,
  scale: number,
  palette: Palette,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  const image = context.createImageData(width, height);
  const count = layout.tiles * layout.rows * layout.columns;
  for (let index = 0; index < count; index++) {
    const { x, y } = cellOf(layout, index);
    const color = divergingColor(palette, values[index]! / scale);
    image.data.set([...color, 255], 4 * (y * width + x));
  }
  context.putImageData(image, 0, 0);
}
