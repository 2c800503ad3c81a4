/** A curve that grows without end in a bounded place: when it is full, every other value goes. */
export interface Series {
  readonly length: number;
  /** Position of each kept value on the horizontal axis. */
  readonly steps: readonly number[];
  /** One list per curve. */
  readonly values: readonly (readonly number[])[];
  push(step: number, values: readonly number[]): void;
  clear(): void;
}

/** @param limit values kept per curve, an even number. */
export function createSeries(curves: number, limit = 400): Series {
  let steps: number[] = [];
  let values: number[][] = Array.from({ length: curves }, () => []);
  let spacing = 0;
  return {
    get length() {
      return steps.length;
    },
    get steps() {
      return steps;
    },
    get values() {
      return values;
    },
    push(step, fresh) {
      const before = steps.at(-1);
      if (before !== undefined && step - before < spacing) return;
      steps.push(step);
      fresh.forEach((value, curve) => {
        values[curve]!.push(value);
      });
      if (steps.length < limit) return;
      const keep = <T>(list: T[]) => list.filter((_, i) => i % 2 === 0);
      steps = keep(steps);
      values = values.map(keep);
      spacing = Math.max(1, (steps.at(-1)! - steps[0]!) / (limit - 1));
    },
    clear() {
      steps = [];
      values = Array.from({ length: curves }, () => []);
      spacing = 0;
    },
  };
}

/**
 * An SVG path through values, both axes scaled from the given ranges to the box. Values beyond are cut off; where a
 * value is not a number the line is interrupted.
 */
export function linePath(
  steps: readonly number[],
  values: readonly number[],
  range: { readonly step: readonly [number, number]; readonly value: readonly [number, number] },
  box: { readonly width: number; readonly height: number },
): string {
  const [firstStep, lastStep] = range.step;
  const [low, high] = range.value;
  let pen = "M";
  return values
    .map((value, i) => {
      if (Number.isNaN(value)) {
        pen = "M";
        return "";
      }
      const move = pen;
      pen = "L";
      const x = ((steps[i]! - firstStep) / (lastStep - firstStep || 1)) * box.width;
      const share = Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
      return `${move}${x.toFixed(1)} ${((1 - share) * box.height).toFixed(1)}`;
    })
    .join("");
}
