/** The two pretrained translators, fetched only when the learner asks for them. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type NumberNetworkKind, TRANSLATOR_FILES } from "../../models/number-network.ts";
import { parseSequenceCard, type SequenceCard } from "../../models/sequence-card.ts";
import { download, forget } from "../../onnx/download.ts";
import { OnnxError } from "../../onnx/errors.ts";
import { link } from "../../ui/link.ts";

export interface TranslatorFiles {
  readonly bytes: Readonly<Record<NumberNetworkKind, Uint8Array>>;
  readonly cards: Readonly<Record<NumberNetworkKind, SequenceCard>>;
}

export interface FilesHandle {
  readonly files: TranslatorFiles | undefined;
  /** Share that has arrived, while they are on their way. */
  readonly progress: number | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(): void;
  cancel(): void;
}

/** Size told before anything is fetched, kB; a test compares it with the files. */
export const FILES_KILOBYTES = 597;

export function useFiles(): FilesHandle {
  const [files, setFiles] = useState<TranslatorFiles>();
  const [progress, setProgress] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = () => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setFailure(undefined);
    setProgress(0);
    fetchBoth(controller.signal, setProgress)
      .then(setFiles, (error: unknown) => {
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
  return { files, progress, failure, start, cancel };
}

const failureText = (error: unknown) =>
  error instanceof OnnxError ? error.message : "번역기를 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.";

async function fetchBoth(signal: AbortSignal, onProgress: (share: number) => void): Promise<TranslatorFiles> {
  const cards = {
    attention: await fetchCard("attention", signal),
    plain: await fetchCard("plain", signal),
  };
  const total = cards.attention.bytes + cards.plain.bytes;
  const arrived = { attention: 0, plain: 0 };
  const fetchOne = (kind: NumberNetworkKind) =>
    fetchFile(cards[kind], signal, (loaded) => {
      arrived[kind] = loaded;
      onProgress((arrived.attention + arrived.plain) / total);
    });
  const [attention, plain] = await Promise.all([fetchOne("attention"), fetchOne("plain")]);
  return { cards, bytes: { attention, plain } };
}

async function fetchCard(kind: NumberNetworkKind, signal: AbortSignal): Promise<SequenceCard> {
  const address = link(`models/${TRANSLATOR_FILES[kind]}.json`);
  const card = parseSequenceCard(
    new TextDecoder().decode(await download(address, { signal, caches: NO_CACHES })),
  );
  if (card) return card;
  throw new OnnxError("damaged", "모델의 설명서가 손상되었습니다. 페이지를 새로 고쳐 주세요.");
}

async function fetchFile(
  { file, bytes: expectedBytes, sha256 }: SequenceCard,
  signal: AbortSignal,
  onProgress: (loaded: number) => void,
): Promise<Uint8Array> {
  const address = link(`models/${file}`);
  const bytes = await download(address, { signal, expectedBytes, version: sha256, onProgress });
  if (bytes.length === expectedBytes) return bytes;
  await forget(address);
  throw new OnnxError(
    "damaged",
    "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.",
  );
}

/** The card says which edition of the network there is: never a kept copy. */
const NO_CACHES: Pick<CacheStorage, "open"> = {
  open: () => Promise.reject(new Error("nothing is kept")),
};
