/** Writes a graph as an ONNX file. */
import {
  constantOperation,
  inputOperation,
  isLeaf,
  parameterOperation,
  type Tensor,
} from "../engine/graph.ts";
import { uniformOperation } from "../engine/ops/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { type BatchAxes, findBatchAxes } from "./batch.ts";
import { OnnxError } from "./errors.ts";
import { MAPPINGS } from "./mapping.ts";
import type { Outgoing } from "./outgoing.ts";
import {
  type AttributeDrafts,
  attribute,
  ELEMENT,
  MODEL,
  type NODE,
  type TensorDraft,
  type VALUE_INFO,
} from "./proto.ts";
import { type Draft, encodeMessage } from "./protobuf.ts";
import {
  floatTensor,
  integerTensor,
  shortIntegerTensor,
  storeWeights,
  type WeightStorage,
} from "./weights.ts";

/** Operator set 20 is the first with Gelu; IR version 9 came with it. onnxruntime reads both since 1.17. */
const OPERATOR_SET = 20;
const IR_VERSION = 9;

export interface ExportOptions {
  /** Results of the file, by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /**
   * Inputs of the file, by name: leaves, or nodes at which the graph is cut off. Left out, they are the input
   * leaves under their own names. An input leaf that is not named here becomes a fixed value.
   */
  readonly inputs?: Readonly<Record<string, Tensor>>;
  /** Present values of parameters, states and fixed inputs, such as `program.view`. */
  readonly values: (leaf: Tensor) => ArrayLike<number>;
  /** How parameters are stored; `float32` when left out. */
  readonly weights?: WeightStorage;
  /** `fixed` keeps the batch the graph was built with; otherwise it is left open where the graph allows. */
  readonly batch?: "open-if-possible" | "fixed";
  /** Shown by viewers. */
  readonly name?: string;
}

export interface ExportedModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the first axis of inputs and outputs may have any extent, or why it may not. */
  readonly batch: { readonly open: true } | { readonly open: false; readonly reason: string };
}

/**
 * @throws OnnxError naming the operation when one has no counterpart in the table; RangeError when an input and an
 *   output have one name.
 */
export function exportOnnx(options: ExportOptions): ExportedModel {
  return new Exporter(options).export();
}

type NodeDraft = Draft<typeof NODE>;

class Exporter {
  readonly #options: ExportOptions;
  readonly #inputs: ReadonlyMap<Tensor, string>;
  readonly #nodes: readonly Tensor[];
  readonly #batch: BatchAxes;
  readonly #written: NodeDraft[] = [];
  readonly #initializers = new Map<string, TensorDraft>();
  /** Names given so far, so that each is given once. */
  readonly #taken = new Set<string>();
  readonly #names = new Map<Tensor, string>();
  readonly #shared = new Map<string, string>();

