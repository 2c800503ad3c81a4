/** What the entries of the writing tables have in common. */
import type { Tensor } from "../engine/graph.ts";
import { type Attributes, numberAttribute } from "../engine/operation.ts";
import { alongAxisAttribute, type BatchRule, elementwiseBatch } from "./batch.ts";
import { type AttributeDrafts, attribute, ELEMENT } from "./proto.ts";

/** What an entry writes its nodes with. Tensors of the file are known by name. */
export interface Outgoing {
  readonly node: Tensor;
  /** Names of the node's inputs. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  /** Adds a node; returns the name of its first result. */
  emit(operator: string, inputs: readonly string[], attributes?: AttributeDrafts): string;
  /** Adds a node of several results; returns their names. */
  results(
    operator: string,
    inputs: readonly string[],
    count: number,
    attributes?: AttributeDrafts,
  ): readonly string[];
  /** A list of 64-bit integers, such as axes. */
  integers(values: readonly number[]): string;
  /** 32-bit integers, as our indices are. */
  indices(values: readonly number[], shape?: readonly number[]): string;
  /** Constant floats; a scalar when no shape is given. */
  floats(values: readonly number[], shape?: readonly number[]): string;
  /** The result's shape as a list, with `open` where the batch lies if the file leaves it open. */
  shape(open: number): string;
}

export interface Mapping {
  /** Writes the nodes; returns the name of the result. */
  readonly write: (o: Outgoing) => string;
  /** Left out where samples are always mixed. */
  readonly batch?: BatchRule;
}

export type AttributesOf = (attributes: Attributes) => AttributeDrafts;

/** One operator of the same inputs. */
export const same =
  (operator: string, attributesOf?: AttributesOf) =>
  ({ emit, inputs, attributes }: Outgoing) =>
    emit(operator, inputs, attributesOf?.(attributes));

/** The same, element by element. */
export const elementwise = (operator: string, attributesOf?: AttributesOf): Mapping => ({
  write: same(operator, attributesOf),
  batch: elementwiseBatch,
});

export const toFloat = { to: attribute.integer(ELEMENT.float32) };
/** A comparison; ours give 1 and 0, ONNX's true and false. */
export const comparison = (write: (o: Outgoing) => string): Mapping => ({
  write: (o) => o.emit("Cast", [write(o)], toFloat),
  batch: elementwiseBatch,
});

/** A reduction along one axis that stays. */
export const reduction = (operator: string): Mapping => ({
  write: ({ emit, inputs, attributes, integers }) =>
    emit(operator, [inputs[0]!, integers([numberAttribute(attributes, "axis")])]),
  batch: alongAxisAttribute,
});

export const lastAxis: AttributesOf = () => ({ axis: attribute.integer(-1) });

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);
