/** The matrix product, with either factor transposed: the gradient of a product is two more of them. */

import { isBlocked } from "../compile/blocked-product.ts";
import { collapse } from "../compile/elementwise-loop.ts";
import type { Emitter } from "../compile/emitter.ts";
import { forEach, type Index, place } from "../compile/loops.ts";
import { emitMatrixProduct, matrixProductScratch, type ProductSizes } from "../compile/matrix-product.ts";
import type { Tensor } from "../graph.ts";
import { type Attributes, type Cut, type KernelContext, leadingAxis, type Operation } from "../operation.ts";
import { broadcastShapes, broadcastStrides, type Shape, ShapeError, sizeOf } from "../shape.ts";
import { forEachBroadcast } from "./elementwise.ts";
import { reshape } from "./layout.ts";
import { sumTo } from "./reduce.ts";

/** The axes before the last two: one product for each of their indices. */
const batchOf = (shape: Shape) => shape.slice(0, -2);

function sizes([a, b]: readonly Shape[], attributes: Attributes): ProductSizes {
  const transposeA = attributes["transposeA"] === true;
  const transposeB = attributes["transposeB"] === true;
  if (a!.length < 2 || b!.length < 2)
    throw new ShapeError("matmul", "both factors need at least two axes", [a!, b!]);
  const [firstA, lastA] = a!.slice(-2) as [number, number];
  const [firstB, lastB] = b!.slice(-2) as [number, number];
  const [rows, inner] = transposeA ? [lastA, firstA] : [firstA, lastA];
  const [innerB, columns] = transposeB ? [lastB, firstB] : [firstB, lastB];
  if (inner !== innerB) throw new ShapeError("matmul", "inner sizes differ", [a!, b!]);
  return { rows, inner, columns, transposeA, transposeB };
}

/** One product of two matrices, in double precision. */
function multiplyPlainly(
  { rows, inner, columns, transposeA, transposeB }: ProductSizes,
  a: Float64Array,
  b: Float64Array,
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let total = 0;
      for (let k = 0; k < inner; k++) {
        const left = a[transposeA ? k * rows + row : row * inner + k]!;
        total += left * b[transposeB ? column * inner + k : k * columns + column]!;
      }
      result[row * columns + column] = total;
    }
  }
  return result;
}

