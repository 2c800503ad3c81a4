/** How a window slides over the rows and columns of an image: the arithmetic convolution and pooling share. */
import { type Attributes, listAttribute } from "./operation.ts";
import { formatShape, type Shape, ShapeError } from "./shape.ts";

/** Rows and columns. */
export type Pair = readonly [rows: number, columns: number];

/** The window along one axis. Position `o` reads the elements `o·stride + k·dilation − before`, k < window. */
export interface WindowAxis {
  readonly input: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Elements of padding before the first one of the image. */
  readonly before: number;
  /** Number of positions. */
  readonly output: number;
}

/**
 * - `padding`: one width for all sides, `[top, left, bottom, right]`, or `"same"`: as many positions as
 *   ⌈input / stride⌉, what is odd goes to the bottom and the right (ONNX: SAME_UPPER).
 */
export interface WindowOptions {
  readonly stride?: number | Pair | undefined;
  readonly padding?: number | "same" | readonly [number, number, number, number] | undefined;
  readonly dilation?: number | Pair | undefined;
}

const pair = (value: number | Pair): Pair => (typeof value === "number" ? [value, value] : value);

/** The elements from the first to the last one the window covers. */
const span = (window: number, dilation: number) => (window - 1) * dilation + 1;

/** The options as attributes of a node: `stride`, `dilation` (rows, columns), `padding` (ONNX's order). */
export function windowAttributes(image: Pair, window: Pair, options: WindowOptions): Attributes {
  const stride = pair(options.stride ?? 1);
  const dilation = pair(options.dilation ?? 1);
  const { padding = 0 } = options;
  if (typeof padding === "number") return { stride, dilation, padding: [padding, padding, padding, padding] };
  if (padding !== "same") return { stride, dilation, padding };
  const totals = [0, 1].map((axis) => {
    const positions = Math.ceil(image[axis]! / stride[axis]!);
    return Math.max(0, (positions - 1) * stride[axis]! + span(window[axis]!, dilation[axis]!) - image[axis]!);
  });
  const before = totals.map((total) => Math.floor(total / 2));
  return { stride, dilation, padding: [...before, ...totals.map((total, axis) => total - before[axis]!)] };
}

/**
 * Both axes of a window over an image `[rows, columns]`.
 * @throws ShapeError when an attribute is no whole number in its range, or the window does not fit.
 */
export function windowAxes(
  operation: string,
  image: Shape,
  window: Shape,
  attributes: Attributes,
): readonly [WindowAxis, WindowAxis] {
  const [stride, dilation, padding] = ["stride", "dilation", "padding"].map((name) =>
    listAttribute(attributes, name),
  );
  const along = (axis: 0 | 1): WindowAxis => {
    const [input, width] = [image[axis]!, window[axis]!];
    const [step, spread] = [stride![axis]!, dilation![axis]!];
    const [before, after] = [padding![axis]!, padding![axis + 2]!];
    const whole = [width, step, spread].every((value) => Number.isInteger(value) && value >= 1);
    if (!whole || ![before, after].every((value) => Number.isInteger(value) && value >= 0)) {
      const given = `window ${window}, stride ${stride}, dilation ${dilation}, padding ${padding}`;
      throw new ShapeError(operation, `sizes must be whole and positive: ${given}`, [image]);
    }
    const output = Math.floor((input + before + after - span(width, spread)) / step) + 1;
    if (output < 1) {
      const needed = `a window that spans ${span(width, spread)} ${axis === 0 ? "rows" : "columns"}`;
      const has = `the image, which with its padding has ${input + before + after}`;
      throw new ShapeError(operation, `${needed} does not fit into ${has}`, [image, window]);
    }
    return { input, window: width, stride: step, dilation: spread, before, output };
  };
  return [along(0), along(1)];
}

/** @throws ShapeError unless the tensor is a batch of images `[batch, channels, rows, columns]`. */
export function checkImages(operation: string, shape: Shape): void {
  if (shape.length === 4) return;
  const wanted = `images need four axes [batch, channels, rows, columns], not ${formatShape(shape)}`;
  throw new ShapeError(operation, wanted, [shape]);
}
