import { useEffect, useRef } from "preact/hooks";
import { divergingColor } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { JourneyFrame, Reason } from "./journey.ts";
import { layoutOf } from "./stages.ts";

/** More channels than this are too many to be shown beside each other. */
const MOST_TILES = 16;

/** What was seen × the filter = the parts, as three small pictures: for numbers that come from a window. */
export function Shares({ frame, reason }: { frame: JourneyFrame; reason: Reason }) {
  const stage = frame.stages[reason.sourceStage];
  const window = stage && windowOf(frame, reason);
  if (!window) return null;
  const products = reason.sources.map(({ value, weight }) => value * weight);
  return (
    <div class="sj-shares" aria-hidden="true">
      <Tile {...window} values={reason.sources.map(({ value }) => value)} name="본 것" />
      <span>×</span>
      <Tile {...window} values={reason.sources.map(({ weight }) => weight)} name="필터" />
      <span>→</span>
      <Tile {...window} values={products} name="곱" />
    </div>
  );
}

interface Window {
  readonly width: number;
  readonly height: number;
  /** Place of each source in the picture. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/** The rectangle the sources lie in, one below the other for each channel; `undefined` where they are no window. */
function windowOf(
  { kind, stages, tokens }: JourneyFrame,
  { sources, sourceStage, stage }: Reason,
): Window | undefined {
  const isWindow =
    kind === "sound" ? stages[stage]?.id === "filters" : /^a[123]$/.test(stages[stage]?.id ?? "");
  const layout = layoutOf(stages[sourceStage]!, tokens);
  if (!isWindow || sources.length === 0 || layout.tiles > MOST_TILES) return undefined;
  if (kind === "sound")
    return { width: sources.length, height: 1, places: sources.map((_, x) => ({ x, y: 0 })) };
  const size = layout.rows * layout.columns;
  const spots = sources.map(({ index }) => ({
    tile: Math.floor(index / size),
    row: Math.floor((index % size) / layout.columns),
    column: index % layout.columns,
  }));
  const low = (values: number[]) => Math.min(...values);
  const [left, top] = [low(spots.map(({ column }) => column)), low(spots.map(({ row }) => row))];
  const columns = Math.max(...spots.map(({ column }) => column)) - left + 1;
  const rows = Math.max(...spots.map(({ row }) => row)) - top + 1;
  const across = Math.min(4, layout.tiles);
  return {
    width: across * (columns + 1) - 1,
    height: Math.ceil(layout.tiles / across) * (rows + 1) - 1,
    places: spots.map(({ tile, row, column }) => ({
      x: (tile % across) * (columns + 1) + column - left,
      y: Math.floor(tile / across) * (rows + 1) + row - top,
    })),
  };
}

function Tile({ width, height, places, values, name }: Window & { values: readonly number[]; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = () => {
      const context = element.getContext("2d");
      if (!context) return;
      const palette = readPalette(element);
      const scale = Math.max(...values.map(Math.abs)) || 1;
      const image = context.createImageData(width, height);
      places.forEach(({ x, y }, i) => {
        image.data.set([...divergingColor(palette, values[i]! / scale), 255], 4 * (y * width + x));
      });
      context.putImageData(image, 0, 0);
    };
    draw();
    return onThemeChange(draw);
  }, [width, height, values]);
  return (
    <figure>
      <canvas ref={canvas} width={width} height={height} data-flat={height === 1 ? "" : undefined} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}
