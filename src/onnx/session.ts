/** A pretrained network in the worker: an ONNX file in onnxruntime, with checked inputs and Korean errors. */
import type { InferenceSession, Tensor as RuntimeTensor } from "onnxruntime-web/wasm";
import { formatShape, sizeOf } from "../engine/shape.ts";
import { decodeModel } from "./decode.ts";
import { type DownloadOptions, download, forget, outOfMemory } from "./download.ts";
import { OnnxError } from "./errors.ts";
import { unknownOperator } from "./refusals.ts";
import { loadRuntime, type OnnxRuntime } from "./runtime.ts";

/** An input or output as the file declares it; an axis with a name may have any extent. */
export interface Port {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface Feed {
  /** Row-major; converted to the type the file asks for. */
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

export interface Result {
  /** 64-bit integers come as doubles. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

export interface OnnxSession {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /**
   * Computes every output. A run cannot be stopped once it began; a worker that must be free is terminated.
   * @throws OnnxError `wrong-input` naming the input and what it should be, `out-of-memory` or `failed`.
   */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Result>>;
  /** Lets the memory go; the session must not be used afterwards. */
  dispose(): Promise<void>;
}

export type Stage = "runtime" | "model";

export interface SessionOptions extends Omit<DownloadOptions, "onProgress"> {
  /** Bytes loaded of onnxruntime and of the model, which arrive together. */
  readonly onProgress?: (stage: Stage, loaded: number, total: number | undefined) => void;
}

/**
 * @param source the file's address, or its bytes (a file the learner chose, a network just trained).
 * @throws OnnxError for everything that can be wrong with file, network or machine; the signal's reason when stopped.
 */
export async function openSession(
  source: string | Uint8Array<ArrayBuffer>,
  options: SessionOptions = {},
): Promise<OnnxSession> {
  const { onProgress, ...rest } = options;
  const watched = (stage: Stage): DownloadOptions => ({
    ...rest,
    onProgress: (loaded, total) => onProgress?.(stage, loaded, total),
  });
  const [runtime, bytes] = await Promise.all([
    loadRuntime(watched("runtime")),
    typeof source === "string" ? download(source, watched("model")) : source,
  ]);
  options.signal?.throwIfAborted();
  try {
    decodeModel(bytes);
  } catch (error) {
    // A damaged copy must not come back from the device the next time.
    if (typeof source === "string") await forget(source, rest);
    throw error;
  }
  const session = await create(runtime, bytes);
  if (options.signal?.aborted) {
    await session.release();
    throw options.signal.reason;
  }
  return new Session(runtime, session);
}

async function create(runtime: OnnxRuntime, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(bytes);
  } catch (error) {
    throw translated(error);
  }
}

class Session implements OnnxSession {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly #runtime: OnnxRuntime;
  #session: InferenceSession | undefined;

  constructor(runtime: OnnxRuntime, session: InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.inputs = session.inputMetadata.map(portOf);
    this.outputs = session.outputMetadata.map(portOf);
  }

  async run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Result>> {
    if (!this.#session) throw new Error("the session has been disposed of");
    checkFeeds(this.inputs, feeds);
    const tensors: Record<string, RuntimeTensor> = {};
    let results: Readonly<Record<string, RuntimeTensor>>;
    try {
      for (const port of this.inputs) tensors[port.name] = this.#tensor(port, feeds[port.name]!);
      results = await this.#session.run(tensors);
    } catch (error) {
      throw translated(error);
    }
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, resultOf(tensor)]));
  }

  async dispose(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }

  #tensor({ type, name }: Port, { data, shape }: Feed): RuntimeTensor {
    const { Tensor } = this.#runtime;
    if (type === "float32") return new Tensor(type, Float32Array.from(data), shape);
    if (type === "int32") return new Tensor(type, Int32Array.from(data), shape);
    if (type === "int64") return new Tensor(type, BigInt64Array.from(Array.from(data, BigInt)), shape);
    if (type === "bool") return new Tensor(type, Uint8Array.from(data), shape);
    throw new OnnxError("unsupported", `입력 ${name}의 자료형(${type})은 쓸 수 없습니다.`);
  }
}

