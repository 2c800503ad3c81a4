/** The network as graph: every layer of the list by the functions of `nn`, its parameters begun at random. */
import { Graph, type Tensor } from "../../engine/graph.ts";
import { gelu, relu, sigmoid, tanh } from "../../engine/ops/activations.ts";
import { add } from "../../engine/ops/arithmetic.ts";
import { convolution as convolutionOf } from "../../engine/ops/convolution.ts";
import { gather } from "../../engine/ops/gather.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { maxPool } from "../../engine/ops/max-pool.ts";
import { mean } from "../../engine/ops/reduce.ts";
import { averagePool, globalAveragePool } from "../../engine/ops/sum-pool.ts";
import type { Shape } from "../../engine/shape.ts";
import { flatten } from "../../nn/image-layers.ts";
import { he, type Initialiser, normal, xavier, zeros } from "../../nn/initialisers.ts";
import { dense } from "../../nn/layers.ts";
import type { Noise } from "../../nn/noise.ts";
import {
  type BatchNorm,
  batchNormInference,
  batchNormTraining,
  batchNormWeights,
  layerNormWeights,
  normalize,
} from "../../nn/normalization.ts";
import type { Updates } from "../../nn/optimizers.ts";
import { Parameters } from "../../nn/parameters.ts";
import { block, blockWeights } from "../../nn/transformer.ts";
import { residualConvolutions } from "./block-rules.ts";
import { derive, type Step } from "./derive.ts";
import type { ActivationKind, ConvolutionLayer, Layer, LayerOf, PoolLayer } from "./layers.ts";
import { extentsOf, type ValueShape } from "./shapes.ts";

/** One way through the network: while training with its noise, and with what the normalisations learn beside. */
export interface Pass {
  readonly noise?: Noise;
  readonly updates: Updates;
}

type Apply = (x: Tensor, pass: Pass) => Tensor;

export interface BuiltNetwork {
  readonly graph: Graph;
  readonly parameters: Parameters;
  /** Logits, or whatever the last layer gives, for examples as `exampleShape` lays them out. */
  readonly forward: Apply;
}

/** Axes of a batch of examples: a wave is a picture of one row. */
export function batchShape(batch: number, shape: ValueShape): readonly number[] {
  return shape.kind === "wave" ? [batch, shape.channels, 1, shape.length] : [batch, ...extentsOf(shape)];
}

const ACTIVATIONS: Readonly<Record<ActivationKind, Apply>> = { relu, sigmoid, tanh, gelu };

/** Where in the network, for the parameters' names, and what follows, for the way they begin. */
interface Site {
  readonly parameters: Parameters;
  readonly name: string;
  readonly from: ValueShape;
  readonly next: Layer | undefined;
  /** Tables of the embeddings so far. */
  readonly tables: Tensor[];
}

const initialiserBefore = (next: Layer | undefined): Initialiser =>
  next?.kind === "batch-norm" ||
  (next?.kind === "activation" && (next.name === "relu" || next.name === "gelu"))
    ? he
    : xavier;

function windowOptions(
  from: ValueShape,
  { window, stride, same }: Pick<PoolLayer, "window" | "stride" | "same">,
) {
  const flat = from.kind === "wave";
  return {
    window: flat ? ([1, window] as const) : ([window, window] as const),
    stride: flat ? ([1, stride] as const) : ([stride, stride] as const),
    padding: same ? ("same" as const) : 0,
  };
}

function buildConvolution(layer: ConvolutionLayer, { parameters, name, from, next }: Site): Apply {
  const inputs = from.kind === "image" || from.kind === "wave" ? from.channels : 1;
  const { window, stride, padding } = windowOptions(from, layer);
  const [rows, columns] = window;
  const perGroup = inputs / layer.groups;
  const fans = [perGroup * rows * columns, (layer.channels / layer.groups) * rows * columns] as const;
  const shape = [layer.channels, perGroup, rows, columns];
  const filters = parameters.add(`${name} filters`, shape, initialiserBefore(next), fans);
  const bias = layer.bias ? parameters.add(`${name} bias`, [layer.channels], zeros) : undefined;
  return (x) => {
    const result = convolutionOf(x, filters, { stride, padding, groups: layer.groups });
    return bias ? add(result, reshape(bias, [1, layer.channels, 1, 1])) : result;
  };
}

function buildPool(layer: PoolLayer, { from }: Site): Apply {
  const options = windowOptions(from, layer);
  return (x) => (layer.how === "max" ? maxPool(x, options) : averagePool(x, options));
}

function buildDense({ units }: LayerOf<"dense">, { parameters, name, from, next }: Site): Apply {
  const inputs = extentsOf(from).at(-1)!;
  const weights = parameters.add(`${name} weights`, [inputs, units], initialiserBefore(next));
  const bias = parameters.add(`${name} bias`, [units], zeros);
  return (x) => dense(x, { weights, bias });
}

const applyBatchNorm = (x: Tensor, weights: BatchNorm, { noise, updates }: Pass): Tensor => {
  if (!noise) return batchNormInference(x, weights);
  const result = batchNormTraining(x, weights);
  for (const [leaf, next] of result.updates) updates.set(leaf, next);
  return result.output;
};

function buildBatchNorm({ parameters, name, from }: Site): Apply {
  const channels = from.kind === "vector" ? from.size : extentsOf(from)[0]!;
  const weights = batchNormWeights(parameters, name, channels);
  return (x, pass) => applyBatchNorm(x, weights, pass);
}

