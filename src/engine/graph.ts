import type { Attributes, Operation } from "./operation.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";

/** Elements are 32-bit floats, or 32-bit integers where an index is meant. */
export type DataType = "f32" | "i32";

/**
 * A node of the graph and the tensor it produces. Leaves (`input`, `parameter`, `state`, `constant`) have no
 * inputs; every other node applies one table entry to earlier nodes, so ids are a topological order.
 */
export interface Tensor {
  readonly graph: Graph;
  readonly id: number;
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly type: DataType;
  /** Unique among leaves; for other nodes what `label` set, for messages. */
  readonly name: string | undefined;
  /** Values of a constant, or the initial values of a state. */
  readonly values: Float64Array | undefined;
}

const leaf = (name: string): Operation => ({
  name,
  shape: () => [],
  reference: () => {
    throw new Error(`${name} has no value of its own`);
  },
});

/** Written by the host before a run: data, targets, learning rate. */
export const inputOperation = leaf("input");
/** Adjusted by training. */
export const parameterOperation = leaf("parameter");
/** Kept between runs without being trained: momentum, running statistics, a cursor. */
export const stateOperation = leaf("state");
export const constantOperation = leaf("constant");

/** A network as data: written once, read by the interpreter, the compiler and the exporter. */
export class Graph {
  readonly nodes: Tensor[] = [];
  readonly #leaves = new Map<string, Tensor>();
  /** Equal expressions become one node: gradients ask for the same `1 − y²` more than once. */
  readonly #known = new Map<string, Tensor>();
  readonly #names = new Map<number, string>();

  /** A leaf the host writes. @throws Error when the name is taken. */
  input(name: string, shape: Shape, type: DataType = "f32"): Tensor {
    return this.#leaf(inputOperation, name, shape, type, undefined);
  }

  /** A leaf that training adjusts; zero until written. @throws Error when the name is taken. */
  parameter(name: string, shape: Shape): Tensor {
    return this.#leaf(parameterOperation, name, shape, "f32", undefined);
  }

  /** A leaf kept between runs, filled with `initial`. @throws Error when the name is taken. */
  state(name: string, shape: Shape, initial = 0, type: DataType = "f32"): Tensor {
    return this.#leaf(stateOperation, name, shape, type, new Float64Array(sizeOf(shape)).fill(initial));
  }

  /** A fixed tensor; a number is a scalar. @throws RangeError when values and shape differ in size. */
  constant(values: number | ArrayLike<number>, shape: Shape = [], type: DataType = "f32"): Tensor {
    const data = typeof values === "number" ? new Float64Array([values]) : Float64Array.from(values);
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(`constant: ${data.length} values do not fill ${formatShape(shape)}`);
    }
    const key = `constant ${type} ${shape.join()}:${data.join()}`;
    return this.#known.get(key) ?? this.#remember(key, constantOperation, [], {}, shape, type, data);
  }

  /** Applies a table entry. @throws ShapeError when the shapes do not fit it. */
  apply(operation: Operation, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
    for (const tensor of inputs) {
      if (tensor.graph !== this) throw new Error(`${operation.name}: a tensor of another graph`);
    }
    const key = `${operation.name} ${inputs.map(({ id }) => id).join()} ${JSON.stringify(attributes)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const shape = operation.shape(
      inputs.map((tensor) => tensor.shape),
      attributes,
    );
    const type = operation.type === "input" ? inputs[0]!.type : (operation.type ?? "f32");
    return this.#remember(key, operation, inputs, attributes, shape, type, undefined);
  }

  /** Names a node for messages; returns it. */
  label(tensor: Tensor, name: string): Tensor {
    this.#names.set(tensor.id, name);
    return tensor;
  }

  /** What a message should call the node. */
  nameOf(tensor: Tensor): string {
    return this.#names.get(tensor.id) ?? tensor.name ?? `${tensor.operation.name}#${tensor.id}`;
  }

  /** The leaf of this name. @throws Error when there is none. */
  leaf(name: string): Tensor {
    const found = this.#leaves.get(name);
    if (!found) throw new Error(`no leaf named “${name}”`);
    return found;
  }

  #leaf(operation: Operation, name: string, shape: Shape, type: DataType, values: Float64Array | undefined) {
    if (this.#leaves.has(name)) throw new Error(`a leaf named “${name}” exists already`);
    if (shape.some((extent) => !Number.isInteger(extent) || extent < 1)) {
      throw new RangeError(
        `${name}: every axis needs a whole extent of at least 1, not ${formatShape(shape)}`,
      );
    }
    const tensor = this.#append(operation, [], {}, shape, type, name, values);
    this.#leaves.set(name, tensor);
    return tensor;
  }

  #remember(
    key: string,
    operation: Operation,
    inputs: readonly Tensor[],
    attributes: Attributes,
    shape: Shape,
    type: DataType,
    values: Float64Array | undefined,
  ): Tensor {
    const tensor = this.#append(operation, inputs, attributes, shape, type, undefined, values);
    this.#known.set(key, tensor);
    return tensor;
  }

  #append(
    operation: Operation,
    inputs: readonly Tensor[],
    attributes: Attributes,
    shape: Shape,
    type: DataType,
    name: string | undefined,
    values: Float64Array | undefined,
  ): Tensor {
    const id = this.nodes.length;
    const tensor: Tensor = { graph: this, id, operation, inputs, attributes, shape, type, name, values };
    this.nodes.push(tensor);
    return tensor;
  }
}

/** Whether the tensor is a leaf, and so has no operation to run. */
export function isLeaf(tensor: Tensor): boolean {
  const { operation } = tensor;
  return (
    operation === inputOperation ||
    operation === parameterOperation ||
    operation === stateOperation ||
    operation === constantOperation
  );
}

/** Every node the given ones depend on, themselves included, in topological order. */
export function ancestors(tensors: readonly Tensor[]): Tensor[] {
  const found = new Map<number, Tensor>();
  const pending = [...tensors];
  for (let tensor = pending.pop(); tensor; tensor = pending.pop()) {
    if (found.has(tensor.id)) continue;
    found.set(tensor.id, tensor);
    pending.push(...tensor.inputs);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}
