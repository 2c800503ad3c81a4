/** A file in onnxruntime under Node, behind the interface the pages use. */
import * as ort from "onnxruntime-web/wasm";
import type { OnnxSession } from "../../src/onnx/session.ts";

/** For files whose inputs are 32-bit floats and integers of fixed shapes. */
export async function openNodeSession(bytes: Uint8Array): Promise<OnnxSession> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(bytes);
  const portsOf = (metadata: typeof session.inputMetadata) =>
    metadata.flatMap((port) =>
      port.isTensor ? [{ name: port.name, type: port.type, shape: port.shape }] : [],
    );
  const inputs = portsOf(session.inputMetadata);
  return {
    inputs,
    outputs: portsOf(session.outputMetadata),
    run: async (feeds) => {
      const tensors = inputs.map(({ name, type }) => {
        const { data, shape } = feeds[name]!;
        const tensor =
          type === "int32"
            ? new ort.Tensor("int32", Int32Array.from(data), shape)
            : new ort.Tensor("float32", Float32Array.from(data), shape);
        return [name, tensor];
      });
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [
          name,
          { data: data as Float32Array, shape: dims },
        ]),
      );
    },
    dispose: () => session.release(),
  };
}
