/** A worker that starts with the first configuration that has networks, and ends when there are none again. */
import type { WorkerLike } from "../../lab/client.ts";
import type { ToWorker } from "../../lab/protocol.ts";
import type { TranslatorCommand, TranslatorConfig, TranslatorLive } from "./experiment.ts";

type Message = ToWorker<TranslatorConfig, TranslatorLive, TranslatorCommand>;

export function lazyWorker(start: () => WorkerLike): WorkerLike {
  let real: WorkerLike | undefined;
  const stop = () => {
    real?.terminate();
    real = undefined;
  };
  const lazy: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => {
      const { type, ...rest } = message as Message;
      if (type === "configure" && "config" in rest) {
        if (rest.config.isEmpty) stop();
        else real ??= watched(start(), lazy);
      }
      real?.postMessage(message);
    },
    terminate: stop,
  };
  return lazy;
}

/** Its messages arrive at the other's handlers, whichever these are then. */
function watched(real: WorkerLike, lazy: WorkerLike): WorkerLike {
  real.onmessage = (event) => lazy.onmessage?.(event);
  real.onerror = (event) => lazy.onerror?.(event);
  return real;
}
