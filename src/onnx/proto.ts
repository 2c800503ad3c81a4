/** The messages of an ONNX file (onnx.proto3 of github.com/onnx/onnx, IR version 9), as far as we write or read them. */
import {
  byteStrings,
  bytes,
  type Draft,
  doubles,
  float,
  floats,
  integer,
  integers,
  type Message,
  message,
  messages,
  text,
  texts,
} from "./protobuf.ts";

export const TENSOR = {
  dims: integers(1),
  dataType: integer(2),
  floatData: floats(4),
  int32Data: integers(5),
  int64Data: integers(7),
  name: text(8),
  rawData: bytes(9),
  doubleData: doubles(10),
  /** 1: the values lie in another file. */
  dataLocation: integer(14),
};

export const ATTRIBUTE = {
  name: text(1),
  f: float(2),
  i: integer(3),
  s: bytes(4),
  t: message(5, TENSOR),
  floats: floats(7),
  ints: integers(8),
  strings: byteStrings(9),
  type: integer(20),
};

export const NODE = {
  input: texts(1),
  output: texts(2),
  name: text(3),
  opType: text(4),
  attribute: messages(5, ATTRIBUTE),
  domain: text(7),
};

const DIMENSION = { value: integer(1), parameter: text(2) };
const SHAPE = { dim: messages(1, DIMENSION) };
const TENSOR_TYPE = { elementType: integer(1), shape: message(2, SHAPE) };
const TYPE = { tensorType: message(1, TENSOR_TYPE) };
export const VALUE_INFO = { name: text(1), type: message(2, TYPE) };

export const GRAPH = {
  node: messages(1, NODE),
  name: text(2),
  initializer: messages(5, TENSOR),
  input: messages(11, VALUE_INFO),
  output: messages(12, VALUE_INFO),
};

const OPERATOR_SET = { domain: text(1), version: integer(2) };
const ENTRY = { key: text(1), value: text(2) };

/** The graph comes last when written: wherever a file is cut off, the cut is noticed. */
export const MODEL = {
  irVersion: integer(1),
  producerName: text(2),
  producerVersion: text(3),
  docString: text(6),
  opsetImport: messages(8, OPERATOR_SET),
  metadataProps: messages(14, ENTRY),
  graph: message(7, GRAPH),
};

export type TensorProto = Message<typeof TENSOR>;
export type AttributeProto = Message<typeof ATTRIBUTE>;
export type NodeProto = Message<typeof NODE>;
export type ValueInfoProto = Message<typeof VALUE_INFO>;
export type GraphProto = Message<typeof GRAPH>;
export type ModelProto = Message<typeof MODEL>;
export type TensorDraft = Draft<typeof TENSOR>;
export type AttributeDraft = Draft<typeof ATTRIBUTE>;

/** Element types by their number in the format. */
export const ELEMENT = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
} as const;

/** Attribute values, each with the number of its type. */
export const attribute = {
  float: (f: number): AttributeDraft => ({ f, type: 1 }),
  integer: (i: number): AttributeDraft => ({ i, type: 2 }),
  text: (s: string): AttributeDraft => ({ s: new TextEncoder().encode(s), type: 3 }),
  texts: (list: readonly string[]): AttributeDraft => ({
    strings: list.map((s) => new TextEncoder().encode(s)),
    type: 8,
  }),
  tensor: (t: TensorDraft): AttributeDraft => ({ t, type: 4 }),
  integers: (ints: readonly number[]): AttributeDraft => ({ ints, type: 7 }),
};
export type AttributeDrafts = Readonly<Record<string, AttributeDraft>>;
