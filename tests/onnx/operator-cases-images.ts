/** Operators on images and signals, in the forms other programs write. */
import { type AttributeDrafts, attribute } from "../../src/onnx/proto.ts";
import { floatTensor } from "../../src/onnx/weights.ts";
import type { ForeignModel, Step } from "./foreign.ts";
import { integer, integers, one, text } from "./operator.ts";

/** Twice as many rows, three times as many columns. */
const scales: Step = {
  ...{ operator: "Constant", inputs: [], outputs: ["scales"] },
  attributes: { value: attribute.tensor(floatTensor([1, 1, 2, 3], [4])) },
};

function resize(attributes: AttributeDrafts): ForeignModel {
  const all = { mode: text("nearest"), ...attributes };
  return {
    inputs: { x: [1, 2, 3, 3] },
    steps: [scales, { operator: "Resize", inputs: ["x", "", "scales"], attributes: all }],
  };
}

export const imageCases: readonly (readonly [string, ForeignModel])[] = [
  ["GlobalAveragePool", one("GlobalAveragePool", [[2, 3, 4, 5]])],
  ["GlobalMaxPool", one("GlobalMaxPool", [[2, 3, 4, 5]])],
  ["Conv", one("Conv", [[2, 3, 7, 6]], {}, { weights: { w: [4, 3, 3, 2] } })],
  [
    "Conv with everything",
    one(
      "Conv",
      [[2, 4, 9, 8]],
      {
        strides: integers([2, 1]),
        dilations: integers([1, 2]),
        pads: integers([1, 2, 0, 1]),
        group: integer(2),
      },
      { weights: { w: [6, 2, 3, 3], b: [6] } },
    ),
  ],
  ...["SAME_UPPER", "SAME_LOWER", "VALID"].map((name): [string, ForeignModel] => [
    `Conv ${name}`,
    one(
      "Conv",
      [[1, 2, 7, 6]],
      { auto_pad: text(name), strides: integers([2, 2]) },
      { weights: { w: [3, 2, 4, 3] } },
    ),
  ]),
  [
    "Conv of a signal",
    one(
      "Conv",
      [[2, 3, 9]],
      { pads: integers([2, 0]), strides: integers([2]) },
      { weights: { w: [4, 3, 3], b: [4] } },
    ),
  ],
  ["MaxPool", one("MaxPool", [[2, 3, 6, 7]], { kernel_shape: integers([2, 3]) })],
  [
    "MaxPool with strides and padding",
    one("MaxPool", [[2, 3, 6, 7]], {
      ...{ kernel_shape: integers([3, 3]), strides: integers([2, 2]), pads: integers([1, 0, 1, 1]) },
      ceil_mode: integer(0),
    }),
  ],
  [
    "MaxPool of a signal",
    one("MaxPool", [[2, 3, 8]], { kernel_shape: integers([2]), strides: integers([2]) }),
  ],
  ...[0, 1].map((counted): [string, ForeignModel] => [
    `AveragePool, padding ${counted ? "" : "not "}counted`,
    one("AveragePool", [[2, 3, 6, 7]], {
      ...{ kernel_shape: integers([3, 2]), strides: integers([1, 2]), pads: integers([1, 1, 0, 0]) },
      count_include_pad: integer(counted),
    }),
  ]),
  [
    "AveragePool SAME",
    one("AveragePool", [[1, 2, 5, 5]], { kernel_shape: integers([2, 2]), auto_pad: text("SAME_UPPER") }),
  ],
  ["Resize by half pixels", resize({})],
  [
    "Resize as PyTorch writes it",
    resize({ coordinate_transformation_mode: text("asymmetric"), nearest_mode: text("floor") }),
  ],
  [
    "Upsample",
    {
      ...{ inputs: { x: [1, 2, 3, 3] }, operatorSet: 9 },
      steps: [
        scales,
        { operator: "Upsample", inputs: ["x", "scales"], attributes: { mode: text("nearest") } },
      ],
    },
  ],
  ["ConvTranspose", one("ConvTranspose", [[2, 3, 4, 3]], {}, { weights: { w: [3, 2, 3, 3], b: [2] } })],
  [
    "ConvTranspose with everything",
    one(
      "ConvTranspose",
      [[2, 4, 4, 3]],
      {
        strides: integers([2, 3]),
        pads: integers([1, 0, 1, 1]),
        output_padding: integers([1, 2]),
        group: integer(2),
      },
      { weights: { w: [4, 3, 3, 2] } },
    ),
  ],
  ...["DCR", "CRD"].map((mode): [string, ForeignModel] => [
    `DepthToSpace ${mode}`,
    one("DepthToSpace", [[2, 12, 2, 3]], { blocksize: integer(2), mode: text(mode) }),
  ]),
  ["SpaceToDepth", one("SpaceToDepth", [[2, 3, 4, 6]], { blocksize: integer(2) })],
];
