/** Files that are cut off, altered or no models at all: always a Korean error that says what to do, never nonsense. */
import { describe, expect, test } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { tanh } from "../../src/engine/ops/activations.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { OnnxError } from "../../src/onnx/errors.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { importOnnx } from "../../src/onnx/import.ts";
import { attribute, MODEL } from "../../src/onnx/proto.ts";
import { decodeMessage, encodeMessage } from "../../src/onnx/protobuf.ts";
import { TestRandom } from "../engine/random.ts";
import { writeForeign } from "./foreign.ts";

function model(): Uint8Array<ArrayBuffer> {
  const graph = new Graph();
  const x = graph.input("x", [4, 3]);
  const y = tanh(add(matmul(x, graph.parameter("weights", [3, 2])), graph.parameter("bias", [2])));
  return exportOnnx({
    outputs: { y },
    values: ({ shape }) => new Float32Array(shape.reduce((a, b) => a * b)),
  }).bytes;
}

function problemOf(bytes: Uint8Array): OnnxError | undefined {
  try {
    importOnnx(bytes);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(OnnxError);
    return error as OnnxError;
  }
}

test("wherever the file is cut off, it says so", () => {
  const bytes = model();
  for (let length = 0; length < bytes.length; length++) {
    const error = problemOf(bytes.slice(0, length));
    expect(error?.problem, `${length} of ${bytes.length} bytes`).toMatch(
      length < 4 ? /truncated|not-onnx/ : /truncated/,
    );
    expect(error?.message).toMatch(/[가-힣].*주세요\.$/);
  }
});

test("altered bytes are an error in Korean or another number, never another exception", () => {
  const random = new TestRandom(3);
  const original = model();
  let errors = 0;
  for (let i = 0; i < 2000; i++) {
    const bytes = original.slice();
    bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
    const error = problemOf(bytes);
    if (!error) continue;
    errors++;
    expect(error.message).toMatch(/[가-힣]/);
  }
  expect(errors).toBeGreaterThan(500);
});

describe("a file that we cannot read", () => {
  const step = (operator: string, extra: object = {}) =>
    writeForeign({ inputs: { x: [2, 3] }, steps: [{ operator, inputs: ["x"], ...extra }] });

  test.each([
    ["a web page", new TextEncoder().encode("<!doctype html><html></html>"), "not-onnx", /웹 페이지/],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), "", /./],
    ["an unknown operator", step("Foo"), "unknown-operator", /: Foo\./],
    [
      "a stranger's operator",
      step("Relu", { domain: "org.example" }),
      "unknown-operator",
      /: org\.example\.Relu\./,
    ],
    ["a power that depends on the input", step("Pow", { inputs: ["x", "x"] }), "unsupported", /Pow.*것은/],
    ["a missing input", step("Add", { inputs: ["x", "nowhere"] }), "damaged", /빠져 있습니다: nowhere/],
    ["shapes that do not fit", step("MatMul", { inputs: ["x", "x"] }), "damaged", /MatMul.*맞지 않는/],
    ["training mode", batchNormalization(), "unsupported", /훈련 상태/],
  ])("%s", (_what, bytes, problem, message) => {
    const error = problemOf(bytes);
    if (problem) expect(error?.problem).toBe(problem);
    expect(error?.message).toMatch(message);
    expect(error?.message).toMatch(/주세요\.|\)$|nowhere/);
  });
});

function batchNormalization(): Uint8Array {
  return writeForeign({
    inputs: { x: [2, 3] },
    weights: { scale: [3], shift: [3], mean: [3], variance: [3] },
    steps: [
      {
        operator: "BatchNormalization",
        inputs: ["x", "scale", "shift", "mean", "variance"],
        attributes: { training_mode: attribute.integer(1) },
      },
    ],
  });
}

describe("the wire format", () => {
  // From the protocol-buffers encoding guide: 150 is 96 01, −1 is ten bytes.
  test("writes varints as the guide does", () => {
    const bytes = (irVersion: number) => [...encodeMessage(MODEL, { irVersion })];
    expect(bytes(150)).toEqual([0x08, 0x96, 0x01]);
    expect(bytes(-1)).toEqual([0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    expect(bytes(2 ** 40)).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  });

  test.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 49, 2 ** 53 - 1, -1, -300, -(2 ** 40)])(
    "reads %d back",
    (value) => {
      const { irVersion } = decodeMessage(MODEL, encodeMessage(MODEL, { irVersion: value }));
      expect(irVersion).toBe(value);
    },
  );

  test("passes over fields it does not know, of every kind", () => {
    const unknown = [
      0x98, 0x06, 5, 0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0x9a, 0x06, 2, 9, 9, 0x9d, 0x06, 1, 2, 3, 4,
    ];
    const { irVersion } = decodeMessage(MODEL, Uint8Array.of(...unknown, 0x08, 7));
    expect(irVersion).toBe(7);
  });
});
