/** The pretrained digit network, fetched only when the learner asks for it. */
import { useEffect, useState } from "preact/hooks";
import { type ModelCard, parseModelCard } from "../models/card.ts";
import { fetchCard, fetchFiles } from "../models/fetch.ts";
import type { PretrainedFile } from "../models/inspected.ts";
import { type Download, useDownload } from "./use-download.ts";

export interface DigitNetwork extends Download<PretrainedFile> {
  /** What the network is and how large: read before anything is asked for, 3 kB. */
  readonly card: ModelCard | undefined;
}

export function useDigitNetwork(): DigitNetwork {
  const download = useDownload(fetchNetwork);
  const [card, setCard] = useState<ModelCard>();
  useEffect(() => {
    const controller = new AbortController();
    // Without the card the button tells no size; what is wrong is said when the network is asked for.
    readCard(controller.signal).then(setCard, () => undefined);
    return () => controller.abort();
  }, []);
  return { ...download, card };
}

const readCard = (signal: AbortSignal) => fetchCard("digits.json", parseModelCard, { signal });

async function fetchNetwork(
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<PretrainedFile> {
  const card = await readCard(signal);
  const [bytes] = await fetchFiles([card], signal, onProgress);
  return { card, bytes: bytes! };
}
