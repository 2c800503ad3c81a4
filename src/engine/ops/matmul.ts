/** The matrix product, with either factor transposed: the gradient of a product is two more of them. */
import { emitMatrixProduct, matrixProductScratch, type ProductSizes } from "../compile/matrix-product.ts";
import type { Tensor } from "../graph.ts";
import type { Attributes, Operation } from "../operation.ts";
import { type Shape, ShapeError } from "../shape.ts";

function sizes([a, b]: readonly Shape[], attributes: Attributes): ProductSizes {
  const transposeA = attributes["transposeA"] === true;
  const transposeB = attributes["transposeB"] === true;
  if (a!.length !== 2 || b!.length !== 2)
    throw new ShapeError("matmul", "both factors need two axes", [a!, b!]);
  const [rows, inner] = transposeA ? [a![1]!, a![0]!] : [a![0]!, a![1]!];
  const [innerB, columns] = transposeB ? [b![1]!, b![0]!] : [b![0]!, b![1]!];
  if (inner !== innerB) throw new ShapeError("matmul", "inner sizes differ", [a!, b!]);
  return { rows, inner, columns, transposeA, transposeB };
}

export const matmulOperation: Operation = {
  name: "matmul",
  shape: (inputs, attributes) => {
    const { rows, columns } = sizes(inputs, attributes);
    return [rows, columns];
  },
  reference: ([a, b], attributes) => {
    const { rows, inner, columns, transposeA, transposeB } = sizes([a!.shape, b!.shape], attributes);
    const result = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let total = 0;
        for (let k = 0; k < inner; k++) {
          const left = a!.data[transposeA ? k * rows + row : row * inner + k]!;
          total += left * b!.data[transposeB ? column * inner + k : k * columns + column]!;
        }
        result[row * columns + column] = total;
      }
    }
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
    return [toA, toB];
  },
  kernel: {
    kind: "whole",
    scratchBytes: (inputs, attributes) => matrixProductScratch(sizes(inputs, attributes)),
    emit: (e, { inputs, output, attributes, scratch }) => {
      const [a, b] = inputs;
      const product = sizes([a!.shape, b!.shape], attributes);
      emitMatrixProduct(e, product, { a: a!.address, b: b!.address, c: output.address, scratch });
    },
  },
};

/** `op(a)·op(b)` of two matrices, where `op` transposes when asked to. @throws ShapeError when sizes differ. */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  return a.graph.apply(matmulOperation, [a, b], { transposeA, transposeB });
}
