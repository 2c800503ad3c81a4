/**
 * Korean vowels, synthesised: a buzzing source through the resonances (formants) of a mouth. The middles are the
 * averages of Korean men and women that are known from B. Yang (1996), “A comparative study of American English and
 * Korean vowels produced by male and female speakers”, Journal of Phonetics 24, 245–261. They were taken from public
 * programs for Korean speech that hand the table on, not from the paper itself. How far voices scatter around them is
 * this course's own choice.
 */
import { Random } from "../engine/random.ts";

/** Formants in Hz. */
export const VOWELS = [
  { id: "a", letter: "아", man: [738, 1372, 2573], woman: [986, 1794, 2957] },
  { id: "e", letter: "에", man: [490, 1968, 2644], woman: [650, 2377, 3068] },
  { id: "i", letter: "이", man: [342, 2219, 3047], woman: [344, 2814, 3471] },
  { id: "o", letter: "오", man: [453, 945, 2674], woman: [499, 1029, 3068] },
  { id: "u", letter: "우", man: [369, 981, 2565], woman: [422, 1021, 3024] },
] as const;

export type VowelId = (typeof VOWELS)[number]["id"];
type Formants = readonly [first: number, second: number, third: number];

/** Samples a second: formants of vowels lie below 4 kHz. */
export const SAMPLE_RATE = 8000;
/** Samples the network hears at once: 64 ms. */
export const FRAME = 512;

export interface VoiceSettings {
  readonly vowel: VowelId;
  /** Vibrations of the vocal folds a second, Hz. */
  readonly pitch: number;
  /** 0 for the average man's formants, 1 for the average woman's. */
  readonly voice: number;
  /** Size of the hiss in relation to the voice: 0.1 is a tenth of its effective amplitude. */
  readonly noise: number;
}

/** Width of each resonance, Hz. */
const BANDWIDTHS = [70, 100, 150] as const;

/** The formants of a voice between the average man and the average woman. */
export function formantsOf(vowel: VowelId, voice: number): Formants {
  const { man, woman } = VOWELS.find(({ id }) => id === vowel)!;
  const between = (at: 0 | 1 | 2) => man[at] + (woman[at] - man[at]) * voice;
  return [between(0), between(1), between(2)];
}

/**
 * A resonator of D. Klatt's synthesiser (1980, J. Acoust. Soc. Am. 67, 971–995), in place:
 * y[n] = A·x[n] + B·y[n−1] + C·y[n−2].
 */
function resonate(signal: Float64Array, frequency: number, bandwidth: number): void {
  const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
  const c = -radius * radius;
  const b = 2 * radius * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
  const a = 1 - b - c;
  let [before, before2] = [0, 0];
  for (let n = 0; n < signal.length; n++) {
    const y = a * signal[n]! + b * before + c * before2;
    before2 = before;
    before = y;
    signal[n] = y;
  }
}

/** Pulses of the vocal folds: each period a burst that falls off, its instants between samples kept by two shares. */
function pulses(count: number, pitch: number, start: number): Float64Array {
  const signal = new Float64Array(count);
  for (let at = start; at < count - 1; at += SAMPLE_RATE / pitch) {
    const whole = Math.floor(at);
    signal[whole]! += 1 - (at - whole);
    signal[whole + 1]! += at - whole;
  }
  // Folds close smoothly: high frequencies are weaker (first-order low pass, then the lips' radiation).
  let level = 0;
  for (let n = 0; n < count; n++) {
    level = 0.9 * level + signal[n]!;
    signal[n] = level;
  }
  return signal;
}

/** Samples before the first that is kept: the resonances have settled by then. */
const SETTLING = 400;

/**
 * `count` samples with mean 0 and effective amplitude 1.
 * @param formants by default those of the voice.
 * @param seed draws the hiss and where in its period the voice begins.
 */
export function synthesise(
  { vowel, pitch, voice, noise }: VoiceSettings,
  seed: number,
  count = FRAME,
  formants: Formants = formantsOf(vowel, voice),
): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  const signal = pulses(count + SETTLING, pitch, random.uniform(0, SAMPLE_RATE / pitch));
  formants.forEach((frequency, i) => {
    resonate(signal, Math.min(frequency, 0.48 * SAMPLE_RATE), BANDWIDTHS[i]!);
  });
  const voiced = levelled(signal.subarray(SETTLING));
  return levelled(voiced.map((value) => value + noise * random.normal()));
}

/** The signal with mean 0 and effective amplitude (root of the mean square) 1; silence stays silence. */
export function levelled(signal: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const values = Float64Array.from(signal);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const power = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  const scale = power > 1e-12 ? 1 / Math.sqrt(power) : 0;
  return Float32Array.from(values, (value) => (value - mean) * scale);
}

export interface VowelDraw {
  readonly settings: VoiceSettings;
  readonly formants: Formants;
  /** Position in `VOWELS`. */
  readonly label: number;
}

/** Mean size of a voice's deviations from the middle, as a share of each formant. */
const SCATTER = 0.06;

/** A speaker at random: sex, pitch, formants and hiss vary as voices do. */
export function drawVowel(random: Random, label: number): VowelDraw {
  const voice = Math.max(
    -0.2,
    Math.min(1.2, random.uniform() < 0.5 ? random.normal(0, 0.2) : random.normal(1, 0.2)),
  );
  const { id } = VOWELS[label]!;
  const settings: VoiceSettings = {
    vowel: id,
    pitch: (110 + 95 * voice) * Math.exp(random.normal(0, 0.16)),
    voice,
    noise: random.uniform(0.01, 0.25),
  };
  const scattered = (value: number) => value * Math.exp(random.normal(0, SCATTER));
  const [first, second, third] = formantsOf(id, voice);
  return { settings, formants: [scattered(first), scattered(second), scattered(third)], label };
}

/** Frames [count, FRAME] of speakers drawn from a seed, every vowel as often. */
export function vowelFrames(count: number, seed: number): { frames: Float32Array; labels: Int32Array } {
  const random = new Random(seed);
  const frames = new Float32Array(count * FRAME);
  const labels = Int32Array.from({ length: count }, (_, i) => i % VOWELS.length);
  labels.forEach((label, i) => {
    const { settings, formants } = drawVowel(random, label);
    frames.set(synthesise(settings, random.bits(), FRAME, formants), i * FRAME);
  });
  return { frames, labels };
}
