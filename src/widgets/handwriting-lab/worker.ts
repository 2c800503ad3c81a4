import type { PictureSets } from "../../data/packed.ts";
import { serve } from "../../lab/serve.ts";
import { loadPictures, SHIPPED } from "../../models/load-pictures.ts";
import {
  type HandwritingCommand,
  type HandwritingConfig,
  type HandwritingFrame,
  type HandwritingLive,
  HandwritingTrainer,
} from "./experiment.ts";
import type { HandwritingState } from "./state.ts";

type Data = HandwritingState["data"];

const kept = new Map<Data, PictureSets>();

/** The pictures are there before a configuration that needs them is handed on; messages keep their order. */
let before: Promise<void> = Promise.resolve();

async function fetchFor(message: unknown): Promise<void> {
  const { type, id, config } = message as { type: string; id: number; config?: HandwritingConfig };
  if (type !== "configure" || !config) return;
  const { data } = config.settings;
  if (kept.has(data)) return;
  try {
    const sets = await loadPictures(data, {
      onProgress: (loaded) => self.postMessage({ type: "download", share: loaded / SHIPPED[data].bytes }),
    });
    kept.clear();
    kept.set(data, sets);
  } catch (error) {
    self.postMessage({ type: "failed", id, message: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

serve<HandwritingConfig, HandwritingLive, HandwritingFrame, HandwritingCommand>(
  (config) => new HandwritingTrainer(kept.get(config.settings.data)!, config),
  {
    postMessage: (message, transfer) => self.postMessage(message, { transfer }),
    addEventListener: (_type, listener) => {
      self.addEventListener("message", ({ data }) => {
        before = before.then(async () => {
          const isThere = await fetchFor(data).then(
            () => true,
            () => false,
          );
          if (isThere) listener({ data });
        });
      });
    },
  },
);
