/** Writes a graph as PyTorch: layers where it has layers, expressions where it has none. */
import {
  constantOperation,
  inputOperation,
  isLeaf,
  parameterOperation,
  type Tensor,
} from "../engine/graph.ts";
import { type BatchAxis, findBatchAxes } from "./batch.ts";
import { OnnxError } from "./errors.ts";
import { MAPPINGS } from "./mapping.ts";
import { type Layer, LayerFinder, type StateEntry } from "./pytorch-layers.ts";
import { EXPRESSIONS, MODULES } from "./pytorch-mapping.ts";

export interface PyTorchNetwork {
  /** Python that defines `model`. */
  readonly code: string;
  readonly state: readonly StateEntry[];
  /** Names of `forward`'s arguments, in order. */
  readonly inputs: readonly { readonly name: string; readonly tensor: Tensor }[];
  /** Where the samples lie, when they may be fewer than the graph was built for. */
  readonly batchAxes: ReadonlyMap<Tensor, BatchAxis>;
}

export interface PyTorchOptions {
  /** Names of input leaves; the others keep their own. */
  readonly inputs?: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
  /** Present values of parameters and states. */
  readonly values: (leaf: Tensor) => ArrayLike<number>;
}

/** @throws OnnxError naming the operation when one has no counterpart in the tables. */
export function writePyTorch(nodes: readonly Tensor[], options: PyTorchOptions): PyTorchNetwork {
  return new Writer(nodes, options).write();
}

interface Line {
  readonly target: string;
  readonly code: string;
  /** The layer it calls, when it does nothing else; its argument. */
  readonly call?: { readonly layer: number; readonly argument: string };
}

class Writer {
  readonly #nodes: readonly Tensor[];
  readonly #options: PyTorchOptions;
  readonly #consumers = new Map<Tensor, Tensor[]>();
  readonly #names = new Map<Tensor, string>();
  readonly #taken = new Set(["self", "model", "torch", "nn", "F"]);
  readonly #layers: Layer[] = [];
  /** Parameters and states that belong to no layer. */
  readonly #free: { readonly entry: StateEntry; readonly trained: boolean }[] = [];
  readonly #lines: Line[] = [];
  readonly #inputs: { name: string; tensor: Tensor }[] = [];
  readonly #batch: ReturnType<typeof findBatchAxes>;
  readonly #layerFinder: LayerFinder;

  constructor(nodes: readonly Tensor[], options: PyTorchOptions) {
    this.#nodes = nodes;
    this.#options = options;
    for (const node of nodes) {
      for (const input of node.inputs)
        this.#consumers.set(input, [...(this.#consumers.get(input) ?? []), node]);
    }
    this.#layerFinder = new LayerFinder(this.#consumers, options.outputs, options.values);
    const inputs = new Set(nodes.filter(({ operation }) => operation === inputOperation));
    this.#batch = findBatchAxes(nodes, inputs, (node) => MAPPINGS[node.operation.name]?.batch);
    const asked = new Map(Object.entries(options.inputs ?? {}).map(([name, tensor]) => [tensor, name]));
    for (const tensor of inputs) this.#inputs.push({ tensor, name: this.#name(tensor, asked.get(tensor)) });
  }

  write(): PyTorchNetwork {
    for (const node of this.#nodes) if (!isLeaf(node)) this.#writeNode(node);
    const results = this.#options.outputs.map((tensor) => this.#use(tensor));
    const isChain = this.#isChain(results);
    const code = isChain ? this.#sequential() : this.#module(results);
    const prefixed = this.#layers.flatMap(({ state }, at) =>
      state.map((entry) => ({ ...entry, name: `${isChain ? at : layerName(at)}.${entry.name}` })),
    );
    const state = [...prefixed, ...this.#free.map(({ entry }) => entry)];
    const batchAxes = this.#batch.dynamic ? this.#batch.axes : new Map<Tensor, BatchAxis>();
    return { code, state, inputs: this.#inputs, batchAxes };
  }

  #writeNode(node: Tensor): void {
    if (this.#layerFinder.isInside(node)) return;
    const found = this.#layerFinder.find(node);
    const code = MODULES[node.operation.name]?.(node);
    if (found) this.#callLayer(node, found.layer, found.input);
    else if (code) this.#callLayer(node, { code, state: [] }, node.inputs[0]!);
    else this.#lines.push({ target: this.#name(node), code: this.#expression(node) });
  }

  #callLayer(node: Tensor, layer: Layer, input: Tensor): void {
    const argument = this.#use(input);
    const at = this.#layers.push(layer) - 1;
    const code = `self.${layerName(at)}(${argument})`;
    this.#lines.push({ target: this.#name(node), code, call: { layer: at, argument } });
  }

  #expression(node: Tensor): string {
    const write = EXPRESSIONS[node.operation.name];
    if (!write) {
      throw new OnnxError(
        "unsupported",
        `아직 PyTorch로 내보낼 수 없는 연산이 들어 있습니다: ${node.operation.name}. ONNX 파일로 내보내 주세요.`,
      );
    }
    const axis = this.#batch.dynamic ? this.#batch.axes.get(node)?.axis : undefined;
    const shape = `[${node.shape.map((extent, at) => (at === axis ? -1 : extent)).join(", ")}]`;
    // Python's operators take a number beside a tensor; functions want a tensor.
    const takesNumbers =
      INFIX.has(node.operation.name) && node.inputs.some((input) => scalarOf(input) === undefined);
    const inputs = node.inputs.map((input) => {
      const scalar = scalarOf(input);
      return takesNumbers && scalar !== undefined ? pythonNumber(scalar) : this.#use(input);
    });
    return write({ node, inputs, shape });
  }

