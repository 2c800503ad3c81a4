/** Sound from the microphone, resampled to what the network hears. Nothing is stored and nothing leaves the page. */
import { FRAME, SAMPLE_RATE } from "../../data/vowels.ts";

export interface Listening {
  stop(): void;
}

export interface ListeningEvents {
  /** A frame of the network's samples, several times a second while somebody speaks. */
  heard(samples: Float32Array): void;
  /** It ended: by `stop`, after `LONGEST` or because the device went away. */
  ended(): void;
}

/** Quieter than this (effective amplitude of full scale 1) is taken for silence. */
const SILENCE = 0.01;
/** Milliseconds between two frames. */
const PACE = 120;
/** Milliseconds after which it ends by itself. */
const LONGEST = 15_000;

/** What to tell the learner when the microphone cannot be used. */
export function refusalText(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError")
    return "마이크를 쓰도록 허락받지 못했습니다. 아래의 소리로 계속할 수 있습니다.";
  if (name === "NotFoundError" || name === "OverconstrainedError")
    return "마이크를 찾지 못했습니다. 아래의 소리로 계속할 수 있습니다.";
  if (name === "NotReadableError") return "다른 프로그램이 마이크를 쓰고 있습니다. 닫은 뒤 다시 눌러 주세요.";
  return "이 브라우저에서는 마이크를 쓸 수 없습니다. 아래의 소리로 계속할 수 있습니다.";
}

/**
 * The last `count` samples at `SAMPLE_RATE` of a signal at another rate: the mean of the samples each one covers, which
 * is a rough low pass, and between samples a straight line.
 */
export function resampled(signal: ArrayLike<number>, rate: number, count = FRAME): Float32Array {
  const step = rate / SAMPLE_RATE;
  const first = signal.length - count * step;
  return Float32Array.from({ length: count }, (_, i) => {
    const from = Math.max(0, first + i * step);
    const to = Math.min(signal.length, from + Math.max(1, step));
    let [sum, weight] = [0, 0];
    for (let n = Math.floor(from); n < to; n++) {
      const share = Math.min(n + 1, to) - Math.max(n, from);
      sum += signal[n]! * share;
      weight += share;
    }
    return weight > 0 ? sum / weight : 0;
  });
}

/** Effective amplitude: the root of the mean square. */
export function loudness(signal: ArrayLike<number>): number {
  let power = 0;
  for (let i = 0; i < signal.length; i++) power += signal[i]! ** 2;
  return Math.sqrt(power / Math.max(1, signal.length));
}

/** Asks for the microphone and listens. @throws when it is refused or missing. */
export async function listen(events: ListeningEvents): Promise<Listening> {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("no microphone in this browser");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(stream).connect(analyser);
  const buffer = new Float32Array(analyser.fftSize);
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    clearInterval(timer);
    clearTimeout(end);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
    events.ended();
  };
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(buffer);
    const frame = resampled(buffer, context.sampleRate);
    if (loudness(frame) > SILENCE) events.heard(frame);
  }, PACE);
  const end = setTimeout(stop, LONGEST);
  stream.getAudioTracks()[0]?.addEventListener("ended", stop);
  return { stop };
}

/** Plays samples at the network's rate, softly. */
export function play(samples: ArrayLike<number>): void {
  const context = new AudioContext();
  const top = Math.max(1e-6, ...Array.from(samples, Math.abs));
  const buffer = context.createBuffer(1, samples.length, SAMPLE_RATE);
  buffer.copyToChannel(
    Float32Array.from(samples, (value, i) => (0.25 * value * fade(i, samples.length)) / top),
    0,
  );
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = () => void context.close();
  source.start();
}

/** Without a click at either end. */
const fade = (at: number, count: number) => Math.min(1, at / 200, (count - 1 - at) / 200);
