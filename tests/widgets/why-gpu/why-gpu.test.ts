import { describe, expect, test } from "vitest";
import { squareMatrices } from "../../../src/lab/speed/data.ts";
import { openGpu } from "../../../src/widgets/why-gpu/gpu.ts";
import { measureSize } from "../../../src/widgets/why-gpu/measurer.ts";
import { powerText, relativeText } from "../../../src/widgets/why-gpu/numbers.ts";
import {
  engineRows,
  gigaflops,
  middle,
  oneCore,
  plainProduct,
  relativeDifference,
  twoCores,
} from "../../../src/widgets/why-gpu/products.ts";
import type { FromHalf, Measured, ToHalf, Way } from "../../../src/widgets/why-gpu/protocol.ts";
import {
  bandOf,
  NOTHING_MEASURED,
  SIZES,
  whyGpuGoals,
  whyGpuState,
  withMeasured,
  withoutGain,
  yearsOf,
} from "../../../src/widgets/why-gpu/state.ts";
import { conclusion, gpuText } from "../../../src/widgets/why-gpu/text.ts";
import {
  bytesText,
  NETWORKS,
  secondsFor,
  timeText,
  V100_PEAK,
  weightBytes,
  YEAR,
} from "../../../src/widgets/why-gpu/training.ts";

/** The product by its definition, in double precision. */
function defined(size: number): Float64Array {
  const { a, b } = squareMatrices(size);
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    let sum = 0;
    for (let k = 0; k < size; k++) sum += a[row * size + k]! * b[k * size + column]!;
    return sum;
  });
}

