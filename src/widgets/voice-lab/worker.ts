import { type Classifier, trainOn } from "../../models/classifier.ts";
import { SPEECH_MODEL, SpeechDetector } from "../../models/speech-detector.ts";
import {
  createWordRecogniser,
  leaveOneOut,
  lessonsOf,
  WORD_TRAINING,
  wordPicture,
} from "../../models/spoken-words.ts";
import { OnnxError } from "../../onnx/errors.ts";
import { openSession } from "../../onnx/session.ts";
import { Ear } from "./ear.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

let detector: SpeechDetector | undefined;
let loading: AbortController | undefined;
let ear: Ear | undefined;
/** Number of the sound that is listened to, and of the lesson that goes on. */
let sound = 0;
let lesson = 0;
/** The sound that was asked for last: those before it that still wait are not heard any more. */
let wanted = 0;
let recogniser: Classifier | undefined;
/** Sounds are heard one after another. */
let hearing: Promise<void> = Promise.resolve();

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
const breath = () => new Promise((resolve) => setTimeout(resolve));
const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function load(): Promise<void> {
  if (detector) {
    post({ type: "loaded" });
    return;
  }
  loading = new AbortController();
  const { signal } = loading;
  const loaded = { runtime: 0, model: 0 };
  try {
    const session = await openSession(
      `${import.meta.env.BASE_URL.replace(/\/*$/, "/")}models/${SPEECH_MODEL.file}`,
      {
        signal,
        expectedBytes: SPEECH_MODEL.bytes,
        version: SPEECH_MODEL.sha256,
        onProgress: (stage, bytes) => {
          loaded[stage] = bytes;
          post({ type: "loading", loaded: loaded.runtime + loaded.model });
        },
      },
    );
    detector = new SpeechDetector(session);
    post({ type: "loaded" });
  } catch (error) {
    const message =
      error instanceof OnnxError ? error.message : "신경망을 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.";
    post({ type: "not-loaded", message: signal.aborted ? undefined : message });
  }
}

function listen(id: number, rate: number): void {
  sound = id;
  detector?.reset();
  ear = new Ear(rate, async (block) => (detector ? detector.hear(block) : Number.NaN));
}

async function hear(id: number, samples: Float32Array): Promise<void> {
  if (id !== sound || id !== wanted || !ear) return;
  const { heard, words } = await ear.hear(samples);
  if (id !== wanted) return;
  if (heard.levels.length > 0) post({ type: "heard", id, ...heard });
  for (const signal of words) post({ type: "word", id, signal });
}

/** First the network that answers, then, one after another, those that tell how far it can be trusted. */
async function teach({ id, words, classes, seed }: Extract<ToWorker, { type: "teach" }>): Promise<void> {
  lesson = id;
  const lessons = lessonsOf(words, seed);
  const network = createWordRecogniser(lessons, classes, seed);
  trainOn(network, WORD_TRAINING, WORD_TRAINING.steps);
  recogniser = network;
  post({ type: "taught", id, loss: network.evaluate().loss, parameters: network.parameterCount });
  let index = 0;
  for (const answer of leaveOneOut(lessons, classes, seed)) {
    post({ type: "left-out", id, index, answer });
    index++;
    await breath();
    if (lesson !== id) return;
  }
}

function ask(id: number, signals: readonly Float32Array[]): void {
  const network = recogniser;
  if (!network) return;
  const answers = signals.map((signal) => network.look([wordPicture(signal)]).at(-1)!);
  post({ type: "answered", id, answers });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "load") void load();
  else if (data.type === "cancel") loading?.abort();
  else if (data.type === "listen") {
    wanted = data.id;
    hearing = hearing.then(() => listen(data.id, data.rate));
  } else if (data.type === "sound") {
    hearing = hearing
      .then(() => hear(data.id, data.samples))
      .catch((error: unknown) => post({ type: "failed", id: data.id, message: textOf(error) }));
  } else if (data.type === "teach") {
    teach(data).catch((error: unknown) => post({ type: "failed", id: data.id, message: textOf(error) }));
  } else ask(data.id, data.signals);
});
