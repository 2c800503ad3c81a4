/** Forger and detective as the two files that are shipped. */
import { discriminatorGraph, type GanGraph, generatorGraph } from "../../src/models/digit-gan-file.ts";
import type { DigitGan } from "../../src/models/digit-gan-trainer.ts";
import { exportOnnx } from "../../src/onnx/export.ts";

export interface GanBytes {
  readonly generator: Uint8Array;
  readonly discriminator: Uint8Array;
}

const MAX_BYTES = 1_000_000;

/** Both networks with the trainer's weights, halved in length; any number of pictures at once. */
export function exportGan(gan: DigitGan): GanBytes {
  const trained = new Map(gan.leaves.map((leaf) => [leaf.name, gan.values(leaf)]));
  const write = ({ outputs }: GanGraph, name: string) => {
    const { bytes, batch } = exportOnnx({
      ...{ name, outputs, weights: "float16" },
      values: (leaf) => trained.get(leaf.name)!,
    });
    if (!batch.open) throw new Error(`the batch of ${name} is fixed: ${batch.reason}`);
    if (bytes.length > MAX_BYTES) throw new Error(`${name}: ${bytes.length} bytes, more than ${MAX_BYTES}`);
    return bytes;
  };
  return {
    generator: write(generatorGraph(2), "digit-gan-generator"),
    discriminator: write(discriminatorGraph(2), "digit-gan-discriminator"),
  };
}
