/** Operators that are layers: products, normalisation, pooling over everything. */
import type { Tensor } from "../engine/graph.ts";
import { add, divide, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { sqrt } from "../engine/ops/functions.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { layerNorm, rmsNorm } from "../engine/ops/normalize.ts";
import { max, mean } from "../engine/ops/reduce.ts";
import { sizeOf } from "../engine/shape.ts";
import type { Incoming } from "./incoming.ts";
import type { Reading } from "./reading.ts";

/** NumPy's product: a vector is a row on the left and a column on the right, leading axes are so many products. */
function product(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 1) {
    const result = product(reshape(a, [1, a.shape[0]!]), b);
    return reshape(result, result.shape.toSpliced(-2, 1));
  }
  if (b.shape.length === 1) {
    const result = product(a, reshape(b, [b.shape[0]!, 1]));
    return reshape(result, result.shape.slice(0, -1));
  }
  if (a.shape.length === 2 || b.shape.length > 2) return matmul(a, b);
  const rows = matmul(reshape(a, [sizeOf(a.shape.slice(0, -1)), a.shape.at(-1)!]), b);
  return reshape(rows, [...a.shape.slice(0, -1), b.shape[1]!]);
}

/** α·A·B + β·C. */
const readGemm: Reading = (i) => {
  const options = { transposeA: i.integer("transA", 0) === 1, transposeB: i.integer("transB", 0) === 1 };
  const scaled = multiply(matmul(i.tensor(0), i.tensor(1), options), i.float("alpha", 1));
  const bias = i.optionalTensor(2);
  return bias ? add(scaled, multiply(bias, i.float("beta", 1))) : scaled;
};

/** A value for each channel, to be stretched over [batch, channels, …]. */
function perChannel(i: Incoming, at: number): Tensor {
  const spatial = i.shape(0).slice(2);
  return reshape(i.tensor(at), [sizeOf(i.shape(at)), ...spatial.map(() => 1)]);
}

/** γ·(x − μ)/√(σ² + ε) + β with the running statistics. */
const readBatchNormalization: Reading = (i) => {
  if (i.integer("training_mode", 0) === 1) throw i.unsupported("훈련 상태의 배치 정규화는");
  const [scale, shift, center, variance] = [1, 2, 3, 4].map((at) => perChannel(i, at)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const factor = divide(scale, sqrt(add(variance, i.float("epsilon", 1e-5))));
  return add(multiply(subtract(i.tensor(0), center), factor), shift);
};

/** γ·(x − μ)/√(σ² + ε) + β over the axes from `axis` on. */
const readLayerNormalization: Reading = (i) => {
  const x = i.tensor(0);
  const first = i.axis(-1, x.shape);
  const outer = sizeOf(x.shape.slice(0, first));
  // Several axes at the end are one.
  const rows = layerNorm(reshape(x, [outer, sizeOf(x.shape) / outer]), i.float("epsilon", 1e-5));
  const scaled = multiply(reshape(rows, x.shape), i.tensor(1));
  const shift = i.optionalTensor(2);
  return shift ? add(scaled, shift) : scaled;
};

/** Every channel of every image has its own mean and variance. */
const readInstanceNormalization: Reading = (i) => {
  const x = i.tensor(0);
  const [batch, channels] = x.shape as [number, number];
  const flat = reshape(x, [batch, channels, sizeOf(x.shape) / batch / channels]);
  const normal = reshape(layerNorm(flat, i.float("epsilon", 1e-5)), x.shape);
  return add(multiply(normal, perChannel(i, 1)), perChannel(i, 2));
};

/** Groups of channels of every image share mean and variance; scale and shift are by group before set 21. */
const readGroupNormalization: Reading = (i) => {
  const x = i.tensor(0);
  const [batch, channels] = x.shape as [number, number];
  const groups = i.integer("num_groups", 1);
  const flat = reshape(x, [batch, groups, sizeOf(x.shape) / batch / groups]);
  const normal = reshape(layerNorm(flat, i.float("epsilon", 1e-5)), x.shape);
  const [scale, shift] = [1, 2].map((at) => {
    const own = i.tensor(at);
    const each = channels / sizeOf(own.shape);
    const spread = broadcast(reshape(own, [sizeOf(own.shape), 1]), [sizeOf(own.shape), each]);
    return reshape(spread, [channels, ...x.shape.slice(2).map(() => 1)]);
  });
  return add(multiply(normal, scale!), shift!);
};

/** γ·x/√(mean x² + ε) over the axes from `axis` on. */
const readRmsNormalization: Reading = (i) => {
  const x = i.tensor(0);
  const first = i.axis(-1, x.shape);
  const outer = sizeOf(x.shape.slice(0, first));
  const rows = rmsNorm(reshape(x, [outer, sizeOf(x.shape) / outer]), i.float("epsilon", 1e-5));
  return multiply(reshape(rows, x.shape), i.tensor(1));
};

const spatialAxes = ({ shape }: Tensor) => shape.map((_, axis) => axis).slice(2);

export const LAYER_READINGS: Readonly<Record<string, Reading>> = {
  MatMul: (i) => product(i.tensor(0), i.tensor(1)),
  Gemm: readGemm,
  BatchNormalization: readBatchNormalization,
  LayerNormalization: readLayerNormalization,
  InstanceNormalization: readInstanceNormalization,
  GroupNormalization: readGroupNormalization,
  RMSNormalization: readRmsNormalization,
  GlobalAveragePool: (i) => mean(i.tensor(0), spatialAxes(i.tensor(0)), true),
  GlobalMaxPool: (i) => spatialAxes(i.tensor(0)).reduce((x, axis) => max(x, axis), i.tensor(0)),
};
