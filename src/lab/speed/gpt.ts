/** Our side of the small GPT's workloads: token indices [batch, context] → logits [batch · context, vocabulary]. */
import type { Graph, Tensor } from "../../engine/graph.ts";
import { gelu } from "../../engine/ops/activations.ts";
import { add, multiply } from "../../engine/ops/arithmetic.ts";
import { gather } from "../../engine/ops/gather.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { causalSoftmax } from "../../engine/ops/masked-softmax.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { layerNorm } from "../../engine/ops/normalize.ts";
import { slice } from "../../engine/ops/slice.ts";
import { transpose } from "../../engine/ops/transpose.ts";
import { dense } from "../../nn/layers.ts";
import { softmaxCrossEntropy } from "../../nn/losses.ts";
import { GPT, gptParameters, tokenBatch } from "./data.ts";
import type { Contestant } from "./measure.ts";
import { inferenceContestant, type Leaves, type Training } from "./trained.ts";

const { batch, context, width, heads, layers } = GPT;
const rows = batch * context;

function normalize(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return add(multiply(layerNorm(x, GPT.epsilon), scale), shift);
}

/** [rows, width] → [rows, width]: every position looks at itself and at those before it, in each head. */
function attention(x: Tensor, leaf: Leaves, layer: number): Tensor {
  const all = dense(x, {
    weights: leaf(`query key value.${layer}`),
    bias: leaf(`query key value bias.${layer}`),
  });
  const [query, key, value] = [0, 1, 2].map((part) => {
    const own = slice(all, [{}, { start: part * width, end: (part + 1) * width }]);
    return transpose(reshape(own, [batch, context, heads, width / heads]), [0, 2, 1, 3]);
  });
  const scores = multiply(matmul(query!, key!, { transposeB: true }), 1 / Math.sqrt(width / heads));
  const mixed = matmul(causalSoftmax(scores), value!);
  const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [rows, width]);
  return dense(joined, { weights: leaf(`projection.${layer}`), bias: leaf(`projection bias.${layer}`) });
}

function logits(graph: Graph, leaf: Leaves): Tensor {
  const tokens = graph.input("tokens", [batch, context], "i32");
  let x = reshape(add(gather(leaf("token table"), tokens), leaf("positions")), [rows, width]);
  for (let i = 0; i < layers; i++) {
    x = add(x, attention(normalize(x, leaf(`scale1.${i}`), leaf(`shift1.${i}`)), leaf, i));
    const wide = dense(normalize(x, leaf(`scale2.${i}`), leaf(`shift2.${i}`)), {
      ...{ weights: leaf(`wide.${i}`), bias: leaf(`wide bias.${i}`) },
    });
    const narrow = { weights: leaf(`narrow.${i}`), bias: leaf(`narrow bias.${i}`) };
    x = add(x, dense(gelu(wide), narrow));
  }
  return matmul(normalize(x, leaf("scale"), leaf("shift")), leaf("head"));
}

export function gptTraining(): Training {
  return {
    ...{ parameters: gptParameters(), optimizer: "adam", rate: GPT.rate, inputs: tokenBatch() },
    loss: (graph, leaf) => softmaxCrossEntropy(logits(graph, leaf), graph.input("targets", [rows], "i32")),
  };
}

export function gptInferenceContestant(): Contestant {
  const { tokens } = tokenBatch();
  return inferenceContestant({ parameters: gptParameters(), inputs: { tokens }, outputs: logits });
}
