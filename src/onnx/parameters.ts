/** Only the weights of a file, by name: for a network whose graph is built by `src/nn` instead of being read. */
import { decodeModel, readTensor } from "./decode.ts";
import type { GraphProto, NodeProto } from "./proto.ts";

export interface NamedValues {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/**
 * Weights under the names `exportOnnx` gave them, half floats and 8-bit integers made whole again.
 * @throws OnnxError as `decodeModel` and `readTensor` do.
 */
export function readParameters(bytes: Uint8Array): Map<string, NamedValues> {
  const { graph } = decodeModel(bytes);
  const stored = storedIn(graph);
  const result = new Map(stored);
  for (const node of graph.node) {
    const name = node.output[0] ?? "";
    const source = stored.get(node.input[0] ?? "");
    if (!source) continue;
    if (node.opType === "Cast") result.set(name, source);
    const scales = node.opType === "DequantizeLinear" ? stored.get(node.input[1] ?? "") : undefined;
    if (scales) result.set(name, scaled(source, scales.values, axisOf(node)));
  }
  return result;
}

const storedIn = ({ initializer }: GraphProto): ReadonlyMap<string, NamedValues> =>
  new Map(
    initializer.map((tensor) => {
      const { shape, data } = readTensor(tensor);
      return [tensor.name ?? "", { shape, values: data }];
    }),
  );

const axisOf = ({ attribute }: NodeProto) => Number(attribute.find(({ name }) => name === "axis")?.i ?? 1);

/** Each value times the scale of its place along the axis. */
function scaled({ shape, values }: NamedValues, scales: Float64Array, axis: number): NamedValues {
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  return {
    shape,
    values: values.map((value, at) => value * scales[Math.floor(at / inner) % scales.length]!),
  };
}
