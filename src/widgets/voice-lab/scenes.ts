/** Sounds that are supplied: made here, so that what is speech in them is known to the sample. */
import { levelOf } from "../../data/mel.ts";
import { drawVoice, speak, VOICE_RATE, VOWEL_WORDS } from "../../data/voice.ts";
import { Random } from "../../engine/random.ts";
import { BLOCK } from "../../models/speech-detector.ts";

export const SCENES = ["words", "noise", "claps", "music", "mixed"] as const;
export type SceneId = (typeof SCENES)[number];

/** Blocks of every scene: 4.1 s. */
export const SCENE_BLOCKS = 128;
const COUNT = SCENE_BLOCKS * BLOCK;

export interface Scene {
  /** At 16 kHz. */
  readonly signal: Float32Array<ArrayBuffer>;
  /** Whether somebody speaks in the greater part of each block. */
  readonly speech: readonly boolean[];
}

/** How much louder than its noise the speech of the mixed scene is, dB, and the like. */
export interface SceneOptions {
  readonly seed: number;
  readonly decibels: number;
}

export function sceneOf(id: SceneId, options: SceneOptions): Scene {
  const random = new Random(options.seed);
  const { signal, speaks } = MAKERS[id](random, options);
  // Every room hisses a little.
  for (let n = 0; n < COUNT; n++) signal[n]! += 0.0008 * random.normal();
  const speech = Array.from({ length: SCENE_BLOCKS }, (_, block) => {
    let count = 0;
    for (let n = block * BLOCK; n < (block + 1) * BLOCK; n++) count += speaks[n]!;
    return count > BLOCK / 2;
  });
  return { signal, speech };
}

interface Made {
  readonly signal: Float32Array<ArrayBuffer>;
  /** 1 where somebody speaks. */
  readonly speaks: Uint8Array;
}

const silence = (): Made => ({ signal: new Float32Array(COUNT), speaks: new Uint8Array(COUNT) });

const MAKERS: Readonly<Record<SceneId, (random: Random, options: SceneOptions) => Made>> = {
  words: (random) => spoken(random),
  noise: (random) => {
    const made = silence();
    // It swells and ebbs, as traffic does.
    for (let n = 0; n < COUNT; n++) {
      const swell = 0.55 - 0.45 * Math.cos((2 * Math.PI * 2 * n) / COUNT);
      made.signal[n] = 0.12 * swell * random.normal();
    }
    return made;
  },
  claps: (random) => {
    const made = silence();
    for (let at = 0.3 * VOICE_RATE; at < COUNT; at += random.uniform(0.3, 0.6) * VOICE_RATE) {
      const first = Math.round(at);
      const fades = random.uniform(150, 450);
      for (let n = first; n < Math.min(COUNT, first + 4000); n++) {
        made.signal[n] = 0.4 * Math.exp((first - n) / fades) * random.normal();
      }
    }
    return made;
  },
  music: () => {
    const made = silence();
    const length = COUNT / TUNE.length;
    TUNE.forEach((note, i) => {
      for (let n = 0; n < length; n++) {
        const time = n / VOICE_RATE;
        const fade = Math.min(1, time / 0.01) * Math.exp(-2.5 * time);
        const hertz = 440 * 2 ** (note / 12);
        const chord = [1, 1.26, 1.5].reduce(
          (sum, ratio) => sum + Math.sin(2 * Math.PI * hertz * ratio * time),
          0,
        );
        made.signal[Math.floor(i * length) + n] = 0.12 * fade * chord;
      }
    });
    return made;
  },
  mixed: (random, { decibels }) => {
    const made = spoken(random);
    const voiced = made.signal.filter((_, n) => made.speaks[n] === 1);
    const size = 10 ** ((levelOf(voiced) - decibels) / 20);
    for (let n = 0; n < COUNT; n++) made.signal[n]! += size * random.normal();
    return made;
  },
};

/** Semitones above A. */
const TUNE = [0, 4, 7, 4, 5, 2, 0] as const;

/** One speaker says words with rests between. */
function spoken(random: Random): Made {
  const made = silence();
  const voice = drawVoice(random);
  let at = Math.round(0.35 * VOICE_RATE);
  for (let i = 0; ; i++) {
    const word = speak(VOWEL_WORDS[i % VOWEL_WORDS.length]!.vowels, voice, random.bits());
    if (at + word.length > COUNT) return made;
    made.signal.set(
      word.map((value) => 0.35 * value),
      at,
    );
    made.speaks.fill(1, at, at + word.length);
    at += word.length + Math.round(random.uniform(0.3, 0.55) * VOICE_RATE);
  }
}

/** From this level on a simple switch takes a sound for speech, dB. */
export const LOUD = -45;

export interface Score {
  /** Share of the blocks with speech that were called speech; not a number where there is none. */
  readonly hits: number;
  /** Share of the blocks without speech that were called speech. */
  readonly false: number;
}

/** How well blocks were told. */
export function scoreOf(speech: readonly boolean[], called: readonly boolean[]): Score {
  const share = (wanted: boolean) => {
    const blocks = speech.flatMap((is, block) => (is === wanted ? [called[block]!] : []));
    return blocks.filter(Boolean).length / blocks.length;
  };
  return { hits: share(true), false: share(false) };
}