describe("every way computes the product", () => {
  test.each([16, 64, 100])("n = %d", async (size) => {
    const expected = defined(size);
    for (const contestant of [plainProduct(size), oneCore(size)]) {
      await contestant.run(2);
      const result = (await contestant.result?.()) ?? [];
      expect(relativeDifference(expected, result), contestant.peer).toBeLessThan(1e-5);
    }
    const halves = [engineRows(size, 0, middle(size)), engineRows(size, middle(size), size)];
    for (const half of halves) await half.run(1);
    const joined = halves.flatMap((half) => Array.from((half.result?.() ?? []) as Float32Array));
    expect(relativeDifference(expected, joined)).toBeLessThan(1e-5);
  });

  test("two workers are asked one product at a time; the first failure ends the wait", async () => {
    const asked: string[] = [];
    const port = (fails: boolean) => {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }: MessageEvent<ToHalf>) => {
        asked.push(data.type === "run" ? `run ${data.times}` : data.type);
        const answer: FromHalf =
          fails && data.type === "run"
            ? { type: "failed", message: "gone" }
            : data.type === "result"
              ? { type: "result", values: Float32Array.of(1, 2) }
              : { type: "done" };
        port2.postMessage(answer);
      };
      return port1;
    };
    const ports = [port(false), port(false), port(true)];
    const contestant = await twoCores(16, ports.slice(0, 2));
    await contestant.run(3);
    expect(asked.filter((what) => what === "run 1")).toHaveLength(6);
    expect(Array.from((await contestant.result?.()) ?? [])).toEqual([1, 2, 1, 2]);
    const failing = await twoCores(16, ports.slice(1));
    await expect(async () => failing.run(1)).rejects.toThrow("gone");
    for (const one of ports) one.close();
  });

  test("measured one after the other, and refused when the results differ", async () => {
    const measured = await measureSize(16, { ports: [], device: undefined }, () => undefined, {
      rounds: 2,
      turn: 2,
    });
    expect(measured.speeds.map(({ way }) => way)).toEqual(["javascript", "one-core"]);
    for (const { median, min, max, difference } of measured.speeds) {
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
      expect(difference).toBeLessThan(1e-5);
    }
    expect(gigaflops(1000)).toBe(2);
    expect(relativeDifference([1, 2], [1, 2.2])).toBeCloseTo(0.1, 10);
    expect(relativeDifference([1, 2], [1])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a GPU that is not there is told plainly", () => {
  test.each([
    ["no WebGPU", undefined, true, "no-api"],
    ["an insecure page", undefined, false, "insecure"],
    ["no adapter", { requestAdapter: (): Promise<null> => Promise.resolve(null) }, true, "no-adapter"],
    ["a refusal", { requestAdapter: (): Promise<null> => Promise.reject(new Error("no")) }, true, "failed"],
  ] as const)("%s", async (_name, gpu, isSecure, reason) => {
    const { state, device } = await openGpu(gpu as unknown as GPU | undefined, isSecure);
    expect(state).toEqual({ kind: "none", reason });
    expect(device).toBeUndefined();
    expect(gpuText(state)).toContain("GPU는 재지 못합니다");
  });

  test("software that plays the GPU is called so", () => {
    expect(gpuText({ kind: "ready", name: "SwiftShader", software: true })).toContain("흉내");
    expect(gpuText({ kind: "ready", name: "apple m2", software: false })).toContain("apple m2");
  });
});

describe("how long a training takes", () => {
  test("by hand", () => {
    // 6·(784·128 + 128·10)·60000·5
    expect(NETWORKS[0].flops).toBe(182_937_600_000);
    expect(NETWORKS[0].parameters).toBe(101_770);
    // 3.14·10²³ / 1.25·10¹⁴ a second = 2.512·10⁹ s.
    expect(secondsFor(NETWORKS[2].flops, V100_PEAK)).toBeCloseTo(2.512e9, -6);
    expect(timeText(secondsFor(NETWORKS[2].flops, V100_PEAK))).toBe("80년");
    expect(bytesText(weightBytes(NETWORKS[2]))).toBe("700 GB");
    // AlexNet: 0.7·10⁹ multiply-adds, 2 operations each, 3 passes, 1.2·10⁶ pictures, 90 epochs: within a tenth.
    expect(0.7e9 * 2 * 3 * 1.2e6 * 90).toBeGreaterThan(0.9 * NETWORKS[1].flops);
    // GPT-3: 6 operations for each parameter and token, 300·10⁹ tokens.
    expect((6 * 175e9 * 300e9) / NETWORKS[2].flops).toBeCloseTo(1, 2);
  });

  test.each([
    [0.034, "0.034초"],
    [75, "75초"],
    [600, "10분"],
    [36_000, "10시간"],
    [864_000, "10일"],
    [50 * YEAR, "50년"],
    [9_990 * YEAR, "1만 년"],
    [330_000 * YEAR, "33만 년"],
    [2.1e8 * YEAR, "2.1억 년"],
  ])("%d s is read as %s", (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  test("the guess is judged on a logarithmic scale", () => {
    expect(yearsOf(30)).toBe("1000000");
    expect(yearsOf(0.05)).toBe("100000000");
    expect(yearsOf(100_000)).toBe("100");
  });
});

const measuredOf = (size: number, rates: Partial<Record<Way, number>>): Measured => ({
  size,
  speeds: Object.entries(rates).map(([way, median]) => ({
    ...{ way: way as Way, median, min: median, max: median, difference: 0 },
  })),
});
const reached = (findings: typeof NOTHING_MEASURED) =>
  whyGpuGoals(findings)
    .filter(({ done }) => done)
    .map(({ id }) => id);

describe("goals", () => {
  test("a right guess counts once, before the first measurement of a size", () => {
    const ten = measuredOf(256, { javascript: 2, "one-core": 20, "two-cores": 38 });
    expect(bandOf(ten)).toBe("many");
    expect(reached(NOTHING_MEASURED)).toEqual([]);
    expect(reached(withMeasured(NOTHING_MEASURED, ten, "many"))).toEqual(["foretell"]);
    expect(reached(withMeasured(NOTHING_MEASURED, ten, "some"))).toEqual([]);
    expect(reached(withMeasured(withMeasured(NOTHING_MEASURED, ten, undefined), ten, "many"))).toEqual([]);
  });

  test("no gain, many sizes, and the years", () => {
    const small = measuredOf(16, { javascript: 1, "one-core": 10, "two-cores": 0.1, gpu: 0.2 });
    expect(withoutGain(small)).toEqual(["two-cores", "gpu"]);
    expect(conclusion(small)).toContain("나누어도 빨라지지 않습니다");
    let findings = withMeasured(NOTHING_MEASURED, small, undefined);
    expect(reached(findings)).toEqual(["small"]);
    for (const size of [64, 128, 256]) {
      findings = withMeasured(findings, measuredOf(size, { javascript: 1, "one-core": 30 }), undefined);
    }
    expect(reached(findings)).toEqual(["small", "sizes"]);
    expect(reached({ ...findings, years: "100" })).not.toContain("years");
    expect(reached({ ...findings, years: "1000000" })).toContain("years");
  });

  test("state survives the address, numbers as they are written", () => {
    const state = { size: "1024", network: "gpt3" } as const;
    expect(whyGpuState.decode(whyGpuState.encode(state))).toEqual({ state, problems: [] });
    expect(SIZES.every((size) => Number(size) % 4 === 0)).toBe(true);
    expect(powerText(3.14e23)).toBe("3.14 × 10²³");
    expect(powerText(2.1e-7)).toBe("2.1 × 10⁻⁷");
    expect(relativeText(63.21)).toBe("63");
  });
});
