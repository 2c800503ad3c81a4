import type { PictureSets } from "../../data/packed.ts";
import { loadPictures } from "../../models/load-pictures.ts";
import { type Job, run } from "./experiment.ts";
import { DOWNLOAD_BYTES, type FromWorker, type ToWorker } from "./protocol.ts";

/** Milliseconds of work between two looks at the messages. */
const PIECE = 30;

let pictures: PictureSets | undefined;
/** Number of the run that goes on; 0 when none does. */
let current = 0;

const post = (message: FromWorker) => self.postMessage(message);
/** Lets waiting messages in. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

async function start(id: number, job: Job): Promise<void> {
  current = id;
  pictures ??= await loadPictures("jamo", {
    onProgress: (loaded) => post({ type: "download", id, share: loaded / DOWNLOAD_BYTES }),
  });
  let [since, done] = [performance.now(), 0];
  for (const step of run(job, pictures)) {
    if ("cell" in step) {
      done += 1;
      post({ type: "cell", id, cell: step.cell });
    }
    if (performance.now() - since > PIECE) {
      post({ type: "progress", id, done: done + ("progress" in step ? step.progress : 0) });
      await breath();
      since = performance.now();
    }
    if (current !== id) return;
  }
  post({ type: "done", id });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "stop") {
    current = 0;
    return;
  }
  const { id, job } = data;
  start(id, job).catch((error: unknown) => {
    if (current !== id) return;
    post({ type: "failed", id, message: error instanceof Error ? error.message : String(error) });
  });
});
