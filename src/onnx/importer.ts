/** Reads an ONNX file into a graph of ours, with a table that says how each operator is built. */
import { Graph, type Tensor } from "../engine/graph.ts";
import { interpret } from "../engine/interpret.ts";
import { reshape } from "../engine/ops/layout.ts";
import { decodeModel, type OnnxModel, readTensor } from "./decode.ts";
import { OnnxError } from "./errors.ts";
import { type Imported, Incoming, isIndices, isKnown, isShifted, type Known } from "./incoming.ts";
import { ELEMENT, type NodeProto, type ValueInfoProto } from "./proto.ts";
import type { Reading } from "./reading.ts";
import { unknownOperator } from "./refusals.ts";

export interface ImportedModel {
  readonly graph: Graph;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** Values of the parameters, to be written into a program of the graph. */
  readonly values: ReadonlyMap<Tensor, Float64Array>;
}

export interface ImportOptions {
  /** Extents of axes the file leaves open, by their name in the file. */
  readonly extents?: Readonly<Record<string, number>>;
  /** Extent of open axes that are not named there; 1 when left out. */
  readonly batch?: number;
}

/** ONNX operator → what it builds. */
export type Readings = Readonly<Record<string, Reading>>;

/**
 * Weights become parameters, constants constants; what depends on neither inputs nor indices is computed now.
 * @throws OnnxError in Korean: damaged bytes, an operator that is not in the table, a feature we do not have.
 */
export function importWith(
  readings: Readings,
  bytes: Uint8Array,
  options: ImportOptions = {},
): ImportedModel {
  try {
    return new Importer(readings, decodeModel(bytes), options).import();
  } catch (error) {
    throw error instanceof OnnxError ? error : damaged(error);
  }
}

/** What only altered bytes bring about: absurd extents, operators without inputs. */
function damaged(cause: unknown): OnnxError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `ONNX 파일의 내용이 앞뒤가 맞지 않습니다. 다시 내려받아 주세요. (${reason})`;
  return new OnnxError("damaged", message, { cause });
}

/** The operator sets whose operators the table knows. */
const DOMAINS: readonly string[] = ["", "ai.onnx"];

class Importer {
  readonly #readings: Readings;
  readonly #model: OnnxModel;
  readonly #options: ImportOptions;
  readonly #graph = new Graph();
  readonly #results = new Map<string, Imported>();
  readonly #values = new Map<Tensor, Float64Array>();
  /** Parameters and constants made so far, one for each known value. */
  readonly #tensors = new Map<Float64Array, Tensor>();
  readonly #operatorSet: number;

  constructor(readings: Readings, model: OnnxModel, options: ImportOptions) {
    this.#readings = readings;
    this.#model = model;
    this.#options = options;
    const set = model.opsetImport.find(({ domain = "" }) => DOMAINS.includes(domain));
    this.#operatorSet = set?.version ?? 1;
  }

