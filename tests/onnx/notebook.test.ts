import { describe, expect, test } from "vitest";
import { Graph, type Tensor } from "../../src/engine/graph.ts";
import { relu, tanh } from "../../src/engine/ops/activations.ts";
import { add, multiply } from "../../src/engine/ops/arithmetic.ts";
import { convolution } from "../../src/engine/ops/convolution.ts";
import { advance, gather, window } from "../../src/engine/ops/gather.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { Random } from "../../src/engine/random.ts";
import { createCnn } from "../../src/nn/cnn.ts";
import { exportNotebook } from "../../src/onnx/notebook.ts";

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly source: readonly string[];
    readonly outputs?: readonly unknown[];
    readonly execution_count?: null;
  }[];
}

/** A graph with seeded parameters. */
function seeded() {
  const graph = new Graph();
  const random = new Random(7);
  const values = new Map<Tensor, Float32Array>();
  const parameter = (name: string, shape: readonly number[]) => {
    const tensor = graph.parameter(name, shape);
    const size = shape.reduce((product, extent) => product * extent, 1);
    values.set(
      tensor,
      Float32Array.from({ length: size }, () => random.normal()),
    );
    return tensor;
  };
  return { graph, parameter, values: (leaf: Tensor) => values.get(leaf)! };
}

function mlp() {
  const { graph, parameter, values } = seeded();
  const hidden = tanh(
    add(matmul(graph.input("points", [50, 2]), parameter("w1", [2, 3])), parameter("b1", [3])),
  );
  const y = add(matmul(hidden, parameter("w2", [3, 1])), parameter("b2", [1]));
  return exportNotebook({ outputs: { y }, values, title: "시험" });
}

const codeOf = (text: string) =>
  (JSON.parse(text) as Notebook).cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source.join(""));

/** `([2, 3], "…")` → shape and floats, as the notebook's own `decode` reads them. */
function decode(text: string) {
  const [, shape, data] = /\(\[([\d, ]*)\], "([A-Za-z0-9+/=]*)"\)/.exec(text)!;
  const bytes = Uint8Array.from(atob(data!), (character) => character.charCodeAt(0));
  return { shape: shape!.split(", ").map(Number), values: new Float32Array(bytes.buffer) };
}

