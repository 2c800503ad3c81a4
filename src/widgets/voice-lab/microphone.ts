/** The microphone, opened only when asked for. Its sound goes to the caller and is kept nowhere. */
import captureUrl from "./capture.ts?worker&url";

export interface Microphone {
  /** Samples a second. */
  readonly rate: number;
  /** Switches it off; the browser's sign goes out. */
  stop(): void;
}

/** `message` is Korean and says what to do. */
export class MicrophoneError extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError:
    "마이크를 쓰도록 허락받지 못했습니다. 주소창의 자물쇠에서 허락하거나, 본보기 소리로 하세요.",
  NotFoundError: "마이크를 찾지 못했습니다. 마이크를 꽂고 다시 누르거나, 본보기 소리로 하세요.",
  NotReadableError: "다른 프로그램이 마이크를 쓰고 있습니다. 그 프로그램을 닫거나, 본보기 소리로 하세요.",
};
const UNABLE = "이 브라우저에서는 마이크를 열 수 없습니다. 본보기 소리로 하세요.";

/**
 * @param hear is called with every piece of sound.
 * @param lost is called when the microphone goes away by itself.
 * @throws MicrophoneError
 */
export async function openMicrophone(
  hear: (samples: Float32Array) => void,
  lost: () => void,
): Promise<Microphone> {
  if (!navigator.mediaDevices?.getUserMedia || typeof AudioWorkletNode === "undefined") {
    throw new MicrophoneError(UNABLE);
  }
  const stream = await navigator.mediaDevices
    .getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, autoGainControl: false, noiseSuppression: false },
    })
    .catch((error: unknown) => {
      throw new MicrophoneError((error instanceof DOMException && REASONS[error.name]) || UNABLE);
    });
  const context = new AudioContext();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close().catch(() => undefined);
  };
  try {
    await context.audioWorklet.addModule(captureUrl);
    const node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => hear(data);
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
  } catch {
    stop();
    throw new MicrophoneError(UNABLE);
  }
  stream.getAudioTracks()[0]?.addEventListener("ended", lost);
  return { rate: context.sampleRate, stop };
}

/** Plays a sound at 16 kHz. Returns how to stop it. */
export function play(signal: Float32Array<ArrayBuffer>, rate: number, ended: () => void): () => void {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, signal.length, rate);
  buffer.copyToChannel(signal, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    void context.close().catch(() => undefined);
    ended();
  };
  source.onended = stop;
  source.start();
  return stop;
}
