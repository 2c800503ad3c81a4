/** The two pretrained translators, fetched only when the learner asks for them. */
import { fetchCard, fetchFiles } from "../../models/fetch.ts";
import { type NumberNetworkKind, TRANSLATOR_FILES } from "../../models/number-network.ts";
import { parseSequenceCard, type SequenceCard } from "../../models/sequence-card.ts";
import { type Download, useDownload } from "../../ui/use-download.ts";

export interface TranslatorFiles {
  readonly bytes: Readonly<Record<NumberNetworkKind, Uint8Array>>;
  readonly cards: Readonly<Record<NumberNetworkKind, SequenceCard>>;
}

/** Size told before anything is fetched, kB; a test compares it with the files. */
export const FILES_KILOBYTES = 597;

export const useFiles = (): Download<TranslatorFiles> => useDownload(fetchBoth);

async function fetchBoth(signal: AbortSignal, onProgress: (share: number) => void): Promise<TranslatorFiles> {
  const cardOf = (kind: NumberNetworkKind) =>
    fetchCard(`${TRANSLATOR_FILES[kind]}.json`, parseSequenceCard, { signal });
  const cards = { attention: await cardOf("attention"), plain: await cardOf("plain") };
  const [attention, plain] = await fetchFiles([cards.attention, cards.plain], signal, onProgress);
  return { cards, bytes: { attention: attention!, plain: plain! } };
}