  constructor(options: ExportOptions) {
    this.#options = options;
    const outputs = Object.values(options.outputs);
    const named =
      options.inputs && new Map(Object.entries(options.inputs).map(([name, tensor]) => [tensor, name]));
    this.#nodes = ancestorsUpTo(outputs, named ?? new Map());
    const leaves = this.#nodes.filter(({ operation }) => operation === inputOperation);
    this.#inputs = named ?? new Map(leaves.map((leaf) => [leaf, leaf.name!]));
    const open = new Set(this.#nodes.filter((node) => this.#inputs.has(node)));
    this.#batch =
      options.batch === "fixed"
        ? { dynamic: false, reason: "asked for" }
        : findBatchAxes(this.#nodes, open, (node) => MAPPINGS[node.operation.name]?.batch);
    for (const name of [...this.#inputs.values(), ...Object.keys(options.outputs)]) {
      if (this.#taken.has(name))
        throw new RangeError(`“${name}” names both an input and an output of the file`);
      this.#taken.add(name);
    }
  }

  export(): ExportedModel {
    const wanted = new Map(Object.entries(this.#options.outputs).map(([name, tensor]) => [tensor, name]));
    for (const node of this.#nodes) this.#names.set(node, this.#write(node, wanted.get(node)));
    for (const [name, tensor] of Object.entries(this.#options.outputs)) {
      const source = this.#names.get(tensor)!;
      if (source !== name) this.#written.push({ opType: "Identity", input: [source], output: [name], name });
    }
    const outputs = Object.entries(this.#options.outputs);
    const bytes = encodeMessage(MODEL, {
      irVersion: IR_VERSION,
      producerName: "gipi",
      opsetImport: [{ domain: "", version: OPERATOR_SET }],
      graph: {
        node: this.#written,
        name: this.#options.name ?? "network",
        initializer: [...this.#initializers].map(([name, tensor]) => ({ ...tensor, name })),
        input: [...this.#inputs].map(([tensor, name]) => this.#describe(name, tensor)),
        output: outputs.map(([name, tensor]) => this.#describe(name, tensor)),
      },
    });
    const batch = this.#batch;
    return { bytes, batch: batch.dynamic ? { open: true } : { open: false, reason: batch.reason } };
  }

  /** Writes one node of ours; returns the name of its result. */
  #write(node: Tensor, wanted: string | undefined): string {
    const input = this.#inputs.get(node);
    if (input !== undefined) return input;
    if (isLeaf(node)) return this.#writeLeaf(node);
    const mapping = MAPPINGS[node.operation.name];
    if (!mapping) throw noMapping(node);
    const before = this.#written.length;
    const result = mapping.write(this.#outgoing(node));
    const name = wanted ?? this.#claim(node.graph.nameOf(node));
    const last = this.#written.at(-1);
    if (!last || this.#written.length === before || last.output?.[0] !== result) return result;
    this.#written[this.#written.length - 1] = { ...last, output: [name], name };
    return name;
  }

  #outgoing(node: Tensor): Outgoing {
    const list = (values: readonly number[]) =>
      this.#once(`integers ${values.join(" ")}`, (name) =>
        this.#initializer(name, integerTensor(values, [values.length])),
      );
    return {
      ...{ node, attributes: node.attributes },
      inputs: node.inputs.map((input) => this.#names.get(input)!),
      emit: (operator, inputs, attributes) =>
        this.#add(operator, inputs, this.#claim(`${node.graph.nameOf(node)}/${operator}`), attributes),
      results: (operator, inputs, count, attributes) => {
        const name = `${node.graph.nameOf(node)}/${operator}`;
        const output = Array.from({ length: count }, () => this.#claim(name));
        this.#push(operator, inputs, output, attributes);
        return output;
      },
      integers: list,
      indices: (values, shape = [values.length]) =>
        this.#once(`indices [${shape}] ${values.join(" ")}`, (name) =>
          this.#initializer(name, shortIntegerTensor(values, shape)),
        ),
      floats: (values, shape = []) =>
        this.#once(`floats [${shape}] ${values.join(" ")}`, (name) =>
          this.#constant(name, floatTensor(values, shape)),
        ),
      shape: (open) => {
        const axis = this.#openAxis(node);
        return list(node.shape.map((extent, i) => (i === axis ? open : extent)));
      },
    };
  }

  /** Parameters, states and fixed inputs are initialisers; constants are nodes, so that a reader can tell. */
  #writeLeaf(leaf: Tensor): string {
    const name = leaf.graph.nameOf(leaf);
    if (leaf.operation === constantOperation) {
      const tensor = leaf.type === "i32" ? shortIntegerTensor : floatTensor;
      return this.#constant(this.#claim(name), tensor(leaf.values!, leaf.shape));
    }
    const values = this.#options.values(leaf);
    if (values.length !== sizeOf(leaf.shape)) {
      throw new RangeError(`${name}: ${values.length} values instead of ${sizeOf(leaf.shape)}`);
    }
    const claimed = this.#claim(name);
    if (leaf.type === "i32") return this.#initializer(claimed, shortIntegerTensor(values, leaf.shape));
    const storage = leaf.operation === parameterOperation ? this.#options.weights : undefined;
    const stored = storeWeights(values, leaf.shape, storage ?? "float32");
    if (stored.kind === "float32") return this.#initializer(claimed, stored.tensor);
    const source = this.#initializer(this.#claim(`${claimed} ${stored.kind}`), stored.tensor);
    if (stored.kind === "float16") {
      return this.#add("Cast", [source], claimed, { to: attribute.integer(ELEMENT.float32) });
    }
    const scales = this.#initializer(this.#claim(`${claimed} scale`), stored.scales);
    return this.#add("DequantizeLinear", [source, scales], claimed, { axis: attribute.integer(stored.axis) });
  }

  #add(opType: string, input: readonly string[], output: string, attributes: AttributeDrafts = {}): string {
    this.#push(opType, input, [output], attributes);
    return output;
  }

  #push(
    opType: string,
    input: readonly string[],
    output: readonly string[],
    attributes: AttributeDrafts = {},
  ): void {
    const list = Object.entries(attributes).map(([name, value]) => ({ ...value, name }));
    this.#written.push({ opType, input, output, name: output[0]!, attribute: list });
  }

  #constant(name: string, value: TensorDraft): string {
    return this.#add("Constant", [], name, { value: attribute.tensor(value) });
  }

  /** What several nodes may use, written once. */
  #once(key: string, write: (name: string) => string): string {
    const known = this.#shared.get(key) ?? write(this.#claim(key));
    this.#shared.set(key, known);
    return known;
  }

  #initializer(name: string, tensor: TensorDraft): string {
    this.#initializers.set(name, tensor);
    return name;
  }

  /** The name, or the name with a number when it is taken. */
  #claim(name: string): string {
    let free = name;
    for (let i = 2; this.#taken.has(free); i++) free = `${name} ${i}`;
    this.#taken.add(free);
    return free;
  }

  #openAxis(tensor: Tensor): number | undefined {
    return this.#batch.dynamic ? this.#batch.axes.get(tensor)?.axis : undefined;
  }

  #describe(name: string, tensor: Tensor): Draft<typeof VALUE_INFO> {
    const batch = this.#batch.dynamic ? this.#batch.axes.get(tensor) : undefined;
    const dim = tensor.shape.map((extent, axis) => {
      if (axis !== batch?.axis) return { value: extent };
      return { parameter: batch.factor === 1 ? "batch" : `batch*${batch.factor}` };
    });
    const elementType = tensor.type === "i32" ? ELEMENT.int32 : ELEMENT.float32;
    return { name, type: { tensorType: { elementType, shape: { dim } } } };
  }
}

/** What the outputs depend on, as far as the nodes at which the graph is cut off. */
function ancestorsUpTo(outputs: readonly Tensor[], cut: ReadonlyMap<Tensor, string>): Tensor[] {
  const found = new Set<Tensor>();
  const pending = [...outputs];
  for (let tensor = pending.pop(); tensor; tensor = pending.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    if (!cut.has(tensor)) pending.push(...tensor.inputs);
  }
  return [...found].sort((a, b) => a.id - b.id);
}

function noMapping(node: Tensor): OnnxError {
  // ONNX has RandomUniform, but its numbers are no function of a counter and a seed: the file would compute
  // something else at every run and in every runtime.
  if (node.operation === uniformOperation) {
    return new OnnxError(
      "unsupported",
      "난수를 쓰는 연산(uniform)은 ONNX로 내보낼 수 없습니다. ONNX의 난수는 실행할 때마다 달라서 같은 결과가 나오지 않습니다. 드롭아웃이나 잡음이 없는 추론용 신경망을 내보내 주세요.",
    );
  }
  return new OnnxError(
    "unsupported",
    `아직 ONNX로 내보낼 수 없는 연산이 들어 있습니다: ${node.operation.name}. 이 연산이 없는 신경망을 내보내 주세요.`,
  );
}
