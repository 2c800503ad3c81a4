import { loadStoryGpt, type StoryGpt } from "../../models/story-gpt.ts";
import { engineRunner, type StepRunner, StoryReader, sessionRunner } from "../../models/story-reader.ts";
import { OnnxError } from "../../onnx/errors.ts";
import type { Backend, FromWriter, ToWriter } from "./messages.ts";

let model: StoryGpt | undefined;
let reader: StoryReader | undefined;
const runners = new Map<Backend, StepRunner>();
/** The newest reading asked for; older ones are given up. */
let newest = 0;
let queue: Promise<void> = Promise.resolve();

const post = (message: FromWriter, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

async function load(backend: Backend): Promise<void> {
  model ??= await loadStoryGpt({
    onProgress: (loaded, total) => post({ type: "progress", stage: "model", loaded, total }),
  });
  const runner = runners.get(backend) ?? (await makeRunner(model, backend));
  runners.set(backend, runner);
  reader = new StoryReader(runner, model.card.gpt.context);
  post({ type: "ready", backend });
}

async function makeRunner(network: StoryGpt, backend: Backend): Promise<StepRunner> {
  if (backend === "engine") return engineRunner(network);
  // The runtime's code comes only where it is asked for.
  const { openSession } = await import("../../onnx/session.ts");
  const session = await openSession(network.bytes, {
    onProgress: (stage, loaded, total) => post({ type: "progress", stage, loaded, total }),
  });
  return sessionRunner(session);
}

async function read({ id, tokens, caching }: Extract<ToWriter, { type: "read" }>): Promise<void> {
  if (id !== newest || !reader) return;
  const since = performance.now();
  const result = await reader.logitsAfter(tokens, caching, () => id !== newest);
  if (!result) return;
  post({ type: "logits", id, ...result, logits: result.logits.slice(), took: performance.now() - since });
}

const failureText = (error: unknown) =>
  error instanceof OnnxError ? error.message : "계산하다가 문제가 생겼습니다. 페이지를 새로 고쳐 주세요.";

self.addEventListener("message", ({ data }: MessageEvent<ToWriter>) => {
  if (data.type === "read") newest = data.id;
  queue = queue
    .then(() => (data.type === "load" ? load(data.backend) : read(data)))
    .catch((error: unknown) => post({ type: "failed", message: failureText(error) }));
});
