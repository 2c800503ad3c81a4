/** What the reader does not take says which operator it is, and why, in Korean. */
import { expect, test } from "vitest";
import { OnnxError } from "../../src/onnx/errors.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { type AttributeDrafts, attribute } from "../../src/onnx/proto.ts";
import { type ForeignModel, writeForeign } from "./foreign.ts";
import { float, integer, integers, one, text, texts } from "./operator.ts";

const lstm = (attributes: AttributeDrafts): ForeignModel =>
  one("LSTM", [[3, 2, 4]], attributes, { weights: { w: [1, 8, 4], r: [1, 8, 2] } });
const pool = (operator: string) => one(operator, [[1, 2, 4, 4, 4]], { kernel_shape: integers([2, 2, 2]) });
const manyFound: ForeignModel = {
  ...{ inputs: { x: [2, 40] }, integers: { k: [17] } },
  steps: [{ operator: "TopK", inputs: ["x", "k"], outputs: ["y", "i"] }],
};

test.each<readonly [string, ForeignModel, RegExp]>([
  ["If", one("If", [[1]]), /: If\. .*계산 순서/],
  ["Loop", one("Loop", [[1], [1], [2]]), /: Loop\. .*계산 순서/],
  ["Scan", one("Scan", [[2]]), /: Scan\. .*계산 순서/],
  ["NonZero", one("NonZero", [[2, 3]]), /: NonZero\. .*크기/],
  ["RandomUniformLike", one("RandomUniformLike", [[2]]), /: RandomUniformLike\. .*난수/],
  [
    "MatMulInteger",
    one("MatMulInteger", [
      [2, 2],
      [2, 2],
    ]),
    /: MatMulInteger\. .*정수/,
  ],
  ["SequenceAt", one("SequenceAt", [[2]]), /: SequenceAt\. .*텐서가 아닌/],
  [
    "3-D convolution",
    one("Conv", [[1, 2, 4, 4, 4]], {}, { weights: { w: [3, 2, 2, 2, 2] } }),
    /Conv에서 입체.*3차원/,
  ],
  [
    "3-D transposed convolution",
    one("ConvTranspose", [[1, 2, 4, 4, 4]], {}, { weights: { w: [2, 3, 2, 2, 2] } }),
    /ConvTranspose에서 입체/,
  ],
  ["3-D pooling", pool("MaxPool"), /MaxPool에서 입체/],
  ["3-D averages", pool("AveragePool"), /AveragePool에서 입체/],
  ["TopK of many", manyFound, /TopK에서 16개가 넘는/],
  ["an LSTM's clip", lstm({ clip: float(3) }), /LSTM에서 합을 잘라/],
  ["an LSTM's coupled gates", lstm({ input_forget: integer(1) }), /LSTM에서 입력 게이트/],
  ["an LSTM of samples first", lstm({ layout: integer(1) }), /LSTM에서 표본을 첫째/],
  [
    "an LSTM's strange activation",
    lstm({ activations: texts(["Sigmoid", "Softsign", "Tanh"]) }),
    /LSTM에서 활성화 함수 Softsign/,
  ],
  ["a diagonal", one("Einsum", [[3, 3]], { equation: text("ii->i") }), /Einsum에서 한 텐서에서 같은 축/],
  [
    "axes stretched by Einsum",
    one(
      "Einsum",
      [
        [1, 3],
        [2, 3],
      ],
      { equation: text("ij,ij->ij") },
    ),
    /Einsum에서 크기가 다른/,
  ],
  [
    "a quantised product of Microsoft's",
    { inputs: { x: [2, 2] }, steps: [{ operator: "MatMulNBits", domain: "com.microsoft", inputs: ["x"] }] },
    /: com\.microsoft\.MatMulNBits\. .*정수/,
  ],
])("%s", (_what, model, message) => {
  const refuse = () => importOnnx(writeForeign(model));
  expect(refuse).toThrow(OnnxError);
  expect(refuse).toThrow(message);
  expect(refuse).toThrow(/(골라|써) 주세요\.$/);
});

test("sequences of different lengths are refused, those of the same length are not", () => {
  const model = (lengths: readonly number[]): ForeignModel => ({
    inputs: { x: [3, 2, 4] },
    weights: { w: [1, 2, 4], r: [1, 2, 2] },
    integers: { lengths },
    steps: [
      {
        operator: "RNN",
        inputs: ["x", "w", "r", "", "lengths"],
        attributes: { hidden_size: attribute.integer(2) },
      },
    ],
  });
  expect(() => importOnnx(writeForeign(model([3, 3])))).not.toThrow();
  expect(() => importOnnx(writeForeign(model([3, 2])))).toThrow(/RNN에서 길이가 서로 다른/);
});
