/** Writes small ONNX graphs with the operators a good exporter would choose, so that onnxruntime shows its best. */

import type { InitialParameters } from "../../src/lab/speed/data.ts";
import { type AttributeDrafts, ELEMENT, MODEL, type NODE, type TensorDraft } from "../../src/onnx/proto.ts";
import { type Draft, encodeMessage } from "../../src/onnx/protobuf.ts";
import { floatTensor, integerTensor } from "../../src/onnx/weights.ts";

/** Operator set 20 has LayerNormalization and Gelu. */
const OPERATOR_SET = 20;
const IR_VERSION = 9;

export class OnnxGraph {
  readonly #nodes: Draft<typeof NODE>[] = [];
  readonly #initializers: TensorDraft[] = [];

  constructor(parameters: InitialParameters = {}) {
    for (const [name, { shape, values }] of Object.entries(parameters))
      this.#initializers.push({ ...floatTensor(values, shape), name });
  }

  floats(name: string, values: ArrayLike<number>, shape: readonly number[]): string {
    this.#initializers.push({ ...floatTensor(values, shape), name });
    return name;
  }

  /** A list of 64-bit integers: a shape, or indices. */
  integers(name: string, values: readonly number[]): string {
    this.#initializers.push({ ...integerTensor(values, [values.length]), name });
    return name;
  }

  /** Applies an operator; returns the names of its results. */
  apply(opType: string, input: readonly string[], attributes: AttributeDrafts = {}, results = 1): string[] {
    const name = `${opType} ${this.#nodes.length}`;
    const output = Array.from({ length: results }, (_, i) => `${name} ${i}`);
    const attribute = Object.entries(attributes).map(([key, value]) => ({ ...value, name: key }));
    this.#nodes.push({ opType, input, output, name, attribute });
    return output;
  }

  encode(
    input: { readonly name: string; readonly shape: readonly number[]; readonly element: number },
    output: { readonly name: string; readonly shape: readonly number[] },
  ): Uint8Array<ArrayBuffer> {
    const describe = (name: string, shape: readonly number[], elementType: number) => ({
      name,
      type: { tensorType: { elementType, shape: { dim: shape.map((value) => ({ value })) } } },
    });
    return encodeMessage(MODEL, {
      irVersion: IR_VERSION,
      producerName: "gipi benchmark",
      opsetImport: [{ domain: "", version: OPERATOR_SET }],
      graph: {
        node: this.#nodes,
        name: "benchmark",
        initializer: this.#initializers,
        input: [describe(input.name, input.shape, input.element)],
        output: [describe(output.name, output.shape, ELEMENT.float32)],
      },
    });
  }
}
