/** Layer and RMS normalisation over the last axis, without scale and shift: those are elementwise and fuse. */
import type { Emitter, Vector } from "../compile/emitter.ts";
import { forEach, type Index, place } from "../compile/loops.ts";
import { eachVector, sumRow } from "../compile/row.ts";
import { backward } from "../gradient.ts";
import type { Tensor } from "../graph.ts";
import { cutLeading, type KernelContext, numberAttribute, type Operation } from "../operation.ts";
import { type Shape, ShapeError, sizeOf } from "../shape.ts";
import { add, multiply, subtract } from "./arithmetic.ts";
import { rsqrt, square } from "./functions.ts";
import { mean } from "./reduce.ts";

/** `centred` rows have their mean taken off first: layer normalisation; the others are RMS normalisation. */
interface Kind {
  readonly name: string;
  readonly centred: boolean;
}

/** A row's mean (0 when not centred) and 1/√(mean square of what is left + ε). */
function statistics(row: Float64Array, centred: boolean, epsilon: number): { mean: number; inverse: number } {
  const average = (values: Float64Array) => values.reduce((total, value) => total + value, 0) / values.length;
  const center = centred ? average(row) : 0;
  return {
    mean: center,
    inverse: 1 / Math.sqrt(average(row.map((value) => (value - center) ** 2)) + epsilon),
  };
}

function emitStatistics(
  e: Emitter,
  extent: number,
  load: (offset: Index) => Vector,
  { centred, epsilon }: { centred: boolean; epsilon: number },
): { center: (value: Vector) => Vector; inverse: Vector } {
  const share = e.constant(1 / extent);
  const average = centred ? e.multiply(sumRow(e, extent, load), share) : undefined;
  const center = (value: Vector) => (average ? e.subtract(value, average) : value);
  const squares = sumRow(e, extent, (offset) => {
    const value = center(load(offset));
    return e.multiply(value, value);
  });
  const root = e.sqrt(e.add(e.multiply(squares, share), e.constant(epsilon)));
  return { center, inverse: e.divide(e.constant(1), root) };
}

/** Calls `body` for every row, with a way to load from input `i` and a way to store. */
function forEachRow(
  e: Emitter,
  { inputs, output }: KernelContext,
  body: (
    extent: number,
    load: (input: number, offset: Index) => Vector,
    store: (offset: Index, value: Vector, lanes: number) => void,
  ) => void,
): void {
  const extent = output.shape.at(-1)!;
  const rows = sizeOf(output.shape) / extent;
  forEach(e, { end: rows, unroll: rows * extent <= 32 }, (row) => {
    const at = (address: number, offset: Index) => place(e, address, [row, extent * 4], [offset, 1]);
    body(
      extent,
      (input, offset) => e.load(at(inputs[input]!.address, offset)),
      (offset, value, lanes) => e.store(at(output.address, offset), value, lanes),
    );
  });
}

function rowsOf(shape: Shape): { extent: number; rows: number } {
  const extent = shape.at(-1)!;
  return { extent, rows: sizeOf(shape) / extent };
}

