/** What the widget fetches when the learner asks for it: the three networks, and the real pictures. */
import type { Pictures } from "../../data/pictures.ts";
import { parseModelCard } from "../../models/card.ts";
import { type GanCard, parseGanCard } from "../../models/digit-gan-card.ts";
import { fetchCard, fetchFiles } from "../../models/fetch.ts";
import { SHIPPED } from "../../models/load-pictures.ts";
import { OnnxError } from "../../onnx/errors.ts";
import { type Download, useDownload } from "../../ui/use-download.ts";
import type { StudioFiles } from "./studio.ts";

/** Sizes told before anything is fetched, KB; a test compares them with the files. */
export const NETWORKS_KILOBYTES = 899;
export const PICTURES_KILOBYTES = Math.round(SHIPPED.digits.bytes / 1024);

export interface Networks {
  readonly card: GanCard;
  readonly files: StudioFiles;
}

export const useNetworks = (): Download<Networks> => useDownload(fetchNetworks);

async function fetchNetworks(signal: AbortSignal, onProgress: (share: number) => void): Promise<Networks> {
  const card = await fetchCard("digit-gan.json", parseGanCard, { signal });
  const reader = await fetchCard("digits.json", parseModelCard, { signal });
  const wanted = [card.generator, card.discriminator, reader];
  const [generator, discriminator, digits] = await fetchFiles(wanted, signal, onProgress);
  return {
    card,
    files: {
      ...{ generator: generator!, discriminator: discriminator! },
      reader: { card: reader, bytes: digits! },
    },
  };
}

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
