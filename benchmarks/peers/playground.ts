/** The playground's initial parameters by name: w1, b1, w2, b2, w3, b3. */
import { type InitialParameters, PLAYGROUND } from "../../src/lab/speed/data.ts";
import { playgroundWeights } from "../../src/lab/speed/networks.ts";

export function playgroundParameters(batch: number): InitialParameters {
  const weights = playgroundWeights(batch);
  const { widths } = PLAYGROUND;
  const entries = weights.flatMap((values, i) => {
    const [inputs, outputs] = [widths[i]!, widths[i + 1]!];
    return [
      [`w${i + 1}`, { shape: [inputs, outputs], values }],
      [`b${i + 1}`, { shape: [outputs], values: new Float32Array(outputs) }],
    ] as const;
  });
  return Object.fromEntries(entries);
}
