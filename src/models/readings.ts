/**
 * The operators of the pretrained networks' files. The whole table of `src/onnx/reading.ts` would bring every operation
 * of the engine into the worker of a widget; a test reads every file of `public/models` with this one.
 */
import { relu } from "../engine/ops/activations.ts";
import { add, multiply } from "../engine/ops/arithmetic.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { sum } from "../engine/ops/reduce.ts";
import { softmax } from "../engine/ops/softmax.ts";
import type { Readings } from "../onnx/importer.ts";
import type { Reading } from "../onnx/reading.ts";
import { readConvolution, readMaxPool } from "../onnx/reading-images.ts";
import { readCast, readConstant, readReshape } from "../onnx/reading-layout.ts";

/** Our exporter writes the softmax of the last axis only. */
const readSoftmax: Reading = (i) => {
  const x = i.tensor(0);
  if (i.axis(-1, x.shape) !== x.shape.length - 1) throw i.unsupported("마지막 축이 아닌 소프트맥스는");
  return softmax(x);
};

export const MODEL_READINGS: Readings = {
  Add: (i) => add(i.tensor(0), i.tensor(1)),
  Cast: readCast,
  Constant: readConstant,
  Conv: readConvolution,
  MatMul: (i) => matmul(i.tensor(0), i.tensor(1)),
  MaxPool: readMaxPool,
  Mul: (i) => multiply(i.tensor(0), i.tensor(1)),
  ReduceSum: (i) => sum(i.tensor(0), i.list(1, "axes") ?? [], i.integer("keepdims", 1) === 1),
  Relu: (i) => relu(i.tensor(0)),
  Reshape: readReshape,
  Softmax: readSoftmax,
};
