/**
 * Our side of the small GPT's workloads: the network is `nn/gpt.ts`, which the lessons use as well. Token indices
 * [batch, context] → logits [batch · context, vocabulary].
 */
import type { Graph, Tensor } from "../../engine/graph.ts";
import { reshape } from "../../engine/ops/layout.ts";
import { gptLogits, gptLoss, gptWeights } from "../../nn/gpt.ts";
import { GPT, gptParameters, type Initial, type InitialParameters, tokenBatch } from "./data.ts";
import type { Contestant } from "./measure.ts";
import { inferenceContestant, type Leaves, type Training } from "./trained.ts";

const { batch, context, width, vocabulary, layers, heads } = GPT;
const CONFIG = { vocabulary, context, width, layers, heads, tied: false, seed: 0 };

/** Columns from `start` to below `end` of a matrix or a row. */
function columns({ shape, values }: Initial, start: number, end: number): Initial {
  const all = shape.at(-1)!;
  const kept = values.filter((_, at) => at % all >= start && at % all < end);
  return { shape: [...shape.slice(0, -1), end - start], values: kept };
}

function transposed({ shape, values }: Initial): Initial {
  const [rows, all] = shape as [number, number];
  return {
    shape: [all, rows],
    values: values.map((_, at) => values[(at % rows) * all + Math.floor(at / rows)]!),
  };
}

/** The contest's initial values under the names and in the shapes of `gptWeights`. */
function parameters(): InitialParameters {
  const given = gptParameters();
  const block = (layer: number) => {
    const of = (name: string) => given[`${name}.${layer}`]!;
    const name = `block ${layer + 1}`;
    const projections = ["query", "key", "value"].flatMap((what, at) =>
      ["weights", "bias"].map((part): [string, Initial] => {
        const all = of(part === "bias" ? "query key value bias" : "query key value");
        return [`${name} attention ${what} ${part}`, columns(all, at * width, (at + 1) * width)];
      }),
    );
    return {
      [`${name} attention norm scale`]: of("scale1"),
      [`${name} attention norm shift`]: of("shift1"),
      ...Object.fromEntries(projections),
      [`${name} attention output weights`]: of("projection"),
      [`${name} attention output bias`]: of("projection bias"),
      [`${name} dense norm scale`]: of("scale2"),
      [`${name} dense norm shift`]: of("shift2"),
      [`${name} up weights`]: of("wide"),
      [`${name} up bias`]: of("wide bias"),
      [`${name} down weights`]: of("narrow"),
      [`${name} down bias`]: of("narrow bias"),
    };
  };
  return {
    "token embedding": given["token table"]!,
    "position embedding": given["positions"]!,
    ...Object.assign({}, ...Array.from({ length: layers }, (_, layer) => block(layer))),
    "final norm scale": given["scale"]!,
    "final norm shift": given["shift"]!,
    "output weights": transposed(given["head"]!),
  };
}

function logits(graph: Graph, leaf: Leaves): Tensor {
  const weights = gptWeights({ add: (name) => leaf(name) }, CONFIG);
  return gptLogits(graph.input("tokens", [batch, context], "i32"), weights, CONFIG);
}

export function gptTraining(): Training {
  return {
    ...{ parameters: parameters(), optimizer: "adam", rate: GPT.rate, inputs: tokenBatch() },
    loss: (graph, leaf) => gptLoss(logits(graph, leaf), graph.input("targets", [batch, context], "i32")),
  };
}

export function gptInferenceContestant(): Contestant {
  const { tokens } = tokenBatch();
  const outputs = (graph: Graph, leaf: Leaves) => reshape(logits(graph, leaf), [batch * context, vocabulary]);
  return inferenceContestant({ parameters: parameters(), inputs: { tokens }, outputs });
}
