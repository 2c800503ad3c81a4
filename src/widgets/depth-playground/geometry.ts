/** Where the network's picture has its neurons and lines, in CSS pixels. */

export const NODE = 44;
const COLUMN = 104;
const ROW = 52;
const HEAD = 84;
const MARGIN = 4;
/** Inputs have their names beside them. */
const FEATURE_NAME = 40;
/** Rows of the inputs; a layer of eight neurons makes the picture higher. */
const LEAST_ROWS = 7;
const rows = (widths: readonly number[]) => Math.max(LEAST_ROWS, ...widths);

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Left upper corner of a neuron; layer 0 is the inputs. Columns are centred on each other. */
export function nodePlace(layer: number, index: number, widths: readonly number[]): Place {
  const width = widths[layer] ?? 1;
  const x = MARGIN + (layer === 0 ? 0 : FEATURE_NAME) + layer * COLUMN;
  return { x, y: HEAD + ((rows(widths) - width) * ROW) / 2 + index * ROW };
}

export function networkSize(widths: readonly number[]): { readonly width: number; readonly height: number } {
  return {
    width: nodePlace(widths.length - 1, 0, widths).x + NODE + MARGIN,
    height: HEAD + rows(widths) * ROW,
  };
}

export interface EdgePlace {
  /** The layer the line leads to. */
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  readonly path: string;
}

/**
 * All lines of a network.
 * @param featureRows rows of the inputs in use, ascending.
 */
export function edgePlaces(featureRows: readonly number[], hidden: readonly number[]): EdgePlace[] {
  const widths = [7, ...hidden, 1];
  return widths.slice(1).flatMap((width, i) => {
    const sources = i === 0 ? featureRows : Array.from({ length: widths[i]! }, (_, row) => row);
    return sources.flatMap((row, from) =>
      Array.from({ length: width }, (_, to) => ({
        layer: i + 1,
        from,
        to,
        path: edgePath(i, row, to, widths),
      })),
    );
  });
}

function edgePath(layer: number, row: number, to: number, widths: readonly number[]): string {
  const start = nodePlace(layer, row, widths);
  const end = nodePlace(layer + 1, to, widths);
  const x1 = start.x + NODE + (layer === 0 ? FEATURE_NAME : 0);
  const [y1, x2, y2] = [start.y + NODE / 2, end.x, end.y + NODE / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
