/** What the entries of the reading table work with: the inputs and attributes of one ONNX node. */
import type { Graph, Tensor } from "../engine/graph.ts";
import { addIndices } from "../engine/ops/conversion.ts";
import { reshape } from "../engine/ops/layout.ts";
import { resolveAxis, type Shape } from "../engine/shape.ts";
import { readTensor, type TensorValues } from "./decode.ts";
import { OnnxError } from "./errors.ts";
import type { AttributeProto, NodeProto } from "./proto.ts";

/** Values known before the network runs: weights, shapes, axes. */
export interface Known extends TensorValues {
  /** Became a parameter of ours when it reaches an operation as a tensor; otherwise a constant. */
  readonly trainable: boolean;
  readonly name: string;
}

/** Whole numbers computed by the network: indices. Their shape may differ from the tensor's, never their order. */
export interface Indices {
  readonly indices: Tensor;
  readonly shape: Shape;
}

/** Indices plus known numbers, perhaps the remainder of that: on the way to being indices again. */
export interface Shifted {
  readonly shifted: Indices;
  readonly offsets: Known;
  readonly modulus: number | undefined;
  readonly shape: Shape;
}

export type Imported = Tensor | Known | Indices | Shifted;

export const isKnown = (value: Imported): value is Known => "trainable" in value;
export const isShifted = (value: Imported): value is Shifted => "shifted" in value;
export const isIndices = (value: Imported): value is Indices => "indices" in value;

export class Incoming {
  readonly graph: Graph;
  readonly operator: string;
  readonly operatorSet: number;
  readonly outputCount: number;
  readonly #inputs: readonly (Imported | undefined)[];
  readonly #attributes: ReadonlyMap<string, AttributeProto>;
  readonly #asTensor: (value: Known) => Tensor;

  constructor(
    node: NodeProto,
    inputs: readonly (Imported | undefined)[],
    context: { graph: Graph; operatorSet: number; asTensor: (value: Known) => Tensor },
  ) {
    this.graph = context.graph;
    this.operator = node.opType ?? "";
    this.operatorSet = context.operatorSet;
    this.outputCount = node.output.length;
    this.#inputs = inputs;
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name ?? "", attribute]));
    this.#asTensor = context.asTensor;
  }

  get inputCount(): number {
    return this.#inputs.length;
  }

  /** The input as it is, or `undefined` when it is left out. */
  value(at: number): Imported | undefined {
    return this.#inputs[at];
  }

  shape(at: number): Shape {
    return this.#given(at).shape;
  }

  /** The input as a tensor of 32-bit floats. */
  tensor(at: number): Tensor {
    const value = this.#given(at);
    if (isKnown(value)) return this.#asTensor(value);
    if (isIndices(value) || isShifted(value)) throw this.unsupported("정수 텐서를 실수처럼 계산하는 것은");
    return value;
  }

  optionalTensor(at: number): Tensor | undefined {
    return this.value(at) && this.tensor(at);
  }

  tensors(): Tensor[] {
    return this.#inputs.map((_, at) => this.tensor(at));
  }

  /** The input as indices of type `i32`. */
  indices(at: number): Indices {
    const value = this.#given(at);
    if (isIndices(value)) return value;
    if (isShifted(value) && value.modulus === undefined) return this.#added(value);
    if (!isKnown(value)) throw this.unsupported("실수 텐서를 번호로 쓰는 것은");
    return this.constantIndices(value);
  }

  #added({ shifted, offsets }: Shifted): Indices {
    const sum = addIndices(reshape(shifted.indices, shifted.shape), this.constantIndices(offsets).indices);
    return { indices: sum, shape: sum.shape };
  }

  constantIndices({ data, shape }: Known): Indices {
    return { indices: this.graph.constant(data, shape, "i32"), shape };
  }

  /** Values that must be known beforehand. */
  known(at: number): Known {
    const value = this.#given(at);
    if (!isKnown(value)) throw this.unsupported(`${at + 1}번째 입력이 실행 중에 정해지는 것은`);
    return value;
  }

  /** A list of whole numbers: from the attribute in old operator sets, from the input in new ones. */
  list(at: number, attribute: string): readonly number[] | undefined {
    if (this.#attributes.has(attribute)) return this.#attributes.get(attribute)!.ints;
    return this.value(at) ? Array.from(this.known(at).data) : undefined;
  }

  axis(fallback: number, shape: Shape): number {
    return resolveAxis(this.operator, this.integer("axis", fallback), shape);
  }

  integer(name: string, fallback: number): number {
    const attribute = this.#attributes.get(name);
    // Zero may be left out when it is written.
    return attribute ? (attribute.i ?? 0) : fallback;
  }

  float(name: string, fallback: number): number {
    const attribute = this.#attributes.get(name);
    return attribute ? (attribute.f ?? 0) : fallback;
  }

  integers(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.ints;
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.floats;
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  text(name: string, fallback: string): string {
    const bytes = this.#attributes.get(name)?.s;
    return bytes ? new TextDecoder().decode(bytes) : fallback;
  }

  /** Empty when the attribute is left out. */
  texts(name: string): readonly string[] {
    const decoder = new TextDecoder();
    return (this.#attributes.get(name)?.strings ?? []).map((bytes) => decoder.decode(bytes));
  }

  tensorAttribute(name: string): TensorValues | undefined {
    const tensor = this.#attributes.get(name)?.t;
    return tensor && readTensor(tensor);
  }

  /** @param what ends in a topic particle: “… 것은”. */
  unsupported(what: string): OnnxError {
    return new OnnxError(
      "unsupported",
      `ONNX 연산 ${this.operator}에서 ${what} 아직 읽을 수 없습니다. 다른 설정으로 내보낸 파일을 써 주세요.`,
    );
  }

  #given(at: number): Imported {
    const value = this.#inputs[at];
    if (value) return value;
    throw new OnnxError("damaged", `ONNX 연산 ${this.operator}에 ${at + 1}번째 입력이 없습니다.`);
  }
}
