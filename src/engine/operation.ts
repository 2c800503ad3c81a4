import type { Emitter, Vector } from "./compile/emitter.ts";
import type { DataType, Tensor } from "./graph.ts";
import type { Shape } from "./shape.ts";

export type Attributes = Readonly<Record<string, number | boolean | readonly number[]>>;

/** A tensor's values beside its shape, as a reference implementation sees them (double precision). */
export interface Value {
  readonly data: Float64Array;
  readonly shape: Shape;
}

/** Where a tensor lies in the program's memory, or the part of it that one thread works on. */
export interface Buffer {
  /** Byte address; at least 12 bytes after the last element may be read. */
  readonly address: number;
  readonly shape: Shape;
  /** Shape of the tensor: distances between rows are those of the tensor, also where `shape` is a part of it. */
  readonly whole: Shape;
  /** Elements of the tensor before the first of the buffer. */
  readonly start: number;
}

/**
 * How an operation's work divides: axis `output` of the result is cut, and with it the given axis of every input;
 * an input with `null` is needed whole by every part. Each part must be the same operation on smaller tensors.
 */
export interface Cut {
  readonly output: number;
  readonly inputs: readonly (number | null)[];
  /** The place of the cut is a multiple of it. */
  readonly granule?: number;
}

export interface KernelContext {
  readonly inputs: readonly Buffer[];
  readonly output: Buffer;
  readonly attributes: Attributes;
  /** Address of the working memory asked for by `scratchBytes`. */
  readonly scratch: number;
}

/**
 * How the compiler runs an operation.
 * - `elementwise`: output element i depends on the inputs' broadcast elements i only. Chains fuse into one loop.
 * - `alias`: the same bytes under another shape; costs nothing.
 * - `whole`: emits its own loops, specialised on the shapes.
 */
export type Kernel =
  | {
      readonly kind: "elementwise";
      emit(e: Emitter, inputs: readonly Vector[], attributes: Attributes): Vector;
    }
  | { readonly kind: "alias" }
  | {
      readonly kind: "whole";
      emit(e: Emitter, context: KernelContext): void;
      scratchBytes?(inputs: readonly Shape[], attributes: Attributes): number;
      /** Left out, or `undefined`: one thread does it. */
      cut?(inputs: readonly Shape[], output: Shape, attributes: Attributes): Cut | undefined;
    };

/**
 * One table entry. Everything the engine knows of an operation stands here; a further operation is a further
 * entry, and a missing rule is an error that names the operation.
 */
export interface Operation {
  readonly name: string;
  /** Type of the result; `f32` when left out, `"input"` for that of the first input. */
  readonly type?: DataType | "input";
  /** Shape of the result. @throws ShapeError when the shapes do not fit. */
  shape(inputs: readonly Shape[], attributes: Attributes): Shape;
  /** Plain double-precision loops: what the operation means, and the oracle of its tests. */
  reference(inputs: readonly Value[], attributes: Attributes, shape: Shape): Float64Array;
  /**
   * Derivative as graph: given ∂L/∂output, returns ∂L/∂input for each input, or `null` for an input that has
   * none (an index). Left out where the operation cannot be differentiated.
   */
  gradient?(node: Tensor, upstream: Tensor): readonly (Tensor | null)[];
  readonly kernel?: Kernel;
}

/** A numeric attribute. @throws Error when it is missing: a defect of the builder. */
export function numberAttribute(attributes: Attributes, name: string): number {
  const value = attributes[name];
  if (typeof value !== "number") throw new Error(`attribute “${name}” is not a number`);
  return value;
}

/** A list attribute, such as axes or a shape. @throws Error when it is missing. */
export function listAttribute(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  if (!Array.isArray(value)) throw new Error(`attribute “${name}” is not a list`);
  return value as readonly number[];
}

/**
 * The axis along which a tensor falls into two contiguous halves: the first with several entries.
 * @returns `undefined` when fewer than `keep` axes lie behind it.
 */
export function leadingAxis(shape: Shape, keep = 0): number | undefined {
  const axis = shape.findIndex((extent) => extent > 1);
  return axis >= 0 && axis < shape.length - keep ? axis : undefined;
}

/** A cut of the result along its leading axis, and of all `inputs` (their number) along the same one. */
export function cutLeading(inputs: number, output: Shape, keep = 0): Cut | undefined {
  const axis = leadingAxis(output, keep);
  return axis === undefined ? undefined : { output: axis, inputs: new Array<number>(inputs).fill(axis) };
}
