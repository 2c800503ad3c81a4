import { describe, expect, test } from "vitest";
import { depthOf, depthRows } from "../../../src/widgets/layer-builder/depth.ts";
import { derive } from "../../../src/widgets/layer-builder/derive.ts";
import { fixesFor } from "../../../src/widgets/layer-builder/fixes.ts";
import { inputOf } from "../../../src/widgets/layer-builder/inputs.ts";
import {
  type ConvolutionLayer,
  freshLayer,
  LAYER_KINDS,
  type Layer,
  layerCodec,
} from "../../../src/widgets/layer-builder/layers.ts";
import { NETWORKS, networkOf } from "../../../src/widgets/layer-builder/networks.ts";
import { noteOn } from "../../../src/widgets/layer-builder/notes.ts";
import { extentsOf, koreanNumber, type ValueShape } from "../../../src/widgets/layer-builder/shapes.ts";
import { builderState, moved, presetState } from "../../../src/widgets/layer-builder/state.ts";

const derived = (id: string) => {
  const { input, layers } = networkOf(id);
  return derive(inputOf(input).shape, layers);
};
const parametersOf = (id: string, kind: Layer["kind"]) =>
  derived(id).steps.flatMap((step) =>
    step.state === "joined" && step.layer.kind === kind ? [step.parameters] : [],
  );

describe("published numbers", () => {
  test("LeNet-5: C1, C5 and F6 as in the paper; without its differences exactly 60,000", () => {
    expect(parametersOf("lenet-5", "convolution")).toEqual([156, 2416, 48_120]);
    expect(parametersOf("lenet-5", "dense")).toEqual([10_164, 850]);
    // LeCun et al. 1998, section II.B: C3 1,516, S2 12, S4 32 trainable parameters, the output's 840 fixed.
    expect(derived("lenet-5").totals.parameters - 2416 + 1516 + 12 + 32 - 850).toBe(60_000);
  });

  test.each([
    // torchvision's `num_params` and `_ops` of VGG16 and ResNet18; He et al. 2015, table 1, has 11.3 for ResNet-152.
    ["vgg-16", 138_357_544, 15.47],
    ["resnet-18", 11_689_512, 1.81],
    ["resnet-152", 60_192_808, 11.28],
  ] as const)("%s: %i parameters, %f·10⁹ products", (id, parameters, products) => {
    const { totals } = derived(id);
    expect(totals.parameters).toBe(parameters);
    expect(totals.products / 1e9).toBeCloseTo(products, 2);
  });

  test("AlexNet: 60 million parameters, and the numbers of neurons its paper gives for layers 2 to 8", () => {
    expect(derived("alexnet").totals.parameters).toBe(60_965_224);
    const neurons = derived("alexnet").steps.flatMap((step) =>
      step.state === "joined" && ["convolution", "dense"].includes(step.layer.kind)
        ? [extentsOf(step.shape).reduce((product, extent) => product * extent, 1)]
        : [],
    );
    expect(neurons.slice(1)).toEqual([186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000]);
  });

  test("GPT-2 has 124 million parameters, GPT-3 175 billion", () => {
    expect(derived("gpt-2").totals.parameters).toBe(124_439_808);
    expect((derived("gpt-3").totals.parameters / 1e9).toFixed(0)).toBe("175");
  });

  test("depths by three countings", () => {
    const depths = (counted: "weights" | "paper") =>
      Object.fromEntries(depthRows(counted).map(({ id, depth }) => [id, depth]));
    const same = { alexnet: 8, "vgg-16": 16, "resnet-18": 18, "resnet-152": 152 };
    expect(depths("paper")).toMatchObject({ ...same, "lenet-5": 7, "gpt-3": 96 });
    expect(depths("weights")).toMatchObject({ ...same, "lenet-5": 5, "gpt-3": 384 });
    expect(depthOf("gray-28", networkOf("small").layers, "all")).toBe(7);
  });
});

const image = (channels: number, size: number): ValueShape => ({
  kind: "image",
  channels,
  rows: size,
  columns: size,
});
const convolution = (patch: Partial<ConvolutionLayer> = {}): Layer => ({
  ...{ kind: "convolution", channels: 8, window: 3, stride: 1, same: true, groups: 1, bias: true },
  ...patch,
});

test("receptive fields by hand: 3×3, 3×3, pooling by 2, 3×3", () => {
  const { steps } = derive(image(1, 28), [convolution(), convolution(), freshLayer("pool"), convolution()]);
  // 1+2, 3+2, 5+1; then a step is two pixels: 6+2·2.
  expect(steps.map((step) => (step.state === "joined" ? step.receptiveField : 0))).toEqual([3, 5, 6, 10]);
});

test("a kernel moves over a picture as counted by hand", () => {
  const { output } = derive(image(3, 10), [convolution({ window: 4, stride: 3, same: false, channels: 2 })]);
  // Positions 0, 3, 6.
  expect(output).toEqual({ kind: "image", channels: 2, rows: 3, columns: 3 });
});