  /** How `forward` calls the tensor's value. */
  #use(tensor: Tensor): string {
    const known = this.#names.get(tensor);
    if (known) return known;
    const scalar = scalarOf(tensor);
    if (scalar !== undefined) return `torch.tensor(${pythonNumber(scalar)})`;
    if (tensor.type === "i32" && tensor.values) {
      return `torch.tensor([${tensor.values.join(", ")}]).reshape([${tensor.shape.join(", ")}])`;
    }
    const trained = tensor.operation === parameterOperation;
    const values =
      tensor.values && tensor.operation === constantOperation ? tensor.values : this.#options.values(tensor);
    const name = this.#claim(tensor.graph.nameOf(tensor));
    this.#free.push({ entry: { name, shape: tensor.shape, values }, trained });
    this.#names.set(tensor, `self.${name}`);
    return `self.${name}`;
  }

  #name(tensor: Tensor, wanted = tensor.graph.nameOf(tensor)): string {
    const name = this.#claim(wanted);
    this.#names.set(tensor, name);
    return name;
  }

  /** A Python name made of the given one. */
  #claim(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
    const start = /^[A-Za-z]/.test(plain) ? plain : `t${plain}`;
    let free = start;
    for (let i = 2; this.#taken.has(free); i++) free = `${start}_${i}`;
    this.#taken.add(free);
    return free;
  }

  /** One input, one output, and every line a layer applied to the line before. */
  #isChain(results: readonly string[]): boolean {
    if (this.#inputs.length !== 1 || results.length !== 1 || this.#free.length > 0) return false;
    let previous = this.#inputs[0]!.name;
    for (const { target, call } of this.#lines) {
      if (call?.argument !== previous) return false;
      previous = target;
    }
    return previous === results[0];
  }

  #sequential(): string {
    const layers = this.#layers.map(({ code }) => `    ${code},`);
    return ["model = nn.Sequential(", ...layers, ")"].join("\n");
  }

  #module(results: readonly string[]): string {
    const own = this.#layers.map(({ code }, at) => `        self.${layerName(at)} = ${code}`);
    const free = this.#free.map(({ entry: { name, shape }, trained }) => {
      const zeros = `torch.zeros([${shape.join(", ")}])`;
      return trained
        ? `        self.${name} = nn.Parameter(${zeros})`
        : `        self.register_buffer("${name}", ${zeros})`;
    });
    return [
      "class Network(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      ...own,
      ...free,
      "",
      `    def forward(${["self", ...this.#inputs.map(({ name }) => name)].join(", ")}):`,
      ...this.#lines.map(({ target, code }) => `        ${target} = ${code}`),
      `        return ${results.join(", ")}`,
      "",
      "model = Network()",
    ].join("\n");
  }
}

/** Operations that become Python operators. */
const INFIX = new Set(["add", "subtract", "multiply", "divide"]);

/** The number that a constant without axes stands for. */
const scalarOf = ({ operation, shape, values }: Tensor) =>
  operation === constantOperation && shape.length === 0 ? values![0] : undefined;

const layerName = (at: number) => `layer${at + 1}`;

const pythonNumber = (value: number) =>
  Number.isFinite(value)
    ? String(value)
    : `float("${Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"}")`;