/* @__NO_SIDE_EFFECTS__ */
function normalization({ name, centred }: Kind): { forward: Operation; gradient: Operation } {
  const gradient: Operation = {
    name: `${name}Gradient`,
    shape: ([x]) => x!,
    reference: ([x, upstream], attributes, shape) => {
      const { extent, rows } = rowsOf(shape);
      const result = new Float64Array(sizeOf(shape));
      for (let r = 0; r < rows; r++) {
        const row = x!.data.subarray(r * extent, (r + 1) * extent);
        const slope = upstream!.data.subarray(r * extent, (r + 1) * extent);
        const { mean: center, inverse } = statistics(row, centred, numberAttribute(attributes, "epsilon"));
        const y = row.map((value) => (value - center) * inverse);
        const along = slope.reduce((total, value, i) => total + value * y[i]!, 0) / extent;
        const average = centred ? slope.reduce((total, value) => total + value, 0) / extent : 0;
        result.set(
          slope.map((value, i) => inverse * (value - average - y[i]! * along)),
          r * extent,
        );
      }
      return result;
    },
    // Needed only where a derivative is part of the loss: spelled out, and differentiated as such.
    gradient: (node, upstream) => {
      const [x, slope] = node.inputs as [Tensor, Tensor];
      const epsilon = numberAttribute(node.attributes, "epsilon");
      const centredX = centred ? subtract(x, mean(x, [-1], true)) : x;
      const inverse = rsqrt(add(mean(square(centredX), [-1], true), epsilon));
      const y = multiply(centredX, inverse);
      const along = multiply(y, mean(multiply(slope, y), [-1], true));
      const rest = centred ? subtract(slope, mean(slope, [-1], true)) : slope;
      return backward(multiply(inverse, subtract(rest, along)), upstream, [x, slope]);
    },
    kernel: {
      kind: "whole",
      cut: (inputs, output) => cutLeading(inputs.length, output, 1),
      emit: (e, context) => {
        const epsilon = numberAttribute(context.attributes, "epsilon");
        forEachRow(e, context, (extent, load, store) => {
          const { center, inverse } = emitStatistics(e, extent, (at) => load(0, at), { centred, epsilon });
          const share = e.constant(1 / extent);
          const average = centred
            ? e.multiply(
                sumRow(e, extent, (at) => load(1, at)),
                share,
              )
            : undefined;
          const along = sumRow(e, extent, (at) => e.multiply(load(1, at), center(load(0, at))));
          const slope = e.multiply(e.multiply(along, share), e.multiply(inverse, inverse));
          eachVector(e, extent, (at, lanes) => {
            const upstream = average ? e.subtract(load(1, at), average) : load(1, at);
            const rest = e.subtract(upstream, e.multiply(center(load(0, at)), slope));
            store(at, e.multiply(rest, inverse), lanes);
          });
        });
      },
    },
  };
  const forward: Operation = {
    name,
    shape: ([x]) => {
      if (x!.length === 0) throw new ShapeError(name, "a scalar has no axis", [x!]);
      return x!;
    },
    reference: ([x], attributes, shape) => {
      const { extent, rows } = rowsOf(shape);
      const result = new Float64Array(sizeOf(shape));
      for (let r = 0; r < rows; r++) {
        const row = x!.data.subarray(r * extent, (r + 1) * extent);
        const { mean: center, inverse } = statistics(row, centred, numberAttribute(attributes, "epsilon"));
        result.set(
          row.map((value) => (value - center) * inverse),
          r * extent,
        );
      }
      return result;
    },
    gradient: (node, upstream) => [node.graph.apply(gradient, [node.inputs[0]!, upstream], node.attributes)],
    kernel: {
      kind: "whole",
      cut: (inputs, output) => cutLeading(inputs.length, output, 1),
      emit: (e, context) => {
        const epsilon = numberAttribute(context.attributes, "epsilon");
        forEachRow(e, context, (extent, load, store) => {
          const { center, inverse } = emitStatistics(e, extent, (at) => load(0, at), { centred, epsilon });
          eachVector(e, extent, (at, lanes) => store(at, e.multiply(center(load(0, at)), inverse), lanes));
        });
      },
    },
  };
  return { forward, gradient };
}

const layer = normalization({ name: "layerNorm", centred: true });
const rms = normalization({ name: "rmsNorm", centred: false });

export const layerNormOperation = layer.forward;
export const layerNormGradientOperation = layer.gradient;
export const rmsNormOperation = rms.forward;
export const rmsNormGradientOperation = rms.gradient;

/** (x − mean)/√(variance + ε) over the last axis (J. L. Ba, J. R. Kiros, G. Hinton 2016, arXiv:1607.06450). */
export const layerNorm = (x: Tensor, epsilon = 1e-5): Tensor =>
  x.graph.apply(layerNormOperation, [x], { epsilon });
/** x/√(mean of x² + ε) over the last axis (B. Zhang, R. Sennrich 2019, arXiv:1910.07467). */
export const rmsNorm = (x: Tensor, epsilon = 1e-5): Tensor =>
  x.graph.apply(rmsNormOperation, [x], { epsilon });
