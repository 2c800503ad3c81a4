import { describe, expect, it } from "vitest";
import {
  BANDS,
  bandHertz,
  FLOOR,
  fourier,
  HOP,
  levelOf,
  melOf,
  melPicture,
  WINDOW,
} from "../../src/data/mel.ts";
import { Resampler } from "../../src/data/resample.ts";
import { drawVoice, speak, VOICE_RATE, VOWEL_WORDS } from "../../src/data/voice.ts";
import { Random } from "../../src/engine/random.ts";

const sine = (hertz: number, count: number, rate = VOICE_RATE, amplitude = 1) =>
  Float32Array.from({ length: count }, (_, n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / rate));

describe("the Fourier transform", () => {
  it("agrees with the sum it stands for", () => {
    const random = new Random(1);
    const count = 64;
    const [real, imaginary] = [0, 1].map(() => Float64Array.from({ length: count }, () => random.normal()));
    const [re, im] = [Float64Array.from(real!), Float64Array.from(imaginary!)];
    fourier(re, im);
    for (const k of [0, 1, 7, 32, 63]) {
      let [sumRe, sumIm] = [0, 0];
      for (let n = 0; n < count; n++) {
        const angle = (-2 * Math.PI * k * n) / count;
        sumRe += real![n]! * Math.cos(angle) - imaginary![n]! * Math.sin(angle);
        sumIm += real![n]! * Math.sin(angle) + imaginary![n]! * Math.cos(angle);
      }
      expect(re[k]).toBeCloseTo(sumRe, 9);
      expect(im[k]).toBeCloseTo(sumIm, 9);
    }
  });
});

describe("the mel picture", () => {
  it("uses the scale as it is defined: 1000 Hz are 1000 mel", () => {
    expect(melOf(1000)).toBeCloseTo(999.99, 1);
    // 2595 · log₁₀(1 + 440/700) = 2595 · 0.21174 by hand.
    expect(melOf(440)).toBeCloseTo(549.64, 1);
    const gaps = Array.from({ length: BANDS - 1 }, (_, i) => melOf(bandHertz(i + 1)) - melOf(bandHertz(i)));
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0]!, 9);
  });

  it("has a column for every whole window", () => {
    expect(melPicture(new Float32Array(WINDOW - 1))).toHaveLength(0);
    expect(melPicture(new Float32Array(WINDOW + 3 * HOP))).toHaveLength(4 * BANDS);
    expect([...melPicture(new Float32Array(WINDOW))]).toEqual(new Array(BANDS).fill(FLOOR));
  });

  it("shows a sine in the band where it lies, at the level it has", () => {
    for (const band of [14, 25, 40]) {
      // A frequency of the transform itself, so that the window's three bins can be told by hand.
      const bin = Math.round((bandHertz(band) * WINDOW) / VOICE_RATE);
      const column = melPicture(sine((bin * VOICE_RATE) / WINDOW, WINDOW));
      const loudest = column.indexOf(Math.max(...column));
      expect(Math.abs(loudest - band)).toBeLessThanOrEqual(1);
      // The bin itself has power 1, its neighbours a quarter: 0 dB for the bin alone, 10·log₁₀(1.5) for all three.
      expect(column[loudest]).toBeLessThan(1.77);
      expect(column[loudest]).toBeGreaterThan(-3.1);
      const half = melPicture(sine((bin * VOICE_RATE) / WINDOW, WINDOW, VOICE_RATE, 0.1));
      expect(half[loudest]! - column[loudest]!).toBeCloseTo(-20, 3);
    }
  });

  it("tells a sine's level: −3 dB below its amplitude", () => {
    expect(levelOf(sine(500, 1600))).toBeCloseTo(-3.01, 2);
  });
});

describe("resampling to 16 kHz", () => {
  const through = (signal: Float32Array, rate: number, pieces: number) => {
    const resampler = new Resampler(rate);
    const made: number[] = [];
    for (let at = 0; at < signal.length; at += pieces)
      made.push(...resampler.push(signal.slice(at, at + pieces)));
    return made;
  };

  it.each([48_000, 44_100, 8000])("%d Hz: keeps a sine where it is, in pieces of any size", (rate) => {
    const made = through(sine(700, rate / 4, rate), rate, 1000);
    expect(made.length).toBeGreaterThan(VOICE_RATE / 4 - 60);
    for (let n = 100; n < made.length; n++) {
      expect(made[n]).toBeCloseTo(Math.sin((2 * Math.PI * 700 * n) / VOICE_RATE), 2);
    }
    expect(through(sine(700, rate / 4, rate), rate, 137)).toEqual(made);
  });

  it("lets nothing through that 16 kHz cannot hold", () => {
    const made = through(sine(11_000, 12_000, 48_000), 48_000, 2048);
    expect(levelOf(made.slice(100))).toBeLessThan(-45);
  });
});

describe("the speaking voice", () => {
  it("has its strength at the formants of its vowel", () => {
    const voice = { pitch: 110, voice: 0, pace: 0.5, mouth: [1, 1, 1], breath: 0.01 } as const;
    const meanOf = (vowel: "a" | "i") => {
      const picture = melPicture(speak([vowel], voice, 1));
      const columns = picture.length / BANDS;
      return Array.from({ length: BANDS }, (_, band) => {
        let sum = 0;
        for (let column = 5; column < columns - 5; column++) sum += picture[column * BANDS + band]!;
        return sum;
      });
    };
    const [a, i] = [meanOf("a"), meanOf("i")];
    const near = (hertz: number) => a.findIndex((_, band) => bandHertz(band) >= hertz);
    // 아 has its first two formants at 750 and 1350 Hz, 이 at 350 and 2200 Hz.
    expect(a[near(1200)]! - a[near(2200)]!).toBeGreaterThan(i[near(1200)]! - i[near(2200)]!);
    expect(a[near(750)]! - a[near(350)]!).toBeGreaterThan(i[near(750)]! - i[near(350)]!);
  });

  it("is the same for the same seed and never too loud", () => {
    const voice = drawVoice(new Random(4));
    const once = speak(VOWEL_WORDS[0].vowels, voice, 9);
    expect(speak(VOWEL_WORDS[0].vowels, voice, 9)).toEqual(once);
    expect(once.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeCloseTo(1, 6);
  });
});
