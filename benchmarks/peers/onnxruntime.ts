/** onnxruntime-web on WebAssembly, one thread, every graph optimisation. It infers and does not train. */

import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import * as ort from "onnxruntime-web/wasm";
import {
  CNN,
  cnnParameters,
  GPT,
  gptParameters,
  pictureBatch,
  squareMatrices,
  tokenBatch,
} from "../../src/lab/speed/data.ts";
import type { Contestant } from "../../src/lab/speed/measure.ts";
import type { WorkloadName } from "../../src/lab/speed/workloads.ts";
import { attribute, ELEMENT } from "../../src/onnx/proto.ts";
import { OnnxGraph } from "./onnx-graph.ts";

const PEER = "onnxruntime-web";

async function contestant(model: Uint8Array, input: string, values: ort.Tensor): Promise<Contestant> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const feeds = { [input]: values };
  const output = session.outputNames[0]!;
  return {
    peer: PEER,
    run: async (times) => {
      for (let i = 0; i < times; i++) (await session.run(feeds))[output]!.dispose();
    },
    result: async () => (await session.run(feeds))[output]!.data as Float32Array,
    dispose: () => void session.release(),
  };
}

function cnnInference(batch: number): Promise<Contestant> {
  const graph = new OnnxGraph(cnnParameters());
  const block = (x: string, i: number) => {
    const pads = attribute.integers([2, 2, 2, 2]);
    const [sums] = graph.apply("Conv", [x, `w${i}`, `b${i}`], { pads });
    const [active] = graph.apply("Relu", [sums!]);
    const two = attribute.integers([2, 2]);
    return graph.apply("MaxPool", [active!], { kernel_shape: two, strides: two })[0]!;
  };
  const [flat] = graph.apply("Flatten", [block(block("pictures", 1), 2)]);
  const [logits] = graph.apply("Gemm", [flat!, "w3", "b3"]);
  const shape = [batch, 1, 28, 28];
  const model = graph.encode(
    { name: "pictures", shape, element: ELEMENT.float32 },
    { name: logits!, shape: [batch, 10] },
  );
  return contestant(model, "pictures", new ort.Tensor("float32", pictureBatch(batch).x, shape));
}

const { batch, context, heads, width, vocabulary, layers } = GPT;

function gptModel(): Uint8Array {
  const graph = new OnnxGraph(gptParameters());
  const one = (...call: Parameters<OnnxGraph["apply"]>) => graph.apply(...call)[0]!;
  const split = graph.integers("split shape", [batch, context, heads, width / heads]);
  const joined = graph.integers("joined shape", [batch, context, width]);
  const scale = graph.floats("attention scale", [1 / Math.sqrt(width / heads)], []);
  const mask = graph.floats("mask", causalMask(), [context, context]);
  const dense = (x: string, weights: string, bias: string) => one("Add", [one("MatMul", [x, weights]), bias]);
  const normalize = (x: string, gain: string, shift: string) =>
    one("LayerNormalization", [x, gain, shift], { epsilon: attribute.float(GPT.epsilon) });
  const attention = (x: string, layer: number) => {
    const all = dense(x, `query key value.${layer}`, `query key value bias.${layer}`);
    const parts = { axis: attribute.integer(2), num_outputs: attribute.integer(3) };
    const [query, key, value] = graph.apply("Split", [all], parts, 3);
    const toHeads = (part: string, ...perm: number[]) =>
      one("Transpose", [one("Reshape", [part, split])], { perm: attribute.integers(perm) });
    const scores = one("MatMul", [toHeads(query!, 0, 2, 1, 3), toHeads(key!, 0, 2, 3, 1)]);
    const weights = one("Softmax", [one("Add", [one("Mul", [scores, scale]), mask])]);
    const mixed = one("MatMul", [weights, toHeads(value!, 0, 2, 1, 3)]);
    const back = one("Transpose", [mixed], { perm: attribute.integers([0, 2, 1, 3]) });
    return dense(one("Reshape", [back, joined]), `projection.${layer}`, `projection bias.${layer}`);
  };
  let x = one("Add", [one("Gather", ["token table", "indices"]), "positions"]);
  for (let i = 0; i < layers; i++) {
    x = one("Add", [x, attention(normalize(x, `scale1.${i}`, `shift1.${i}`), i)]);
    const wide = dense(normalize(x, `scale2.${i}`, `shift2.${i}`), `wide.${i}`, `wide bias.${i}`);
    const active = one("Gelu", [wide], { approximate: attribute.text("tanh") });
    x = one("Add", [x, dense(active, `narrow.${i}`, `narrow bias.${i}`)]);
  }
  const logits = one("MatMul", [normalize(x, "scale", "shift"), "head"]);
  return graph.encode(
    { name: "indices", shape: [batch, context], element: ELEMENT.int32 },
    { name: logits, shape: [batch, context, vocabulary] },
  );
}

const causalMask = () =>
  Float32Array.from({ length: context * context }, (_, i) =>
    i % context > Math.floor(i / context) ? -1e9 : 0,
  );

const gptInference = () =>
  contestant(gptModel(), "indices", new ort.Tensor("int32", tokenBatch().tokens, [batch, context]));

/** B is an initializer, as weights are: the runtime packs it once, which the others do at every product. */
function product(size: number): Promise<Contestant> {
  const { a, b } = squareMatrices(size);
  const shape = [size, size];
  const graph = new OnnxGraph({ b: { shape, values: b } });
  const [result] = graph.apply("MatMul", ["a", "b"]);
  const model = graph.encode({ name: "a", shape, element: ELEMENT.float32 }, { name: result!, shape });
  return contestant(model, "a", new ort.Tensor("float32", a, shape));
}

const makers: Readonly<Partial<Record<WorkloadName, () => Promise<Contestant>>>> = {
  "cnn-mnist-infer-b1": () => cnnInference(1),
  "cnn-mnist-infer-b32": () => cnnInference(CNN.batch),
  "gpt-tiny-infer-b8": gptInference,
  "gemm-256": () => product(256),
  "gemm-512": () => product(512),
};

export async function onnxruntime(name: WorkloadName): Promise<Contestant | string> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  return (await makers[name]?.()) ?? "the build for the web does not train";
}
