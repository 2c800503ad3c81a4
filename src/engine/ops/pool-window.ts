/** What the pooling operations share: windows over every channel of every image, and how they are described. */
import type { PoolSizes } from "../compile/pool.ts";
import { type Attributes, listAttribute } from "../operation.ts";
import { type Shape, ShapeError } from "../shape.ts";
import { checkImages, type Pair, type WindowOptions, windowAttributes, windowAxes } from "../window.ts";

export interface PoolOptions {
  readonly window: number | Pair;
  /** By default the window's size: windows lie side by side. */
  readonly stride?: number | Pair;
  readonly padding?: WindowOptions["padding"];
}

/** @throws ShapeError when the window does not fit, or a padding could fill a whole window. */
export function poolSizes(operation: string, images: Shape, attributes: Attributes): PoolSizes {
  checkImages(operation, images);
  const window = listAttribute(attributes, "window");
  const [y, x] = windowAxes(operation, images.slice(2), window, attributes);
  const padding = listAttribute(attributes, "padding");
  if (padding.some((width, side) => width >= window[side % 2]!)) {
    const sizes = `padding ${padding}, window ${window}`;
    throw new ShapeError(operation, `the padding must be smaller than the window: ${sizes}`, [images]);
  }
  return { planes: images[0]! * images[1]!, y, x };
}

export function poolShape(operation: string, images: Shape, attributes: Attributes): Shape {
  const { y, x } = poolSizes(operation, images, attributes);
  return [...images.slice(0, 2), y.output, x.output];
}

/** The options as attributes: window, stride, padding. */
export function poolAttributes(images: Shape, options: PoolOptions): Attributes {
  const window: Pair = typeof options.window === "number" ? [options.window, options.window] : options.window;
  const image: Pair = [images[2] ?? 1, images[3] ?? 1];
  return { ...windowAttributes(image, window, { stride: window, ...options, dilation: 1 }), window };
}

/** Visits every position with the flat indices of the elements its window covers, row by row. */
export function forEachWindow(
  { planes, y, x }: PoolSizes,
  visit: (position: number, elements: readonly number[]) => void,
): void {
  for (let position = 0; position < planes * y.output * x.output; position++) {
    const row = (Math.floor(position / x.output) % y.output) * y.stride - y.before;
    const column = (position % x.output) * x.stride - x.before;
    const plane = Math.floor(position / (x.output * y.output));
    const elements: number[] = [];
    for (let i = Math.max(row, 0); i < Math.min(row + y.window, y.input); i++) {
      for (let j = Math.max(column, 0); j < Math.min(column + x.window, x.input); j++) {
        elements.push((plane * y.input + i) * x.input + j);
      }
    }
    visit(position, elements);
  }
}
