/**
 * Opens a pretrained network of `public/models` in a worker. Our own engine runs it: a page needs nothing beside the
 * network's file. `openPretrainedSession` runs the same file in onnxruntime, which is 4 MB more to load.
 */
import type { DatasetId } from "../data/datasets.ts";
import type { Tensor } from "../engine/graph.ts";
import { createProgram } from "../engine/program.ts";
import { sizeOf } from "../engine/shape.ts";
import { importWith } from "../onnx/importer.ts";
import { type OnnxSession, openSession } from "../onnx/session.ts";
import { type ModelCard, parseModelCard } from "./card.ts";
import { damaged, type FetchOptions, fetchCard, fetchFile, modelAddress } from "./fetch.ts";
import { MODEL_READINGS } from "./readings.ts";

/** Each network bears the name of its dataset. */
export type PretrainedId = DatasetId;

export interface LoadOptions extends FetchOptions {
  /** How many pictures are computed at once; 1 when left out. */
  readonly batch?: number;
}

export interface PretrainedModel {
  readonly card: ModelCard;
  readonly batch: number;
  /** The leaf that takes the pictures: [batch, channels, rows, columns]. */
  readonly input: Tensor;
  /** How it is computed on this machine. */
  readonly backend: "wasm-relaxed-simd" | "wasm-simd" | "interpreter";
  /**
   * Computes every stage for `batch` pictures, values 0 to 1.
   * @returns the stages' live values by their name on the card, [batch, …shape]; they change with the next run.
   * @throws RangeError when the number of values differs.
   */
  run(pictures: ArrayLike<number>): Readonly<Record<string, Float32Array>>;
  /** Weights and biases by their name in the file, such as “conv1 filters” [channels, channels before, rows, columns]. */
  readonly weights: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float64Array }>;
}

/** @throws OnnxError in Korean when the card cannot be had; the signal's reason when stopped. */
export const loadModelCard = (
  id: PretrainedId,
  { batch: _, ...options }: LoadOptions = {},
): Promise<ModelCard> =>
  fetchCard(
    `${id}.json`,
    (text) => {
      const card = parseModelCard(text);
      return card?.id === id ? card : undefined;
    },
    options,
  );

/**
 * Downloads a network, with progress in bytes of its file, and compiles it.
 * @throws OnnxError in Korean for everything that can be wrong with file, network or machine; the signal's reason
 *   when stopped.
 */
export async function loadPretrained(id: PretrainedId, options: LoadOptions = {}): Promise<PretrainedModel> {
  const { batch = 1, ...rest } = options;
  const card = await loadModelCard(id, rest);
  return fetchFile(card, (bytes) => openPretrained(card, bytes, batch), rest);
}

/**
 * Compiles a network whose card and file are here.
 * @throws OnnxError when the file is damaged or lacks a stage of the card.
 */
export function openPretrained(card: ModelCard, bytes: Uint8Array, batch = 1): PretrainedModel {
  const { graph, inputs, outputs, values } = importWith(MODEL_READINGS, bytes, { batch });
  const input = inputs.get(card.input.name);
  const stages = card.outputs.map(({ name, shape }) => {
    const tensor = outputs.get(name);
    if (!tensor || sizeOf(tensor.shape) !== batch * sizeOf(shape)) throw damaged();
    return [name, tensor] as const;
  });
  if (!input) throw damaged();
  const program = createProgram(graph, { run: { outputs: stages.map(([, tensor]) => tensor) } });
  for (const [leaf, data] of values) program.write(leaf, data);
  const views = Object.fromEntries(stages.map(([name, tensor]) => [name, floats(program.view(tensor))]));
  return {
    ...{ card, batch, input, backend: program.backend },
    weights: new Map(
      [...values].map(([leaf, data]) => [weightName(leaf), { shape: leaf.shape, values: data }]),
    ),
    run: (pictures) => {
      program.write(input, pictures);
      program.run("run");
      return views;
    },
  };
}

function floats(view: Float32Array | Int32Array): Float32Array {
  if (view instanceof Float32Array) return view;
  throw damaged();
}

const weightName = ({ name }: Tensor) => name ?? "";

/**
 * The same file in onnxruntime; `onProgress` then counts the network's bytes only.
 * @throws as `loadPretrained`.
 */
export async function openPretrainedSession(
  id: PretrainedId,
  options: LoadOptions = {},
): Promise<{ card: ModelCard; session: OnnxSession }> {
  const { base = import.meta.env.BASE_URL, batch: _batch, onProgress, ...rest } = options;
  const card = await loadModelCard(id, options);
  const session = await openSession(modelAddress(card.file, base), {
    ...{ ...rest, expectedBytes: card.bytes, version: card.sha256 },
    onProgress: (stage, loaded, total) => stage === "model" && onProgress?.(loaded, total),
  });
  return { card, session };
}