  import(): ImportedModel {
    const { initializer, input, node, output } = this.#model.graph;
    for (const tensor of initializer) {
      const values = readTensor(tensor);
      const name = tensor.name ?? "";
      this.#results.set(name, { ...values, name, trainable: values.kind === "float" });
    }
    const inputs = new Map<string, Tensor>();
    for (const info of input) {
      const name = info.name ?? "";
      // Old files list the weights among the inputs.
      if (!this.#results.has(name)) inputs.set(name, this.#input(name, info));
    }
    for (const each of node) this.#read(each);
    const outputs = new Map<string, Tensor>();
    for (const { name = "" } of output) outputs.set(name, this.#output(name));
    return { graph: this.#graph, inputs, outputs, values: this.#values };
  }

  #input(name: string, info: ValueInfoProto): Tensor {
    const type = info.type?.tensorType;
    const shape = (type?.shape?.dim ?? []).map(({ value, parameter }) => this.#extent(value, parameter));
    const integer = type?.elementType === ELEMENT.int32 || type?.elementType === ELEMENT.int64;
    const tensor = this.#graph.input(name, shape, integer ? "i32" : "f32");
    this.#results.set(name, integer ? { indices: tensor, shape } : tensor);
    return tensor;
  }

  /** A name may carry a factor, as `batch*4` of our own files. */
  #extent(value: number | undefined, parameter: string | undefined): number {
    if (value !== undefined && value > 0) return value;
    const { extents = {}, batch = 1 } = this.#options;
    const [, name = "", factor = "1"] = /^(.*?)(?:\*(\d+))?$/.exec(parameter ?? "") ?? [];
    return (extents[name] ?? batch) * Number(factor);
  }

  #read(node: NodeProto): void {
    const { opType = "", domain = "" } = node;
    const known = DOMAINS.includes(domain) && Object.hasOwn(this.#readings, opType);
    if (!known) throw unknownOperator(domain ? `${domain}.${opType}` : opType);
    const inputs = node.input.map((name) => this.#find(name));
    const isFixed = inputs.length > 0 && inputs.every((value) => value === undefined || isKnown(value));
    const results = isFixed ? this.#evaluate(node, inputs) : this.#build(node, inputs);
    node.output.forEach((name, at) => {
      const result = results[at];
      if (result) this.#results.set(name, isKnown(result) ? { ...result, name } : result);
    });
  }

  #build(node: NodeProto, inputs: readonly (Imported | undefined)[]): readonly Imported[] {
    const before = this.#graph.nodes.length;
    const context = { graph: this.#graph, operatorSet: this.#operatorSet };
    const incoming = new Incoming(node, inputs, { ...context, asTensor: (value) => this.#asTensor(value) });
    const results = apply(this.#readings, incoming);
    results.forEach((result, at) => {
      const fresh = "id" in result && result.id >= before && result.inputs.length > 0;
      if (fresh) this.#graph.label(result, node.output[at]!);
    });
    return results;
  }

  /** Computes a node whose inputs are all known, on a graph of its own. */
  #evaluate(node: NodeProto, inputs: readonly (Imported | undefined)[]): readonly Imported[] {
    const graph = new Graph();
    const leaves = new Map<Tensor, Float64Array>();
    const asTensor = ({ data, shape }: Known) => {
      const leaf = graph.input(`known ${leaves.size}`, shape);
      leaves.set(leaf, data);
      return leaf;
    };
    const context = { graph, operatorSet: this.#operatorSet, asTensor };
    const results = apply(this.#readings, new Incoming(node, inputs, context));
    const known = inputs.filter((value): value is Known => value !== undefined && isKnown(value));
    const kind = known.every((value) => value.kind === "integer") ? "integer" : "float";
    const trainable = kind === "float" && known.some((value) => value.trainable);
    return results.map((result) => {
      if (isKnown(result) || isShifted(result)) return result;
      const [tensor, shape] = isIndices(result) ? [result.indices, result.shape] : [result, result.shape];
      const data = interpret([tensor], leaves).get(tensor)!;
      if (isIndices(result) || kind === "integer") {
        return { data: data.map(Math.trunc), shape, kind: "integer", trainable: false, name: "" };
      }
      return { data, shape, kind, trainable, name: "" };
    });
  }

  #find(name: string): Imported | undefined {
    if (name === "") return undefined;
    const found = this.#results.get(name);
    if (found) return found;
    throw new OnnxError(
      "damaged",
      `ONNX 파일에 값을 만드는 연산이 빠져 있습니다: ${name}. 파일을 다시 내려받아 주세요.`,
    );
  }

  #asTensor(value: Known): Tensor {
    const { data, shape, trainable, name } = value;
    const made = this.#tensors.get(data);
    if (made) return reshape(made, shape);
    const tensor = trainable ? this.#graph.parameter(name, shape) : this.#graph.constant(data, shape);
    if (trainable) this.#values.set(tensor, data);
    this.#tensors.set(data, tensor);
    return tensor;
  }

  #output(name: string): Tensor {
    const result = this.#find(name)!;
    if (isKnown(result)) return this.#asTensor(result);
    if (isShifted(result))
      throw new OnnxError("unsupported", `정수 계산이 그대로 출력되는 파일은 읽을 수 없습니다: ${name}.`);
    return isIndices(result) ? result.indices : result;
  }
}

/** Our shape errors become errors of the file. */
function apply(readings: Readings, incoming: Incoming): readonly Imported[] {
  try {
    const results = readings[incoming.operator]!(incoming);
    return Array.isArray(results) ? results : [results as Imported];
  } catch (error) {
    if (error instanceof OnnxError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new OnnxError(
      "damaged",
      `ONNX 연산 ${incoming.operator}에 맞지 않는 텐서가 들어갑니다. 다른 파일을 써 주세요. (${reason})`,
      {
        cause: error,
      },
    );
  }
}
