/** A training as a file on the learner's device, to go on with it another day. */
import type { Memory, Weights } from "./experiment.ts";
import { CLASSES, equalWidth, mlpParameterCount, parameterCount } from "./networks.ts";
import { type HandwritingState, handwritingState } from "./state.ts";

const FORMAT = "gipi-handwriting-lab";
const VERSION = 1;
/** A file of ours has about 100 kB; the largest network about 5 MB. */
export const MOST_BYTES = 20e6;

/** `message` is Korean and may be shown. */
export class SavedError extends Error {
  override name = "SavedError";
}

export function saveText(state: HandwritingState, memory: Memory): string {
  const packed = (weights: Weights) =>
    Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, encode(values)]));
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    state: handwritingState.encode(state),
    steps: memory.steps,
    seconds: memory.seconds,
    cnn: packed(memory.cnn),
    mlp: packed(memory.mlp),
  });
}

/** @throws SavedError when it is no such file, damaged, or its weights do not fit its settings. */
export function readSaved(text: string): { state: HandwritingState; memory: Memory } {
  const file = parsed(text);
  if (file["format"] !== FORMAT) throw new SavedError("손글씨 실험실에서 저장한 파일이 아닙니다.");
  if (file["version"] !== VERSION) throw new SavedError("다른 버전에서 저장한 파일이라 읽지 못합니다.");
  const { state, problems } = handwritingState.decode(String(file["state"]));
  const { steps, seconds } = file;
  const [cnn, mlp] = [unpacked(file["cnn"]), unpacked(file["mlp"])];
  const counted = (weights: Weights) => Object.values(weights).reduce((sum, { length }) => sum + length, 0);
  const fits =
    problems.length === 0 &&
    typeof steps === "number" &&
    typeof seconds === "number" &&
    Number.isSafeInteger(steps) &&
    steps >= 0 &&
    seconds >= 0 &&
    counted(cnn) === parameterCount(state) &&
    counted(mlp) === mlpParameterCount(equalWidth(state), CLASSES[state.data]);
  if (!fits) throw damaged();
  return { state, memory: { steps, seconds, cnn, mlp } };
}

const damaged = () => new SavedError("파일이 손상되어 이어서 훈련할 수 없습니다.");

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, as anything else that is no such file.
  }
  throw new SavedError("손글씨 실험실에서 저장한 파일이 아닙니다.");
}

function unpacked(given: unknown): Weights {
  if (typeof given !== "object" || given === null) throw damaged();
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, decode(text)]));
}

function encode(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function decode(text: unknown): Float32Array {
  if (typeof text !== "string") throw damaged();
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw damaged();
  }
  if (bytes.length % 4 !== 0) throw damaged();
  const values = new Float32Array(bytes.buffer);
  if (!values.every(Number.isFinite)) throw damaged();
  return values;
}
