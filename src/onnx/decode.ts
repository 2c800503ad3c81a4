/** Bytes → the messages of an ONNX file and their tensors, with everything that can be wrong with them told apart. */
import { type Shape, sizeOf } from "../engine/shape.ts";
import { OnnxError } from "./errors.ts";
import { fromHalf } from "./half.ts";
import { ELEMENT, type GraphProto, MODEL, type ModelProto, type TensorProto } from "./proto.ts";
import { decodeMessage, WireError } from "./protobuf.ts";

export interface OnnxModel extends ModelProto {
  readonly graph: GraphProto;
}

/**
 * Reads a file. Weights are not copied, so the bytes must stay as they are.
 * @throws OnnxError `truncated`, `not-onnx` or `damaged`.
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  if (bytes.length === 0)
    throw new OnnxError("truncated", "ONNX 파일이 비어 있습니다. 다시 내려받아 주세요.");
  if (looksLikeText(bytes)) {
    throw new OnnxError(
      "not-onnx",
      "ONNX 파일이 아니라 글(웹 페이지 등)이 왔습니다. 주소나 고른 파일을 확인해 주세요.",
    );
  }
  let model: ModelProto;
  try {
    model = decodeMessage(MODEL, bytes);
  } catch (error) {
    throw problemOf(error);
  }
  const { graph } = model;
  if (!graph || model.opsetImport.length === 0) {
    // A file cut between two fields still reads well; one without a known field never was a model.
    const known = model.irVersion !== undefined || model.producerName !== undefined;
    throw known ? truncated() : notOnnx();
  }
  return { ...model, graph };
}

/** HTML, JSON and the pointer files of Git LFS begin with a printable character; a model with a small number. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8).every((byte) => byte >= 32 && byte < 127);
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof WireError)) return error;
  return error.truncated
    ? truncated(error)
    : new OnnxError("damaged", "ONNX 파일이 손상되어 읽을 수 없습니다. 다시 내려받아 주세요.", {
        cause: error,
      });
}

function truncated(cause?: unknown): OnnxError {
  const message = "ONNX 파일이 중간에 끊겨 있습니다. 다시 내려받아 주세요.";
  return new OnnxError("truncated", message, { cause });
}

function notOnnx(): OnnxError {
  return new OnnxError("not-onnx", "ONNX 파일이 아닙니다. 확장자가 .onnx인 파일을 골라 주세요.");
}

/** Values of a tensor in double precision; integers up to 2⁵³ are exact. */
export interface TensorValues {
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly kind: "float" | "integer";
}

/** @throws OnnxError `truncated` when values are missing, `unsupported` for types we do not know. */
export function readTensor(tensor: TensorProto): TensorValues {
  const name = tensor.name ?? "";
  if (tensor.dataLocation === 1) {
    throw new OnnxError(
      "unsupported",
      `텐서 “${name}”의 값이 다른 파일에 있습니다. 가중치를 한 파일에 담아 내보낸 ONNX 파일을 써 주세요.`,
    );
  }
  const shape = tensor.dims;
  const size = sizeOf(shape);
  const data = tensor.rawData ? fromRaw(tensor, tensor.rawData) : fromFields(tensor);
  if (data.length !== size) {
    throw new OnnxError(
      "truncated",
      `텐서 “${name}”의 값이 ${size}개여야 하는데 ${data.length}개뿐입니다. 파일을 다시 내려받아 주세요.`,
    );
  }
  const { float32, float16, float64 } = ELEMENT;
  const isFloat = [float32, float16, float64].some((type) => type === tensor.dataType);
  return { data, shape, kind: isFloat ? "float" : "integer" };
}

/** Width in bytes and how to read one element, by type. */
const ELEMENTS: Readonly<Record<number, readonly [number, (view: DataView, at: number) => number]>> = {
  [ELEMENT.float32]: [4, (view, at) => view.getFloat32(at, true)],
  [ELEMENT.float64]: [8, (view, at) => view.getFloat64(at, true)],
  [ELEMENT.float16]: [2, (view, at) => fromHalf(view.getUint16(at, true))],
  [ELEMENT.int64]: [8, (view, at) => Number(view.getBigInt64(at, true))],
  [ELEMENT.int32]: [4, (view, at) => view.getInt32(at, true)],
  [ELEMENT.int8]: [1, (view, at) => view.getInt8(at)],
  [ELEMENT.uint8]: [1, (view, at) => view.getUint8(at)],
  [ELEMENT.bool]: [1, (view, at) => view.getUint8(at)],
};

function elementOf({ dataType, name }: TensorProto) {
  const element = ELEMENTS[dataType ?? 0];
  if (element) return element;
  throw new OnnxError(
    "unsupported",
    `텐서 “${name ?? ""}”의 자료형(${dataType})을 읽을 수 없습니다. float32로 내보낸 파일을 써 주세요.`,
  );
}

function fromRaw(tensor: TensorProto, raw: Uint8Array): Float64Array {
  const [width, read] = elementOf(tensor);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float64Array.from({ length: Math.floor(raw.length / width) }, (_, i) => read(view, i * width));
}

function fromFields(tensor: TensorProto): Float64Array {
  elementOf(tensor);
  if (tensor.dataType === ELEMENT.float16) return Float64Array.from(tensor.int32Data, fromHalf);
  const { floatData, int32Data, int64Data, doubleData } = tensor;
  const filled = [floatData, int32Data, int64Data, doubleData].find((values) => values.length > 0);
  return Float64Array.from(filled ?? []);
}
