import { loadModelCard } from "../../models/load.ts";
import { loadPictures } from "../../models/load-pictures.ts";
import { download } from "../../onnx/download.ts";
import { type FromWorker, type Lesson, PICTURES_BYTES, type ToWorker } from "./protocol.ts";
import { Recognizer } from "./recognizer.ts";

const MODEL = "doodles";
/** Milliseconds of work between two looks at the messages. */
const PIECE = 20;

let recognizer: Recognizer | undefined;
/** Rises with every set of drawings, so that a measurement of an older one stops. */
let newest = 0;

const post = (message: FromWorker) => self.postMessage(message);
/** Lets waiting messages in. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

async function load(): Promise<void> {
  const card = await loadModelCard(MODEL);
  const address = `${import.meta.env.BASE_URL.replace(/\/*$/, "/")}models/${card.file}`;
  const bytes = await download(address, {
    expectedBytes: card.bytes,
    version: card.sha256,
    onProgress: (done) => post({ type: "progress", what: "download", done, total: card.bytes }),
  });
  recognizer = new Recognizer(card, bytes);
  post({ type: "ready", card });
}

/** Runs to the end in pieces; `undefined` when it is no longer wanted. */
async function inPieces<Result>(
  work: Generator<number, Result, undefined>,
  onProgress: (done: number) => void,
  isWanted: () => boolean = () => true,
): Promise<Result | undefined> {
  let since = performance.now();
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    if (performance.now() - since < PIECE) continue;
    onProgress(next.value);
    await breath();
    if (!isWanted()) return undefined;
    since = performance.now();
  }
}

async function survey(own: Recognizer): Promise<void> {
  try {
    const { test } = await loadPictures(MODEL, {
      onProgress: (done) => post({ type: "progress", what: "pictures", done, total: PICTURES_BYTES }),
    });
    const total = test.labels.length;
    const result = await inPieces(own.survey(test), (done) =>
      post({ type: "progress", what: "survey", done, total }),
    );
    if (result) post({ type: "surveyed", survey: result, pictures: test });
  } catch (error) {
    post({ type: "problem", what: "survey", message: messageOf(error) });
  }
}

async function leaveOut(own: Recognizer, { number, drawn, classes, features }: Lesson): Promise<void> {
  newest = number;
  const result = await inPieces(
    own.leaveOneOut(drawn, classes, features),
    (done) => post({ type: "progress", what: "leave-out", done, total: drawn.length }),
    () => newest === number,
  );
  if (result) post({ type: "left-out", number, leftOut: result });
}

async function handle(message: ToWorker): Promise<void> {
  if (message.type === "load") return load();
  if (!recognizer) return;
  switch (message.type) {
    case "look":
      post({ type: "looked", picture: message.picture, looked: recognizer.look(message.picture) });
      break;
    case "survey":
      return survey(recognizer);
    case "teach": {
      const { number, drawn, classes, features } = message.lesson;
      newest = number;
      const started = performance.now();
      const taught = recognizer.teach(drawn, classes, features);
      post({ type: "taught", number, taught, took: performance.now() - started });
      break;
    }
    case "leave-out":
      return leaveOut(recognizer, message.lesson);
    case "forget":
      newest += 1;
      recognizer.forget();
      break;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  handle(data).catch((error: unknown) => post({ type: "failed", message: messageOf(error) }));
});