describe("a notebook of a network", () => {
  test("has the form of nbformat 4.5", () => {
    const notebook = JSON.parse(mlp()) as Notebook;
    expect(notebook).toMatchObject({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "python3" } },
    });
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
    for (const { id, cell_type, source, outputs, execution_count } of notebook.cells) {
      expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(source.slice(0, -1).every((line) => line.endsWith("\n"))).toBe(true);
      if (cell_type === "code") expect([outputs, execution_count]).toEqual([[], null]);
      else expect([cell_type, outputs, execution_count]).toEqual(["markdown", undefined, undefined]);
    }
  });

  test("stacks the layers of a plain network, and nothing else", () => {
    const [, structure] = codeOf(mlp());
    expect(structure).toBe(
      "model = nn.Sequential(\n    nn.Linear(2, 3),\n    nn.Tanh(),\n    nn.Linear(3, 1),\n)",
    );
  });

  test("its weights, in PyTorch's order, compute what its last cell expects", () => {
    const [, , weights, check] = codeOf(mlp());
    const entry = (name: string) => decode(weights!.split("\n").find((line) => line.includes(`"${name}"`))!);
    // nn.Linear: y[j] = Σ weight[j][i]·x[i] + bias[j].
    const linear = (x: readonly number[], layer: number) => {
      const [weight, bias] = [entry(`${layer}.weight`), entry(`${layer}.bias`)];
      expect(weight.shape).toEqual([bias.values.length, x.length]);
      return Array.from(bias.values, (b, j) =>
        x.reduce((sum, value, i) => sum + weight.values[j * x.length + i]! * value, b),
      );
    };
    const lines = check!.split("\n");
    const points = decode(lines.find((line) => line.startsWith("points ="))!);
    const expected = decode(lines.find((line) => line.startsWith("expected ="))!);
    expect([points.shape, expected.shape]).toEqual([
      [4, 2],
      [4, 1],
    ]);
    for (let row = 0; row < 4; row++) {
      const x = [points.values[2 * row]!, points.values[2 * row + 1]!];
      const [y] = linear(linear(x, 0).map(Math.tanh), 2);
      expect(y).toBeCloseTo(expected.values[row]!, 5);
    }
  });

  test("becomes a module where values meet again, with its own names and shapes for any batch", () => {
    const { graph, parameter, values } = seeded();
    const x = graph.input("x", [6, 4]);
    const hidden = relu(matmul(x, parameter("w", [4, 4])));
    const y = multiply(add(hidden, x), parameter("scale factor", [4]));
    const [, structure, weights] = codeOf(exportNotebook({ outputs: { y }, values, title: "시험" }));
    expect(structure).toContain("        self.layer1 = nn.Linear(4, 4, bias=False)");
    expect(structure).toContain("        self.scale_factor = nn.Parameter(torch.zeros([4]))");
    expect(structure).toMatch(/relu_\d+ = self\.layer2\(matmul_\d+\)\n +add_\d+ = relu_\d+ \+ x\n/);
    expect(structure).toContain("* self.scale_factor");
    expect(weights).toContain('"layer1.weight": ([4, 4], ');
    expect(weights).toContain('"scale_factor": ([4], ');
  });

  test("a convolutional network is the layers of a textbook, with its filters in them", () => {
    const cnn = createCnn({
      image: { channels: 1, rows: 12, columns: 12 },
      blocks: [
        { channels: 4, window: 5, pool: 2 },
        { channels: 6, window: 3, pool: 1 },
      ],
      ...{ hidden: [7], classes: 3, activation: "relu", optimizer: "sgd", batchSize: 2 },
      ...{ trainCount: 4, testCount: 4, seed: 1 },
    });
    const { inputs, outputs, values: present } = cnn.forward;
    const [, structure, weights] = codeOf(
      exportNotebook({ inputs, outputs, values: present, title: "시험" }),
    );
    expect(structure!.split("\n").map((line) => line.trim())).toEqual([
      "model = nn.Sequential(",
      "nn.Conv2d(1, 4, (5, 5), padding=(2, 2)),",
      "nn.ReLU(),",
      "nn.MaxPool2d((2, 2), stride=(2, 2)),",
      "nn.Conv2d(4, 6, (3, 3), padding=(1, 1)),",
      "nn.ReLU(),",
      "nn.Flatten(),",
      "nn.Linear(216, 7),",
      "nn.ReLU(),",
      "nn.Linear(7, 3),",
      ")",
    ]);
    const { shape, values } = decode(weights!.split("\n").find((line) => line.includes('"0.weight"'))!);
    expect(shape).toEqual([4, 1, 5, 5]);
    expect(values).toEqual(cnn.parameter("filters1"));
  });

  test("padding at one side only, which PyTorch's layer cannot have, stays an expression", () => {
    const { graph, parameter, values } = seeded();
    const filters = parameter("filters", [2, 1, 3, 3]);
    const y = convolution(graph.input("x", [2, 1, 6, 6]), filters, { stride: 2, padding: "same" });
    const [, structure] = codeOf(exportNotebook({ outputs: { y }, values, title: "시험" }));
    expect(structure).toContain("F.conv2d(F.pad(x, [0, 1, 0, 1]), self.filters, stride=[2, 2]");
    expect(structure).not.toContain("nn.Conv2d");
  });

  test("shared weights stay shared: no layer owns them", () => {
    const { graph, parameter, values } = seeded();
    const shared = parameter("w", [3, 3]);
    const y = matmul(tanh(matmul(graph.input("x", [5, 3]), shared)), shared);
    const [, structure] = codeOf(exportNotebook({ outputs: { y }, values, title: "시험" }));
    expect(structure).not.toContain("nn.Linear");
    expect(structure!.match(/@ self\.w\b/g)).toHaveLength(2);
  });

  test("an operation that PyTorch has no counterpart for is named", () => {
    const { graph } = seeded();
    const order = graph.input("order", [5], "i32");
    const cursor = advance(graph.input("cursor", [], "i32"), 1, 5);
    const y = gather(graph.input("x", [5, 3]), window(order, cursor, 2));
    expect(() => exportNotebook({ outputs: { y }, values: () => [], title: "시험" })).toThrow(
      /연산.*: advance/,
    );
  });
});