export const matmulOperation: Operation = {
  name: "matmul",
  shape: (inputs, attributes) => {
    const { rows, columns } = sizes(inputs, attributes);
    return [...broadcastShapes("matmul", inputs.map(batchOf)), rows, columns];
  },
  reference: ([a, b], attributes, shape) => {
    const product = sizes([a!.shape, b!.shape], attributes);
    const { rows, inner, columns } = product;
    const result = new Float64Array(sizeOf(shape));
    forEachBroadcast([batchOf(a!.shape), batchOf(b!.shape)], batchOf(shape), (flat, [atA, atB]) => {
      const left = a!.data.subarray(atA! * rows * inner, (atA! + 1) * rows * inner);
      const right = b!.data.subarray(atB! * inner * columns, (atB! + 1) * inner * columns);
      result.set(multiplyPlainly(product, left, right), flat * rows * columns);
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const transposeA = node.attributes["transposeA"] === true;
    const transposeB = node.attributes["transposeB"] === true;
    // C = op(A)·op(B): ∂op(A) = ∂C·op(B)ᵀ and ∂op(B) = op(A)ᵀ·∂C, transposed back where the factor was.
    const toA = transposeA
      ? matmul(b, upstream, { transposeA: transposeB, transposeB: true })
      : matmul(upstream, b, { transposeB: !transposeB });
    const toB = transposeB
      ? matmul(upstream, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, upstream, { transposeA: !transposeA });
    return [sumTo(toA, a.shape), sumTo(toB, b.shape)];
  },
  kernel: {
    kind: "whole",
    cut: ([a, b], output, attributes) => {
      const axis = leadingAxis(output, 2);
      if (axis === undefined) return cutProduct(a!, b!, output, attributes);
      // The axes of the batch align at the right; a factor that is stretched is needed whole.
      const own = (shape: Shape) => {
        const at = axis - output.length + shape.length;
        return at >= 0 && shape[at]! > 1 ? at : null;
      };
      return { output: axis, inputs: [own(a!), own(b!)] };
    },
    scratchBytes: (inputs, attributes) => matrixProductScratch(sizes(inputs, attributes)),
    emit: emitProducts,
  },
};

/** Columns of a register tile. */
const GRANULE = 8;

/**
 * One product divides along its rows, or along its columns where both threads would otherwise pack a larger right
 * factor than the left one is. The parts must be large enough to be computed like the whole, element by element.
 */
function cutProduct(a: Shape, b: Shape, output: Shape, attributes: Attributes): Cut | undefined {
  const whole = sizes([a, b], attributes);
  const least = (extent: number) => Math.floor(extent / 2) - GRANULE / 2;
  if (whole.transposeA && whole.columns >= whole.rows) {
    const axis = b.length - (whole.transposeB ? 2 : 1);
    if (!isBlocked({ ...whole, columns: least(whole.columns) })) return undefined;
    return { output: output.length - 1, inputs: [null, axis], granule: GRANULE };
  }
  const axis = a.length - (whole.transposeA ? 1 : 2);
  if (!isBlocked({ ...whole, rows: least(whole.rows) })) return undefined;
  return { output: output.length - 2, inputs: [axis, null], granule: GRANULE };
}

/** Products up to which a batch is written out without a loop. */
const UNROLLED_PRODUCTS = 2;

function emitProducts(e: Emitter, { inputs, output, attributes, scratch }: KernelContext): void {
  const [a, b] = inputs;
  const product = sizes([a!.shape, b!.shape], attributes);
  const { rows, columns } = sizes([a!.whole, b!.whole], attributes);
  const { inner } = product;
  const batch = batchOf(output.shape);
  const bytes = [rows * inner * 4, inner * columns * 4, rows * columns * 4] as const;
  const { extents, strides } = collapse(batch, [
    broadcastStrides(batchOf(a!.shape), batch),
    broadcastStrides(batchOf(b!.shape), batch),
    broadcastStrides(batch, batch),
  ]);
  const unroll = sizeOf(batch) <= UNROLLED_PRODUCTS;
  const at = (indices: readonly Index[], operand: 0 | 1 | 2) =>
    place(
      e,
      [a!, b!, output][operand]!.address,
      ...indices.map((index, axis) => [index, strides[operand]![axis]! * bytes[operand]] as const),
    );
  const visit = (indices: readonly Index[]): void => {
    const extent = extents[indices.length];
    if (extent !== undefined) forEach(e, { end: extent, unroll }, (index) => visit([...indices, index]));
    else
      emitMatrixProduct(
        e,
        { ...product, pitch: { rows, columns } },
        { a: at(indices, 0), b: at(indices, 1), c: at(indices, 2), scratch },
      );
  };
  visit([]);
}

/**
 * `op(a)·op(b)`, where `op` transposes the last two axes when asked to: [… , rows, inner]·[… , inner, columns] →
 * [… , rows, columns]. The axes before them broadcast. @throws ShapeError when sizes differ.
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  const { graph } = a;
  const attributes = { transposeA, transposeB };
  // One right factor for the whole batch: the batch is more rows of a single product, and in the product that
  // gives that factor's gradient a longer inner axis.
  if (!transposeA && a.shape.length > 2 && b.shape.length === 2) {
    const product = graph.apply(
      matmulOperation,
      [reshape(a, [sizeOf(a.shape.slice(0, -1)), a.shape.at(-1)!]), b],
      attributes,
    );
    return reshape(product, [...a.shape.slice(0, -1), product.shape[1]!]);
  }
  return graph.apply(matmulOperation, [a, b], attributes);
}
