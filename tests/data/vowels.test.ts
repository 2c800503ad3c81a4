import { describe, expect, test } from "vitest";
import { formantsOf, levelled, SAMPLE_RATE, synthesise, VOWELS, vowelFrames } from "../../src/data/vowels.ts";

/** Strength of the signal at a frequency: the discrete Fourier sum with a Hann window. */
function strength(signal: ArrayLike<number>, frequency: number): number {
  let [real, imaginary] = [0, 0];
  for (let n = 0; n < signal.length; n++) {
    const windowed = signal[n]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / signal.length));
    real += windowed * Math.cos((2 * Math.PI * frequency * n) / SAMPLE_RATE);
    imaginary += windowed * Math.sin((2 * Math.PI * frequency * n) / SAMPLE_RATE);
  }
  return Math.hypot(real, imaginary);
}

const voice = { pitch: 100, voice: 0, noise: 0 };

describe("vowels", () => {
  test.each(VOWELS.map(({ id }) => id))("%s is strong at its formants and weak between them", (vowel) => {
    const signal = synthesise({ ...voice, vowel }, 1, 4096);
    const [first, second, third] = formantsOf(vowel, 0);
    // The harmonic nearest to a frequency.
    const at = (frequency: number) => strength(signal, Math.round(frequency / 100) * 100);
    if (second - first > 600) expect(at(first)).toBeGreaterThan(2 * at((first + second) / 2));
    if (third - second > 600) expect(at(second)).toBeGreaterThan(2 * at((second + third) / 2));
  });

  test("repeats with its pitch", () => {
    const signal = synthesise({ ...voice, vowel: "a" }, 3, 800);
    const period = SAMPLE_RATE / 100;
    for (let n = 0; n < 400; n += 37) expect(signal[n + period]).toBeCloseTo(signal[n]!, 2);
  });

  test("levelled: mean 0, effective amplitude 1; silence stays silent", () => {
    const values = levelled([1, 2, 3, 6]);
    expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(0, 6);
    expect(values.reduce((total, value) => total + value * value, 0) / 4).toBeCloseTo(1, 6);
    expect([...levelled([0, 0, 0])]).toEqual([0, 0, 0]);
  });

  test("frames are repeatable and take every vowel as often", () => {
    const { frames, labels } = vowelFrames(10, 4);
    expect(frames).toEqual(vowelFrames(10, 4).frames);
    expect(frames.slice(0, 512)).not.toEqual(vowelFrames(10, 5).frames.slice(0, 512));
    expect([...labels]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  });
});
