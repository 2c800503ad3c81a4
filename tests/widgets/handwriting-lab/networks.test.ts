import { expect, test } from "vitest";
import { createCnn } from "../../../src/nn/cnn.ts";
import {
  cnnConfigOf,
  equalWidth,
  lastSide,
  mlpConfigOf,
  mlpParameterCount,
  type NetworkSettings,
  parameterCount,
  parameterRows,
} from "../../../src/widgets/handwriting-lab/networks.ts";
import { handwritingState } from "../../../src/widgets/handwriting-lab/state.ts";

const defaults: NetworkSettings = handwritingState.defaults;

test("the first network by hand: 80 + 1,168 + 3,480 + 2,170 = 6,898", () => {
  expect(parameterRows(defaults)).toEqual([8 * 9 + 8, 16 * 8 * 9 + 16, 24 * 16 * 9 + 24, 24 * 9 * 10 + 10]);
  expect(parameterCount(defaults)).toBe(6898);
  expect([28, 14, 7, 3].at(-1)).toBe(lastSide(defaults.blocks));
  expect(equalWidth(defaults)).toBe(9);
});

test("what is counted is what is trained, and the other network comes as near as whole neurons can", () => {
  const counts = { train: 64, evaluated: 1 };
  for (const patch of [
    {},
    { head: "average", hidden: "16" },
    { data: "jamo", blocks: [{ channels: 4, window: 7, pool: "1" }] },
    { blocks: [{ channels: 12, window: 5, pool: "a" }], hidden: "64", activation: "tanh" },
  ] as const satisfies readonly Partial<NetworkSettings>[]) {
    const settings = { ...defaults, ...patch };
    const cnn = createCnn(cnnConfigOf(settings, counts));
    const mlp = createCnn(mlpConfigOf(settings, counts));
    expect(cnn.parameterCount).toBe(parameterCount(settings));
    expect(mlp.parameterCount).toBe(mlpParameterCount(equalWidth(settings), cnn.config.classes));
    const neuron = 784 + 1 + cnn.config.classes;
    expect(Math.abs(cnn.parameterCount - mlp.parameterCount)).toBeLessThanOrEqual(neuron);
    cnn.dispose();
    mlp.dispose();
  }
});

test("a shared state comes back; layers that there are not are told", () => {
  const state = {
    ...handwritingState.defaults,
    blocks: [{ channels: 4, window: 5, pool: "a" as const }],
    rate: "0.1" as const,
  };
  expect(handwritingState.decode(handwritingState.encode(state)).state).toEqual(state);
  expect(handwritingState.decode("1;blocks=5.3.2;rate=7").problems).toEqual(["blocks", "rate"]);
});
