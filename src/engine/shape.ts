/** Sizes of a tensor's axes, outermost first (row-major); `[]` is a scalar. */
export type Shape = readonly number[];

/** Thrown when shapes do not fit an operation; the message names the operation and the shapes. */
export class ShapeError extends Error {
  constructor(operation: string, reason: string, shapes: readonly Shape[]) {
    super(`${operation}: ${reason}; shapes ${shapes.map(formatShape).join(" and ")}`);
    this.name = "ShapeError";
  }
}

/** `[2,3]` as text, for messages. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(",")}]`;
}

/** Number of elements; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/**
 * The common shape under NumPy's broadcasting: axes align at the right, and an axis of 1 stretches.
 * @throws ShapeError when two extents differ and neither is 1.
 */
export function broadcastShapes(operation: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let back = 1; back <= shape.length; back++) {
      const extent = shape[shape.length - back]!;
      const current = result[rank - back]!;
      if (extent === current || extent === 1) continue;
      if (current !== 1) throw new ShapeError(operation, "axes do not broadcast", shapes);
      result[rank - back] = extent;
    }
  }
  return result;
}

/**
 * Element strides with which a tensor of `shape` is read over `domain`: 0 on every axis it is stretched along.
 * `shape` must broadcast to `domain`.
 */
export function broadcastStrides(shape: Shape, domain: Shape): number[] {
  const strides = new Array<number>(domain.length).fill(0);
  let stride = 1;
  for (let back = 1; back <= shape.length; back++) {
    const extent = shape[shape.length - back]!;
    if (extent !== 1) strides[domain.length - back] = stride;
    stride *= extent;
  }
  return strides;
}

/** Axis counted from the left; a negative axis counts from the right, as in NumPy. */
export function resolveAxis(operation: string, axis: number, shape: Shape): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(resolved) || resolved < 0 || resolved >= shape.length) {
    throw new ShapeError(operation, `no axis ${axis}`, [shape]);
  }
  return resolved;
}

/** An axis seen as the middle of `[outer, extent, inner]`: the view every reduction works on. */
export function splitAtAxis(shape: Shape, axis: number): { outer: number; extent: number; inner: number } {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    extent: shape[axis]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}
