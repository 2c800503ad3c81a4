/** onnxruntime as it runs in a browser, here in Node. */
import * as ort from "onnxruntime-web/wasm";
import type { Tensor } from "../../src/engine/graph.ts";

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

/** Feeds the leaves the file declares as inputs, by name; returns every output. */
export async function runInRuntime(
  bytes: Uint8Array,
  leaves: Iterable<readonly [Tensor, ArrayLike<number>]>,
  shapes: ReadonlyMap<string, readonly number[]> = new Map(),
): Promise<Map<string, Float32Array>> {
  const session = await ort.InferenceSession.create(bytes);
  try {
    const feeds: Record<string, ort.Tensor> = {};
    for (const [leaf, values] of leaves) {
      const name = leaf.name!;
      if (!session.inputNames.includes(name)) continue;
      const shape = shapes.get(name) ?? leaf.shape;
      feeds[name] =
        leaf.type === "i32"
          ? new ort.Tensor("int32", Int32Array.from(values), shape)
          : new ort.Tensor("float32", Float32Array.from(values), shape);
    }
    const results = await session.run(feeds);
    return new Map(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
  } finally {
    await session.release();
  }
}