describe("refused joins", () => {
  const vector: ValueShape = { kind: "vector", size: 12 };
  const tokens: ValueShape = { kind: "tokens", length: 6, vocabulary: 9 };
  const sequence: ValueShape = { kind: "sequence", length: 6, width: 10 };
  const bottleneck: Layer = { kind: "residual", channels: 6, stride: 1, bottleneck: true, repeat: 1 };
  test.each([
    ["dense after a picture", image(1, 8), freshLayer("dense"), "not-flat"],
    ["convolution of a row", vector, convolution(), "no-neighbours"],
    ["a kernel larger than the picture", image(1, 4), convolution({ window: 5, same: false }), "window"],
    ["groups that do not divide", image(3, 8), convolution({ groups: 2 }), "groups"],
    ["dense on token numbers", tokens, freshLayer("dense"), "tokens"],
    ["embedding of a picture", image(1, 8), freshLayer("embedding"), "no-tokens"],
    ["transformer on a row", vector, freshLayer("transformer"), "no-sequence"],
    ["heads that do not divide", sequence, { kind: "transformer", heads: 3, repeat: 1 }, "heads"],
    ["residual block on a row", vector, freshLayer("residual"), "no-image"],
    ["bottleneck of 6 channels", image(6, 8), bottleneck, "bottleneck"],
    ["average of a row", vector, freshLayer("average"), "already-flat"],
    ["batch normalisation of tokens", sequence, freshLayer("batch-norm"), "norm-sequence"],
    ["layer normalisation of a picture", image(1, 8), freshLayer("layer-norm"), "norm-image"],
    ["output by an embedding that is not there", sequence, freshLayer("unembedding"), "no-embedding"],
  ] as const)("%s", (_name, shape, layer, code) => {
    const layers = [layer, freshLayer("activation")];
    const derivation = derive(shape, layers);
    const [step, behind] = derivation.steps;
    expect(step).toMatchObject({ state: "refused", refusal: { code } });
    expect(behind?.state).toBe("unknown");
    expect(derivation).toMatchObject({ broken: 0, output: undefined });
    if (step?.state === "refused") expect(step.refusal.reason).toMatch(/[가-힣].*다\.$/);
    expect(fixesFor(shape, layers, 0).length).toBeGreaterThan(0);
  });

  test("a suggestion repairs the join it is for, wherever it stands", () => {
    const wrong: readonly (readonly [ValueShape, readonly Layer[], number])[] = [
      [image(1, 28), [convolution(), freshLayer("dense")], 1],
      [image(1, 28), [freshLayer("flatten"), convolution()], 1],
      [image(1, 6), [convolution({ same: false, window: 5 }), convolution({ same: false, window: 5 })], 1],
      [tokens, [freshLayer("transformer")], 0],
      [image(3, 9), [convolution({ channels: 9, groups: 2 })], 0],
    ];
    for (const [shape, layers, at] of wrong) {
      expect(derive(shape, layers).broken).toBe(at);
      const fixes = fixesFor(shape, layers, at);
      expect(fixes.length).toBeGreaterThan(0);
      for (const { layers: repaired } of fixes) expect(derive(shape, repaired).broken).toBeUndefined();
    }
  });
});

test("two linear layers in a row, and a bias before a normalisation, get a word", () => {
  const dense = freshLayer("dense");
  const vector: ValueShape = { kind: "vector", size: 4 };
  expect(noteOn(derive(vector, [dense, dense]), 1)).toContain("활성화 함수가 없습니다");
  expect(noteOn(derive(vector, [dense, freshLayer("activation"), dense]), 2)).toBeUndefined();
  expect(noteOn(derive(image(1, 8), [convolution(), freshLayer("batch-norm")]), 0)).toContain("편향");
});

test("every network and every kind of layer survives its link; damage does not pass", () => {
  for (const { input, layers } of NETWORKS) {
    const state = { ...builderState.defaults, input, layers };
    expect(builderState.decode(builderState.encode(state))).toEqual({ state, problems: [] });
  }
  for (const kind of LAYER_KINDS) {
    const layer = freshLayer(kind);
    expect(layerCodec.decode(layerCodec.encode(layer))).toEqual(layer);
  }
  for (const text of [
    "",
    "z",
    "d",
    "d.0",
    "d.x",
    "c.8.3.1.1.1",
    "d.10.1",
    "o.95",
    "a.swish",
    "p.max.99.2.0",
  ]) {
    expect(layerCodec.decode(text)).toBeUndefined();
  }
});

test("moving keeps all layers", () => {
  const { layers } = networkOf("small");
  expect(moved(layers, 0, 2).slice(0, 3)).toEqual([layers[1], layers[2], layers[0]]);
  expect(moved(layers, 3, 1)).toHaveLength(layers.length);
  expect(presetState("lenet").input).toBe("gray-32");
});

test("numbers as they are read", () => {
  expect(
    [0, 5, 61_706, 60_000, 138_357_544, 100_000_000, 174_604_259_328].map((value) => koreanNumber(value)),
  ).toEqual(["0", "5", "6만 1,706", "6만", "1억 3,836만", "1억", "1,746억 426만"]);
});