function portOf(metadata: InferenceSession.ValueMetadata): Port {
  const { name } = metadata;
  return metadata.isTensor
    ? { name, type: metadata.type, shape: metadata.shape }
    : { name, type: "", shape: [] };
}

function resultOf({ data, dims }: RuntimeTensor): Result {
  if (data instanceof BigInt64Array) return { data: Float64Array.from(data, Number), shape: dims };
  if (
    data instanceof Float32Array ||
    data instanceof Float64Array ||
    data instanceof Int32Array ||
    data instanceof Uint8Array
  ) {
    return { data, shape: dims };
  }
  throw new OnnxError("unsupported", "출력의 자료형을 읽을 수 없습니다. 실수를 내는 모델을 써 주세요.");
}

/** Every input is there, none is too many, and shapes agree with the file and with one another. */
function checkFeeds(ports: readonly Port[], feeds: Readonly<Record<string, Feed>>): void {
  const extents = new Map<string, number>();
  for (const port of ports) {
    const feed = feeds[port.name];
    if (!feed)
      throw wrongInput(`빠진 입력이 있습니다: ${port.name}. 모양 ${describe(port)}으로 넣어 주세요.`);
    const { shape, data } = feed;
    const fits =
      shape.length === port.shape.length &&
      port.shape.every((wanted, axis) => {
        const expected = typeof wanted === "number" ? wanted : (extents.get(wanted) ?? shape[axis]!);
        if (typeof wanted === "string" && wanted !== "") extents.set(wanted, expected);
        return shape[axis] === expected;
      });
    if (!fits) {
      throw wrongInput(
        `입력 ${port.name}의 모양은 ${describe(port)}이어야 하는데 ${formatShape(shape)}입니다. 모양을 맞춰 주세요.`,
      );
    }
    if (data.length !== sizeOf(shape)) {
      throw wrongInput(
        `입력 ${port.name}에는 값 ${sizeOf(shape)}개가 필요한데 ${data.length}개입니다. 값의 수를 맞춰 주세요.`,
      );
    }
  }
  const unknown = Object.keys(feeds).find((name) => !ports.some((port) => port.name === name));
  if (unknown !== undefined) {
    const names = ports.map(({ name }) => name).join(", ");
    throw wrongInput(`이 모델에 없는 입력입니다: ${unknown}. 모델의 입력은 ${names}입니다.`);
  }
}

const describe = ({ shape }: Port) => `[${shape.map((axis) => (axis === "" ? "?" : axis)).join(",")}]`;
const wrongInput = (message: string) => new OnnxError("wrong-input", message);

/** What onnxruntime 1.30 says when it does not know an operator; the first group is its name. */
const UNKNOWN_OPERATOR = [
  /No Op registered for (\S+)/,
  /No opset import for domain '([^']+)'/,
  /Fatal error: (\S+?)\(/,
  /Could not find an implementation for (\w+)/,
];
/** Size arithmetic in the 32-bit module overflows before an allocation is even tried. */
const NO_MEMORY =
  /bad_alloc|out of memory|\bOOM\b|Integer overflow|could not allocate|allocation failed|Failed to allocate memory/i;

function translated(error: unknown): OnnxError {
  if (error instanceof OnnxError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError || NO_MEMORY.test(text)) return outOfMemory(error);
  const operator = UNKNOWN_OPERATOR.map((pattern) => pattern.exec(text)?.[1]).find((name) => name);
  if (operator) return unknownOperator(operator);
  const options = { cause: error };
  if (/opset|IR_VERSION|ir_version/.test(text)) {
    return new OnnxError(
      "unsupported",
      "이 모델은 더 새로운 ONNX 판으로 쓰였습니다. 연산자 집합 21 이하로 다시 내보내 주세요.",
      options,
    );
  }
  return new OnnxError("failed", `모델을 계산하지 못했습니다. 다른 모델로 시도해 주세요. (${text})`, options);
}
