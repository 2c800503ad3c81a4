/** The pretrained digit network, fetched only when the learner asks for it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type ModelCard, parseModelCard } from "../models/card.ts";
import type { PretrainedFile } from "../models/inspected.ts";
import { download, forget } from "../onnx/download.ts";
import { OnnxError } from "../onnx/errors.ts";
import { link } from "./link.ts";

export interface DigitNetwork {
  readonly model: PretrainedFile | undefined;
  /** What the network is and how large: read before anything is asked for, 3 kB. */
  readonly card: ModelCard | undefined;
  /** Share that has arrived, while it is on its way. */
  readonly progress: number | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(): void;
  cancel(): void;
}

export function useDigitNetwork(): DigitNetwork {
  const [model, setModel] = useState<PretrainedFile>();
  const [progress, setProgress] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  const [card, setCard] = useState<ModelCard>();
  useEffect(() => {
    const controller = new AbortController();
    // Without the card the button tells no size; what is wrong is said when the network is asked for.
    fetchCard(controller.signal).then(setCard, () => undefined);
    return () => {
      controller.abort();
      stop.current?.abort();
    };
  }, []);
  const start = () => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setFailure(undefined);
    setProgress(0);
    fetchNetwork(controller.signal, setProgress)
      .then(setModel, (error: unknown) => {
        if (!controller.signal.aborted) setFailure(failureText(error));
      })
      .finally(() => {
        if (stop.current === controller) setProgress(undefined);
      });
  };
  const cancel = () => {
    stop.current?.abort();
    stop.current = undefined;
    setProgress(undefined);
  };
  return { model, card, progress, failure, start, cancel };
}

const failureText = (error: unknown) =>
  error instanceof OnnxError ? error.message : "신경망을 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.";

async function fetchCard(signal: AbortSignal): Promise<ModelCard> {
  const text = await download(link("models/digits.json"), { signal, caches: NO_CACHES });
  const card = parseModelCard(new TextDecoder().decode(text));
  if (!card) throw new OnnxError("damaged", "모델의 설명서가 손상되었습니다. 페이지를 새로 고쳐 주세요.");
  return card;
}

async function fetchNetwork(
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<PretrainedFile> {
  const card = await fetchCard(signal);
  const address = link(`models/${card.file}`);
  const bytes = await download(address, {
    signal,
    expectedBytes: card.bytes,
    version: card.sha256,
    onProgress: (loaded) => onProgress(loaded / card.bytes),
  });
  if (bytes.length !== card.bytes) {
    await forget(address);
    throw new OnnxError(
      "damaged",
      "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.",
    );
  }
  return { card, bytes };
}

/** The card says which edition of the network there is: never a kept copy. */
const NO_CACHES: Pick<CacheStorage, "open"> = {
  open: () => Promise.reject(new Error("nothing is kept")),
};
