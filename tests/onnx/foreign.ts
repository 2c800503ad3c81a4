/** Small ONNX files as other programs write them, made by hand from operator, inputs and attributes. */
import { sizeOf } from "../../src/engine/shape.ts";
import { type AttributeDrafts, ELEMENT, MODEL } from "../../src/onnx/proto.ts";
import { encodeMessage } from "../../src/onnx/protobuf.ts";
import { floatTensor, integerTensor } from "../../src/onnx/weights.ts";
import { TestRandom } from "../engine/random.ts";

export interface Step {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs?: readonly string[];
  readonly attributes?: AttributeDrafts;
  readonly domain?: string;
}

export interface ForeignModel {
  readonly steps: readonly Step[];
  /** Shapes of the file's inputs. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Shapes of float weights; filled with seeded numbers, all positive when the name ends in `+`. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly integers?: Readonly<Record<string, readonly number[]>>;
  readonly outputs?: readonly string[];
  readonly operatorSet?: number;
}

export function writeForeign(model: ForeignModel): Uint8Array<ArrayBuffer> {
  const { steps, inputs, weights = {}, integers = {}, outputs = ["y"], operatorSet = 20 } = model;
  const random = new TestRandom(11);
  const draw = (shape: readonly number[], low: number) =>
    Float32Array.from({ length: sizeOf(shape) }, () => random.between(low, 1.5));
  const dimensions = (shape: readonly number[]) => ({ dim: shape.map((value) => ({ value })) });
  return encodeMessage(MODEL, {
    irVersion: 9,
    producerName: "test",
    opsetImport: [
      { domain: "", version: operatorSet },
      { domain: "com.microsoft", version: 1 },
    ],
    graph: {
      name: "test",
      node: steps.map(({ operator, inputs: input, outputs: output = ["y"], attributes = {}, domain }) => ({
        opType: operator,
        input,
        output,
        domain: domain ?? "",
        attribute: Object.entries(attributes).map(([name, value]) => ({ ...value, name })),
      })),
      initializer: [
        ...Object.entries(weights).map(([name, shape]) => ({
          ...floatTensor(draw(shape, name.endsWith("+") ? 0.2 : -1.5), shape),
          name,
        })),
        ...Object.entries(integers).map(([name, values]) => ({
          ...integerTensor(values, [values.length]),
          name,
        })),
      ],
      input: Object.entries(inputs).map(([name, shape]) => ({
        name,
        type: { tensorType: { elementType: ELEMENT.float32, shape: dimensions(shape) } },
      })),
      output: outputs.map((name) => ({ name, type: { tensorType: { elementType: ELEMENT.float32 } } })),
    },
  });
}
