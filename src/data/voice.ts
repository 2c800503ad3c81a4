/**
 * Korean words made of vowels alone, spoken by a formant synthesiser: the same mouth as in `vowels.ts`, at 16 kHz, with
 * formants that glide from vowel to vowel, a pitch that falls and a voice that trembles a little, as voices do.
 */
import { Random } from "../engine/random.ts";
import { formantsOf, type VowelId } from "./vowels.ts";

/** Samples a second: what speech is mostly recorded at. */
export const VOICE_RATE = 16_000;

/** Words of the language that need no consonant. */
export const VOWEL_WORDS = [
  { word: "아이", vowels: ["a", "i"] },
  { word: "오이", vowels: ["o", "i"] },
  { word: "아우", vowels: ["a", "u"] },
] as const satisfies readonly { readonly word: string; readonly vowels: readonly VowelId[] }[];

export interface Voice {
  /** Vibrations a second at the beginning, Hz. */
  readonly pitch: number;
  /** 0 for the average man's formants, 1 for the average woman's. */
  readonly voice: number;
  /** Seconds of one vowel. */
  readonly pace: number;
  /** A factor for each formant: every mouth is a little different. */
  readonly mouth: readonly [number, number, number];
  /** Share of breath in the source. */
  readonly breath: number;
}

/** A speaker at random. */
export function drawVoice(random: Random): Voice {
  const voice = Math.max(
    -0.1,
    Math.min(1.1, random.uniform() < 0.5 ? random.normal(0, 0.15) : random.normal(1, 0.15)),
  );
  const factor = () => Math.exp(random.normal(0, 0.05));
  return {
    ...{ voice, mouth: [factor(), factor(), factor()] },
    pitch: (120 + 95 * voice) * Math.exp(random.normal(0, 0.14)),
    pace: random.uniform(0.19, 0.32),
    breath: random.uniform(0.01, 0.06),
  };
}

/** Fourth and fifth formant, Hz, and the widths of all five. */
const HIGHER = [3500, 4500] as const;
const BANDWIDTHS = [80, 100, 140, 220, 300] as const;
/** Samples between two positions of the mouth: 2 ms. */
const TUNED_EVERY = 32;
/** Seconds in which the voice rises and dies away. */
const ATTACK = 0.03;
const RELEASE = 0.08;

const smooth = (share: number) => share * share * (3 - 2 * share);

/** Where the formants are at a moment: each vowel is held in its middle, with a glide between two. */
function formantsAt(targets: readonly (readonly number[])[], place: number): number[] {
  const last = targets.length - 1;
  const at = Math.max(0, Math.min(last, place - 0.5));
  const before = Math.min(last, Math.floor(at));
  const share = smooth(Math.max(0, Math.min(1, (at - before - 0.2) / 0.6)));
  const after = targets[Math.min(last, before + 1)]!;
  return targets[before]!.map((hertz, i) => hertz + (after[i]! - hertz) * share);
}

/**
 * A word, its loudest sample 1.
 * @param seed draws the breath and the trembling of the voice.
 */
export function speak(vowels: readonly VowelId[], voice: Voice, seed: number): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  const seconds = vowels.length * voice.pace;
  const count = Math.round(seconds * VOICE_RATE);
  const targets = vowels.map((vowel) => [
    ...formantsOf(vowel, voice.voice).map((hertz, i) => hertz * voice.mouth[i]!),
    ...HIGHER.map((hertz) => hertz * (1 + 0.12 * voice.voice)),
  ]);
  const signal = source(count, voice, random);
  const resonators = BANDWIDTHS.map((width) => new Resonator(width));
  for (let n = 0; n < count; n++) {
    if (n % TUNED_EVERY === 0) {
      const hertz = formantsAt(targets, (n / count) * vowels.length);
      for (const [i, resonator] of resonators.entries()) resonator.tune(hertz[i]!);
    }
    let value = signal[n]!;
    for (const resonator of resonators) value = resonator.pass(value);
    const time = n / VOICE_RATE;
    signal[n] = value * Math.min(1, time / ATTACK, (seconds - time) / RELEASE);
  }
  const loudest = signal.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return Float32Array.from(signal, (value) => value / loudest);
}

/** Pulses of the vocal folds whose pitch falls by a fifth and trembles, with some breath. */
function source(count: number, { pitch, breath }: Voice, random: Random): Float64Array {
  const signal = new Float64Array(count);
  let [phase, level, tremble, before] = [0, 0, 0, 0];
  for (let n = 0; n < count; n++) {
    tremble += 0.002 * (random.normal() - tremble);
    phase += (pitch * (1.06 - 0.24 * (n / count)) * (1 + 0.3 * tremble)) / VOICE_RATE;
    let pulse = 0;
    if (phase >= 1) {
      phase -= 1;
      pulse = 1 + 0.05 * random.normal();
    }
    // The folds close smoothly (two low passes); the lips radiate the change.
    level = 0.95 * level + pulse;
    const radiated = level - 0.9 * before;
    before = level;
    signal[n] = radiated + breath * random.normal();
  }
  return signal;
}

/** A resonator of D. Klatt's synthesiser (see `vowels.ts`) whose frequency may change. */
class Resonator {
  readonly #radius: number;
  #b = 0;
  #before = 0;
  #before2 = 0;

  /** @param bandwidth Hz */
  constructor(bandwidth: number) {
    this.#radius = Math.exp((-Math.PI * bandwidth) / VOICE_RATE);
  }

  tune(hertz: number): void {
    this.#b = 2 * this.#radius * Math.cos((2 * Math.PI * hertz) / VOICE_RATE);
  }

  pass(value: number): number {
    const c = -this.#radius * this.#radius;
    const y = (1 - this.#b - c) * value + this.#b * this.#before + c * this.#before2;
    this.#before2 = this.#before;
    this.#before = y;
    return y;
  }
}