function buildEmbedding(
  { width, positions }: LayerOf<"embedding">,
  { parameters, name, from, tables }: Site,
): Apply {
  const [length, vocabulary] = from.kind === "tokens" ? [from.length, from.vocabulary] : [1, 1];
  const table = parameters.add(`${name} table`, [vocabulary, width], normal(positions ? 0.02 : 0.5));
  const places = positions ? parameters.add(`${name} positions`, [length, width], normal(0.02)) : undefined;
  tables.push(table);
  return (x) => (places ? add(gather(table, x), places) : gather(table, x));
}

/** A convolution without bias and its normalisation. */
function normalizedConvolution(
  parameters: Parameters,
  name: string,
  { inputs, outputs, window, stride }: ReturnType<typeof residualConvolutions>["main"][number],
): Apply {
  const fans = [inputs * window * window, outputs * window * window] as const;
  const filters = parameters.add(`${name} filters`, [outputs, inputs, window, window], he, fans);
  const norm = batchNormWeights(parameters, `${name} norm`, outputs);
  return (x, pass) => applyBatchNorm(convolutionOf(x, filters, { stride, padding: "same" }), norm, pass);
}

function buildResidual(layer: LayerOf<"residual">, { parameters, name, from }: Site): Apply {
  let inputs = from.kind === "image" ? from.channels : 1;
  const blocks = Array.from({ length: layer.repeat }, (_, i): Apply => {
    const { main, shortcut } = residualConvolutions(layer, inputs, i === 0 ? layer.stride : 1);
    inputs = layer.channels;
    const own = main.map((part, k) => normalizedConvolution(parameters, `${name}.${i + 1}.${k + 1}`, part));
    const around = shortcut && normalizedConvolution(parameters, `${name}.${i + 1} shortcut`, shortcut);
    return (x, pass) => {
      const result = own.reduce((y, part, k) => (k === 0 ? part(y, pass) : part(relu(y), pass)), x);
      return relu(add(result, around ? around(x, pass) : x));
    };
  });
  return (x, pass) => blocks.reduce((y, apply) => apply(y, pass), x);
}

function buildTransformer(
  { heads, repeat }: LayerOf<"transformer">,
  { parameters, name, from }: Site,
): Apply {
  const width = from.kind === "sequence" ? from.width : 1;
  const blocks = Array.from({ length: repeat }, (_, i) =>
    blockWeights(parameters, `${name}.${i + 1}`, { width, heads }),
  );
  return (x) => blocks.reduce((y, own) => block(y, own, { mask: "causal" }), x);
}

function buildAverage({ from }: Site): Apply {
  return from.kind === "sequence" ? (x) => mean(x, [1]) : globalAveragePool;
}

function buildLayer(layer: Layer, site: Site): Apply {
  switch (layer.kind) {
    case "dense":
      return buildDense(layer, site);
    case "convolution":
      return buildConvolution(layer, site);
    case "pool":
      return buildPool(layer, site);
    case "flatten":
      return flatten;
    case "average":
      return buildAverage(site);
    case "activation":
      return ACTIVATIONS[layer.name];
    case "batch-norm":
      return buildBatchNorm(site);
    case "layer-norm": {
      const norm = layerNormWeights(site.parameters, site.name, extentsOf(site.from).at(-1)!);
      return (x) => normalize(x, norm);
    }
    case "dropout":
      return (x, { noise }) => (noise ? noise.dropout(x, layer.percent / 100) : x);
    case "embedding":
      return buildEmbedding(layer, site);
    case "residual":
      return buildResidual(layer, site);
    case "transformer":
      return buildTransformer(layer, site);
    case "unembedding":
      return (x) => matmul(x, site.tables.at(-1)!, { transposeB: true });
  }
}

/** Random values drawn for a large tensor that is only to be timed; a prime, so that no two rows are alike. */
const DRAWN = 65_537;

/** Begins large tensors with a stretch of random values over and over: sixty million draws take many seconds. */
class QuickParameters extends Parameters {
  override add(
    name: string,
    shape: Shape,
    initialiser: Initialiser,
    fans?: readonly [number, number],
  ): Tensor {
    const quick: Initialiser = (inputs, outputs, random, count = inputs * outputs) => {
      if (count <= DRAWN) return initialiser(inputs, outputs, random, count);
      const drawn = initialiser(inputs, outputs, random, DRAWN);
      const values = new Float32Array(count);
      for (let at = 0; at < count; at += DRAWN) values.set(drawn.subarray(0, count - at), at);
      return values;
    };
    return super.add(name, shape, quick, fans);
  }
}

/**
 * @param timedOnly the network will not be trained: large tensors begin with values that repeat.
 * @throws RangeError when the layers do not join.
 */
export function buildNetwork(input: ValueShape, layers: readonly Layer[], timedOnly = false): BuiltNetwork {
  const graph = new Graph();
  const parameters = timedOnly ? new QuickParameters(graph) : new Parameters(graph);
  const tables: Tensor[] = [];
  const applies = derive(input, layers).steps.map((step: Step, i): Apply => {
    if (step.state !== "joined") throw new RangeError(`layer ${i + 1} cannot be joined`);
    const name = `layer ${i + 1}`;
    return buildLayer(step.layer, { parameters, name, from: step.from, next: layers[i + 1], tables });
  });
  return {
    ...{ graph, parameters },
    forward: (x, pass) =>
      applies.reduce((y, apply, i) => {
        const result = apply(y, pass);
        return result === y ? y : graph.label(result, `layer ${i + 1}`);
      }, x),
  };
}
