/** What the widget fetches when the learner asks for it: the three networks, and the real pictures. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Pictures } from "../../data/pictures.ts";
import { parseModelCard } from "../../models/card.ts";
import { type GanCard, type GanFile, parseGanCard } from "../../models/digit-gan-card.ts";
import { SHIPPED } from "../../models/load-pictures.ts";
import { download, forget } from "../../onnx/download.ts";
import { OnnxError } from "../../onnx/errors.ts";
import { link } from "../../ui/link.ts";
import type { StudioFiles } from "./studio.ts";

/** Sizes told before anything is fetched, KB; a test compares them with the files. */
export const NETWORKS_KILOBYTES = 899;
export const PICTURES_KILOBYTES = Math.round(SHIPPED.digits.bytes / 1024);

export interface Download<T> {
  readonly result: T | undefined;
  /** Share that has arrived, while it is on its way. */
  readonly progress: number | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(): void;
  cancel(): void;
}

type Fetcher<T> = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>;

function useDownload<T>(fetcher: Fetcher<T>): Download<T> {
  const [result, setResult] = useState<T>();
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
    fetcher(controller.signal, (share) => !controller.signal.aborted && setProgress(share))
      .then(
        (value) => !controller.signal.aborted && setResult(() => value),
        (error: unknown) => !controller.signal.aborted && setFailure(failureText(error)),
      )
      .finally(() => stop.current === controller && setProgress(undefined));
  };
  const cancel = () => {
    stop.current?.abort();
    stop.current = undefined;
    setProgress(undefined);
  };
  return { result, progress, failure, start, cancel };
}

/** Messages of `OnnxError` are Korean; what the pictures' worker says is too. */
const failureText = (error: unknown) =>
  error instanceof OnnxError ? error.message : "파일을 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.";

export interface Networks {
  readonly card: GanCard;
  readonly files: StudioFiles;
}

export const useNetworks = (): Download<Networks> => useDownload(fetchNetworks);

const DAMAGED = "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.";

async function fetchNetworks(signal: AbortSignal, onProgress: (share: number) => void): Promise<Networks> {
  const text = async (file: string) =>
    new TextDecoder().decode(await download(link(`models/${file}`), { signal, caches: NO_CACHES }));
  const [card, reader] = [
    parseGanCard(await text("digit-gan.json")),
    parseModelCard(await text("digits.json")),
  ];
  if (!card || !reader) {
    throw new OnnxError("damaged", "모델의 설명서가 손상되었습니다. 페이지를 새로 고쳐 주세요.");
  }
  const wanted = [card.generator, card.discriminator, reader];
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  const arrived = [0, 0, 0];
  const fetchFile = async (
    { file, bytes, sha256 }: Pick<GanFile, "file" | "bytes" | "sha256">,
    i: number,
  ) => {
    const address = link(`models/${file}`);
    const known = { expectedBytes: bytes, version: sha256 };
    const got = await download(address, {
      ...{ signal, ...known },
      onProgress: (loaded) => {
        arrived[i] = loaded;
        onProgress(arrived.reduce((a, b) => a + b) / total);
      },
    });
    if (got.length === bytes) return got;
    await forget(address, known);
    throw new OnnxError("damaged", DAMAGED);
  };
  const [generator, discriminator, digits] = await Promise.all(wanted.map(fetchFile));
  return {
    card,
    files: {
      ...{ generator: generator!, discriminator: discriminator! },
      reader: { card: reader, bytes: digits! },
    },
  };
}

/** The cards say which edition of the networks there is: never a kept copy. */
const NO_CACHES: Pick<CacheStorage, "open"> = {
  open: () => Promise.reject(new Error("nothing is kept")),
};

export interface RealPictures {
  readonly train: Pictures;
  readonly test: Pictures;
}

export type FromPicturesWorker =
  | { readonly type: "progress"; readonly loaded: number }
  | { readonly type: "pictures"; readonly train: Pictures; readonly test: Pictures }
  | { readonly type: "failed"; readonly message: string };

export const useRealPictures = (): Download<RealPictures> => useDownload(fetchPictures);

/** In a worker of its own: unpacking 10 MB would hold the page up. */
function fetchPictures(signal: AbortSignal, onProgress: (share: number) => void): Promise<RealPictures> {
  const worker = new Worker(new URL("./pictures-worker.ts", import.meta.url), { type: "module" });
  const pictures = new Promise<RealPictures>((resolve, reject) => {
    const failed = (message: string) => reject(new OnnxError("network", message));
    worker.onmessage = ({ data }: MessageEvent<FromPicturesWorker>) => {
      if (data.type === "progress") onProgress(data.loaded / SHIPPED.digits.bytes);
      else if (data.type === "pictures") resolve({ train: data.train, test: data.test });
      else failed(data.message);
    };
    worker.onerror = () => failed("숫자 그림을 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.");
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return pictures.finally(() => worker.terminate());
}
