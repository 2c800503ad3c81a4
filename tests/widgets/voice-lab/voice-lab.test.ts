import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BANDS, melPicture } from "../../../src/data/mel.ts";
import { VOICE_RATE } from "../../../src/data/voice.ts";
import { BLOCK, SPEECH_MODEL, SpeechDetector } from "../../../src/models/speech-detector.ts";
import { openSession } from "../../../src/onnx/session.ts";
import { RUNTIME_BYTES } from "../../../src/widgets/voice-lab/Detector.tsx";
import { Ear } from "../../../src/widgets/voice-lab/ear.ts";
import { voiceGoals } from "../../../src/widgets/voice-lab/goals.ts";
import { findingOf } from "../../../src/widgets/voice-lab/results.ts";
import { SCENE_BLOCKS, type SceneId, sceneOf, scoreOf } from "../../../src/widgets/voice-lab/scenes.ts";
import { LoudnessGate, Segmenter } from "../../../src/widgets/voice-lab/segments.ts";
import { voiceState } from "../../../src/widgets/voice-lab/state.ts";
import { Track } from "../../../src/widgets/voice-lab/track.ts";

const FILE = "public/models/silero_vad.onnx";
const RUNTIME = "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm";

describe("the files", () => {
  it("are as large as the page says", () => {
    expect(statSync(FILE).size).toBe(SPEECH_MODEL.bytes);
    expect(statSync(RUNTIME).size).toBe(RUNTIME_BYTES);
  });
});

describe("finding speech", () => {
  it("Silero VAD finds synthesised words, and takes neither claps, chords nor noise for speech", async () => {
    const bytes = new Uint8Array(readFileSync(FILE));
    const runtime = new Uint8Array(readFileSync(RUNTIME));
    const session = await openSession(bytes, { fetch: async () => new Response(runtime) });
    const detector = new SpeechDetector(session);
    const found = async (id: SceneId, decibels: number) => {
      const scene = sceneOf(id, { seed: 1, decibels });
      detector.reset();
      const ear = new Ear(VOICE_RATE, (block) => detector.hear(block));
      const track = new Track();
      const { heard, words } = await ear.hear(scene.signal);
      track.push(heard);
      return { ...findingOf(id, decibels, scene, track)!, words };
    };
    for (const id of ["words", "claps", "music", "noise"] as const) {
      const { network, loudness, words } = await found(id, 20);
      if (id === "words") {
        expect(network.hits).toBeGreaterThan(0.9);
        expect(network.false).toBeLessThan(0.2);
        expect(words.length).toBeGreaterThanOrEqual(3);
      } else {
        expect(network.hits).toBeNaN();
        expect(network.false).toBe(0);
        expect(loudness.false).toBeGreaterThan(0.2);
      }
    }
    // As the lesson says: where the noise is louder than the speech, the network misses it.
    expect((await found("mixed", -10)).network.hits).toBeLessThan(0.5);
    await expect(detector.hear(new Float32Array(BLOCK - 1))).rejects.toThrow(RangeError);
    await session.dispose();
  });

  it("shares are counted as by hand", () => {
    expect(scoreOf([true, true, false, false, false], [true, false, true, false, false])).toEqual({
      hits: 1 / 2,
      false: 1 / 3,
    });
  });
});

describe("the ear", () => {
  it("hears the same in one piece and in many, as the whole picture says", async () => {
    const { signal } = sceneOf("music", { seed: 2, decibels: 0 });
    const judge = async (block: Float32Array) => block[0]!;
    const whole = (await new Ear(VOICE_RATE, judge).hear(signal)).heard;
    const ear = new Ear(VOICE_RATE, judge);
    const columns: number[] = [];
    for (let at = 0; at < signal.length; at += 700) {
      columns.push(...(await ear.hear(signal.slice(at, at + 700))).heard.columns);
    }
    expect(columns).toEqual([...whole.columns]);
    // The first window of the stream begins half a window before the sound.
    const direct = melPicture(signal);
    expect([...whole.columns.subarray(BANDS, 5 * BANDS)]).toEqual([...direct.subarray(0, 4 * BANDS)]);
  });

  it("finds words without a network by what stands out", async () => {
    const ear = new Ear(VOICE_RATE, async () => Number.NaN);
    const { words } = await ear.hear(sceneOf("words", { seed: 3, decibels: 0 }).signal);
    expect(words.length).toBeGreaterThanOrEqual(3);
  });

  it("cuts a word where it begins and ends", () => {
    const segmenter = new Segmenter();
    const found = Array.from({ length: 60 }, (_, i) => segmenter.push(i >= 20 && i < 35)).filter(Boolean);
    expect(found).toEqual([{ from: 16, to: 43 }]);
  });

  it("knows steady noise from what stands out of it", () => {
    const gate = new LoudnessGate();
    const noise = Array.from({ length: 50 }, () => gate.push(-30));
    expect(noise.some(Boolean)).toBe(false);
    expect(gate.push(-15)).toBe(true);
  });
});

describe("the track", () => {
  it("fills from the left and then lets the oldest go", () => {
    const track = new Track();
    const heard = (from: number, count: number) => ({
      columns: new Float32Array(2 * count * BANDS).fill(from),
      levels: Float32Array.from({ length: count }, (_, i) => from + i),
      probabilities: new Float32Array(count),
    });
    for (let at = 0; at < SCENE_BLOCKS + 10; at += 3) track.push(heard(at, 3));
    expect(track.blocks).toBe(138);
    expect(track.levels[0]).toBe(10);
    expect(track.levels.at(-1)).toBe(137);
    track.push(heard(1000, 300));
    expect([track.levels[0], track.levels.at(-1)]).toEqual([1172, 1299]);
  });
});

describe("state and goals", () => {
  it("keeps names that a link can carry, and refuses others", () => {
    const state = { ...voiceState.defaults, first: "앞", decibels: -5 };
    expect(voiceState.decode(voiceState.encode(state)).state).toEqual(state);
    expect(voiceState.decode("1;first=<b>").problems).toEqual(["first"]);
  });

  it("are judged from what was measured", () => {
    const done = (...args: Parameters<typeof voiceGoals>) =>
      voiceGoals(...args)
        .filter((goal) => goal.done)
        .map(({ id }) => id);
    expect(done([], undefined, [])).toEqual([]);
    const finding = (scene: "words" | "noise" | "mixed", hits: number, wrong: number) => ({
      ...{ scene, decibels: 0, network: { hits, false: wrong }, loudness: { hits: 1, false: 1 } },
    });
    expect(done([finding("words", 0.9, 0)], undefined, [])).toEqual([]);
    expect(done([finding("words", 0.9, 0), finding("noise", Number.NaN, 0)], undefined, [])).toEqual([
      "find",
    ]);
    expect(done([finding("mixed", 0.3, 0)], undefined, [])).toEqual(["noise"]);
    const words = Array.from({ length: 9 }, (_, i) => ({ label: i % 3, signal: new Float32Array() }));
    const lesson = { words, loss: 0, parameters: 1, leftOut: words.map(({ label }) => label) };
    const sure = { probabilities: Float32Array.of(0.1, 0.85, 0.05), truth: 1 } as const;
    expect(done([], lesson, new Array(5).fill(sure))).toEqual(["teach", "row"]);
    expect(done([], { ...lesson, leftOut: [0, 1] }, new Array(4).fill(sure))).toEqual([]);
    expect(done([], lesson, [{ ...sure, truth: "stranger" }])).toEqual(["teach", "stranger"]);
  });
});
