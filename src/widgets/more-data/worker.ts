import type { PictureSets } from "../../data/packed.ts";
import { loadPictures } from "../../models/load-pictures.ts";
import { experiment } from "./experiment.ts";
import { DOWNLOAD_BYTES, type FromWorker, type ToWorker } from "./protocol.ts";

/** Milliseconds of work between two looks at the messages. */
const PIECE = 30;

let pictures: PictureSets | undefined;
/** Number of the run that goes on; 0 when none does. */
let current = 0;
let loading: AbortController | undefined;
/** Whether the page is looking. */
let seen = true;
/** Milliseconds between two looks at whether it is again. */
const ASLEEP = 200;

const post = (message: FromWorker) => self.postMessage(message);
/** Lets waiting messages in. */
const breath = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start(id: number, seed: number, repetitions: number): Promise<void> {
  current = id;
  loading?.abort();
  loading = new AbortController();
  pictures ??= await loadPictures("digits", {
    signal: loading.signal,
    onProgress: (loaded) => post({ type: "download", id, loaded, total: DOWNLOAD_BYTES }),
  });
  let since = performance.now();
  for (const cell of experiment(pictures, seed, repetitions)) {
    if (cell) post({ type: "cell", id, cell });
    if (performance.now() - since > PIECE) {
      await breath();
      while (!seen && current === id) await breath(ASLEEP);
      since = performance.now();
    }
    if (current !== id) return;
  }
  post({ type: "done", id });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "stop") {
    current = 0;
    loading?.abort();
    return;
  }
  if (data.type === "sight") {
    seen = data.seen;
    return;
  }
  const { id, seed, repetitions } = data;
  start(id, seed, repetitions).catch((error: unknown) => {
    if (current !== id) return;
    post({ type: "failed", id, message: error instanceof Error ? error.message : String(error) });
  });
});
