/**
 * Only the weights of an ONNX file, by name: for a network whose graph is here already because it is trained further.
 * Reading the operators as well would bring their table into the worker.
 */
import { decodeModel, readTensor } from "./decode.ts";

/** Values of weights stored as floats of 32 or 16 bits. @throws OnnxError for a damaged file. */
export function readWeights(bytes: Uint8Array): Map<string, Float64Array> {
  const { initializer, node } = decodeModel(bytes).graph;
  const found = new Map(initializer.map((tensor) => [tensor.name ?? "", readTensor(tensor)]));
  const weights = new Map([...found].map(([name, { data }]) => [name, data]));
  for (const { opType, input, output } of node) {
    const stored = found.get(input[0] ?? "");
    const name = output[0];
    if (!stored || name === undefined) continue;
    if (opType === "Cast") weights.set(name, stored.data);
  }
  return weights;
}
