/** A trained network as a Jupyter notebook (nbformat 4.5) that rebuilds it in PyTorch with the same weights. */
import { ancestors, inputOperation, type Tensor } from "../engine/graph.ts";
import { interpret } from "../engine/interpret.ts";
import { Random } from "../engine/random.ts";
import { sizeOf } from "../engine/shape.ts";
import { type PyTorchNetwork, writePyTorch } from "./pytorch.ts";

export interface NotebookOptions {
  /** Results of the network, by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Names of the inputs; left out, they are called as in the graph. */
  readonly inputs?: Readonly<Record<string, Tensor>>;
  /** Present values of parameters and states, such as `program.view`. */
  readonly values: (leaf: Tensor) => ArrayLike<number>;
  /** Title in Korean, such as “깊이 놀이터에서 훈련한 신경망”. */
  readonly title: string;
}

interface Cell {
  readonly type: "markdown" | "code";
  readonly text: string;
}

/** Samples that the closing check shows, where the batch is open. */
const CHECKED_SAMPLES = 4;

/**
 * The notebook's text, to be saved as `.ipynb`. Its last cell compares PyTorch's outputs with ours.
 * @throws OnnxError naming the operation when one has no counterpart in PyTorch.
 */
export function exportNotebook({ outputs, inputs, values, title }: NotebookOptions): string {
  const ends = Object.values(outputs);
  const nodes = ancestors(ends);
  const network = writePyTorch(nodes, { outputs: ends, values, ...(inputs ? { inputs } : {}) });
  const parameters = network.state.reduce((total, { shape }) => total + sizeOf(shape), 0);
  return notebook([
    {
      type: "markdown",
      text: `# ${title}\n\n“깊이”에서 훈련한 신경망을 PyTorch로 다시 만듭니다. 파라미터는 모두 ${parameters.toLocaleString("ko")}개입니다. 위에서 아래로 셀을 하나씩 실행하세요. PyTorch 1.12 이상이 필요합니다.`,
    },
    {
      type: "code",
      text: "import base64\n\nimport torch\nfrom torch import nn\nimport torch.nn.functional as F",
    },
    { type: "markdown", text: "## 구조\n\n웹에서 만든 것과 같은 층을 같은 순서로 쌓습니다." },
    { type: "code", text: network.code },
    {
      type: "markdown",
      text: "## 가중치\n\n훈련이 끝났을 때의 값입니다. 32비트 실수를 base64 글자로 적었습니다.",
    },
    { type: "code", text: weightsCode(network) },
    {
      type: "markdown",
      text: "## 확인\n\n같은 입력을 넣었을 때 웹의 출력과 같은지 봅니다. 두 계산은 32비트 실수의 반올림만큼만 달라야 합니다.",
    },
    { type: "code", text: checkCode(network, outputs, values) },
  ]);
}

function notebook(cells: readonly Cell[]): string {
  const written = cells.map(({ type, text }, at) => {
    const lines = text.split("\n");
    const source = lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line));
    const common = { cell_type: type, id: `cell-${at + 1}`, metadata: {}, source };
    return type === "code" ? { ...common, execution_count: null, outputs: [] } : common;
  });
  const metadata = {
    kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
    language_info: { name: "python" },
  };
  return JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

/** `name: (shape, base64)` for every tensor, and the way back. */
function weightsCode({ state }: PyTorchNetwork): string {
  return [
    "def decode(shape, text, dtype=torch.float32):",
    "    values = torch.frombuffer(bytearray(base64.b64decode(text)), dtype=dtype)",
    "    return values.reshape(shape)",
    "",
    "weights = {",
    ...state.map(({ name, shape, values }) => `    "${name}": ${encoded(shape, Float32Array.from(values))},`),
    "}",
    "model.load_state_dict({name: decode(*parts) for name, parts in weights.items()})",
    "model.eval()",
  ].join("\n");
}

const encoded = (shape: readonly number[], values: Float32Array | Int32Array) =>
  `([${shape.join(", ")}], "${base64(new Uint8Array(values.buffer))}")`;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Seeded inputs, our outputs for them by the reference implementation, and the comparison. */
function checkCode(
  { inputs, batchAxes }: PyTorchNetwork,
  outputs: NotebookOptions["outputs"],
  values: NotebookOptions["values"],
): string {
  const random = new Random(1);
  const leaves = new Map<Tensor, ArrayLike<number>>();
  for (const { tensor } of inputs) leaves.set(tensor, sampleOf(tensor, random));
  const ends = Object.values(outputs);
  for (const leaf of ancestors(ends)) {
    const isWeight =
      leaf.inputs.length === 0 && leaf.operation !== inputOperation && leaf.operation.name !== "constant";
    if (isWeight) leaves.set(leaf, values(leaf));
  }
  const computed = interpret(ends, leaves, { round: Math.fround });
  const isFirst = [...inputs.map(({ tensor }) => tensor), ...ends].every(
    (tensor) => (batchAxes.get(tensor)?.axis ?? 0) === 0,
  );
  const written = (tensor: Tensor, data: ArrayLike<number>) => {
    const batch = isFirst ? batchAxes.get(tensor) : undefined;
    const rows = batch && Math.min(CHECKED_SAMPLES * batch.factor, tensor.shape[0]!);
    const shape = rows === undefined ? tensor.shape : [rows, ...tensor.shape.slice(1)];
    const kept = Array.from(data).slice(0, sizeOf(shape));
    return tensor.type === "i32"
      ? `decode(*${encoded(shape, Int32Array.from(kept))}, torch.int32).long()`
      : `decode(*${encoded(shape, Float32Array.from(kept))})`;
  };
  const names = Object.keys(outputs);
  return [
    ...inputs.map(({ name, tensor }) => `${name} = ${written(tensor, leaves.get(tensor)!)}`),
    `expected = [${names.map((name) => written(outputs[name]!, computed.get(outputs[name]!)!)).join(", ")}]`,
    "with torch.no_grad():",
    `    results = model(${inputs.map(({ name }) => name).join(", ")})`,
    "results = results if isinstance(results, tuple) else (results,)",
    `for name, result, ours in zip(${JSON.stringify(names)}, results, expected):`,
    '    print(name, "가장 큰 차이:", (result - ours).abs().max().item())',
    "    assert torch.allclose(result, ours, rtol=1e-3, atol=1e-5), name",
  ].join("\n");
}

/** Standard normal numbers; zeros for indices, which every table has. */
function sampleOf({ shape, type }: Tensor, random: Random): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, () => (type === "i32" ? 0 : random.normal()));
}
