import { STORY_END, type StoryTokens } from "../../data/story-tokens.ts";
import { loadStoryGpt } from "../../models/story-gpt.ts";
import { OnnxError } from "../../onnx/errors.ts";
import { AnatomyNetwork } from "./network.ts";
import type { FromWorker, Look, ToWorker } from "./protocol.ts";
import { readSentence } from "./sentence.ts";

let opened: { readonly network: AnatomyNetwork; readonly tokenizer: StoryTokens } | undefined;

const UNKNOWN = "신경망을 여는 중에 문제가 생겼습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.";

const post = (message: FromWorker) => self.postMessage(message);

async function load(): Promise<void> {
  const story = await loadStoryGpt({
    onProgress: (loaded, total) => post({ type: "progress", loaded, total }),
  });
  const network = new AnatomyNetwork({ gpt: story.card.gpt, weight: (name) => story.weight(name) });
  opened = { network, tokenizer: story.tokenizer };
  const { layers, heads, width } = story.card.gpt;
  post({ type: "ready", facts: { layers, heads, width, parameters: network.parameterCount } });
}

function look({ text, off, layer, head }: Look): void {
  if (!opened) return;
  const { network, tokenizer } = opened;
  const { tokens, labels, beyond } = readSentence(text, tokenizer, STORY_END);
  const anatomy = network.look({ tokens, off, layer, head });
  const shown = [...anatomy.next, ...(anatomy.changed ?? []).slice(0, anatomy.next.length)];
  const names = Object.fromEntries(shown.map(({ token }) => [token, tokenizer.label(token)]));
  post({ type: "looked", looked: { text, anatomy, labels, names, beyond } });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  const work = data.type === "load" ? load() : Promise.resolve().then(() => look(data));
  work.catch((error: unknown) => {
    const own = error instanceof OnnxError ? error.message : UNKNOWN;
    post({ type: "failed", message: own });
  });
});
