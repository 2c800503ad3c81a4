/** A convolutional network's forward pass in plain loops, one image at a time: the oracle of the tests. */
import type { CnnConfig } from "../../src/nn/cnn.ts";

export type Parameters = ReadonlyMap<string, Float64Array>;

export interface Maps {
  readonly channels: number;
  readonly size: number;
  readonly values: number[];
}

/** Filters over a square picture with zeros around it; stride 1, odd window. */
export function convolved(x: Maps, filters: Float64Array, bias: Float64Array, window: number): Maps {
  const values: number[] = [];
  const half = (window - 1) / 2;
  for (let out = 0; out < bias.length; out++) {
    for (let row = 0; row < x.size; row++) {
      for (let column = 0; column < x.size; column++) {
        let total = bias[out]!;
        for (let channel = 0; channel < x.channels; channel++) {
          for (let i = 0; i < window; i++) {
            for (let j = 0; j < window; j++) {
              const [r, c] = [row + i - half, column + j - half];
              if (r < 0 || c < 0 || r >= x.size || c >= x.size) continue;
              const weight = filters[((out * x.channels + channel) * window + i) * window + j]!;
              total += weight * x.values[(channel * x.size + r) * x.size + c]!;
            }
          }
        }
        values.push(total);
      }
    }
  }
  return { channels: bias.length, size: x.size, values };
}

export function pooled(x: Maps, width: number): Maps {
  const size = Math.floor(x.size / width);
  const values: number[] = [];
  for (let channel = 0; channel < x.channels; channel++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let largest = Number.NEGATIVE_INFINITY;
        for (let i = 0; i < width * width; i++) {
          const [r, c] = [row * width + Math.floor(i / width), column * width + (i % width)];
          largest = Math.max(largest, x.values[(channel * x.size + r) * x.size + c]!);
        }
        values.push(largest);
      }
    }
  }
  return { channels: x.channels, size, values };
}

export const relu = (values: readonly number[]) => values.map((value) => Math.max(0, value));

/** Every stage's values for one image. */
export function plainStages(
  config: CnnConfig,
  parameters: Parameters,
  image: readonly number[],
): Map<string, readonly number[]> {
  const stages = new Map<string, readonly number[]>();
  let x: Maps = { channels: config.image.channels, size: config.image.rows, values: [...image] };
  config.blocks.forEach(({ window, pool }, i) => {
    const name = i + 1;
    x = convolved(x, parameters.get(`filters${name}`)!, parameters.get(`bias${name}`)!, window);
    stages.set(`z${name}`, x.values);
    x = { ...x, values: relu(x.values) };
    stages.set(`a${name}`, x.values);
    if (pool > 1) x = pooled(x, pool);
    if (pool > 1) stages.set(`p${name}`, x.values);
  });
  let values: readonly number[] = x.values;
  [...config.hidden, config.classes].forEach((width, i) => {
    const layer = config.blocks.length + i + 1;
    const [weights, bias] = [parameters.get(`weights${layer}`)!, parameters.get(`bias${layer}`)!];
    const sums = Array.from(bias, (b, j) =>
      values.reduce((sum, v, k) => sum + v * weights[k * width + j]!, b),
    );
    values = i === config.hidden.length ? sums : relu(sums);
  });
  stages.set("logits", values);
  return stages;
}

/** Mean cross-entropy of some images. */
export function plainLoss(
  config: CnnConfig,
  parameters: Parameters,
  images: readonly (readonly number[])[],
  labels: readonly number[],
): number {
  const losses = images.map((image, i) => {
    const logits = plainStages(config, parameters, image).get("logits")!;
    return Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0)) - logits[labels[i]!]!;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
