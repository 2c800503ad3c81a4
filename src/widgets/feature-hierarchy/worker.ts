import { loadModelCard } from "../../models/load.ts";
import { loadPictures, SHIPPED } from "../../models/load-pictures.ts";
import { download } from "../../onnx/download.ts";
import { Explorer } from "./explorer.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

const MODEL = "clothing";
let explorer: Explorer | undefined;

const post = (message: FromWorker) => self.postMessage(message);

async function load(): Promise<void> {
  const card = await loadModelCard(MODEL);
  const total = card.bytes + SHIPPED[MODEL].bytes;
  const done = { model: 0, pictures: 0 };
  const count = (what: keyof typeof done) => (loaded: number) => {
    done[what] = loaded;
    post({ type: "progress", what: "download", done: done.model + done.pictures, total });
  };
  const address = `${import.meta.env.BASE_URL.replace(/\/*$/, "/")}models/${card.file}`;
  const known = { expectedBytes: card.bytes, version: card.sha256 };
  const [bytes, { test }] = await Promise.all([
    download(address, { ...known, onProgress: count("model") }),
    loadPictures(MODEL, { onProgress: count("pictures") }),
  ]);
  explorer = new Explorer(card, bytes, test);
  const started = performance.now();
  const survey = explorer.survey((surveyed, of) =>
    post({ type: "progress", what: "survey", done: surveyed, total: of }),
  );
  post({ type: "ready", card, pictures: test, survey, took: performance.now() - started });
}

async function handle(message: ToWorker): Promise<void> {
  if (message.type === "load") return load();
  const { picture } = message;
  if (!explorer) return;
  if (message.type === "look") post({ type: "looked", picture, looked: explorer.look(picture) });
  else post({ type: "occluded", picture, occlusion: explorer.occlude(picture, message.size) });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  handle(data).catch((error: unknown) => {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  });
});
