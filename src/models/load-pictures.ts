/** Loads a dataset's sample from `public/data`, with progress, cancel and Korean errors. */
import { DATASETS, type DatasetId, type DatasetInfo } from "../data/datasets.ts";
import { DataError, type PictureSets, unpackPictures } from "../data/packed.ts";
import shipped from "../data/shipped.json" with { type: "json" };
import { type DownloadOptions, download, forget } from "../onnx/download.ts";

export interface ShippedPictures {
  /** Size of the file. */
  readonly bytes: number;
  readonly train: number;
  readonly test: number;
  readonly checksum: number;
}

/** What a learner would load, known before it is loaded. */
export const SHIPPED: Readonly<Record<DatasetId, ShippedPictures>> = shipped;

export interface LoadPicturesOptions
  extends Pick<DownloadOptions, "signal" | "onProgress" | "fetch" | "caches"> {
  /** Where the site lies; by default where it was built for. */
  readonly base?: string;
}

/**
 * Some of the dataset's pictures: the training pictures out of its training part, the test pictures out of its test
 * part.
 * @throws OnnxError as `download` does, DataError when the file is damaged; both in Korean. The signal's reason when
 *   stopped.
 */
export async function loadPictures(
  id: DatasetId,
  { base = import.meta.env.BASE_URL, ...options }: LoadPicturesOptions = {},
): Promise<PictureSets & { readonly info: DatasetInfo }> {
  const address = `${base.replace(/\/*$/, "/")}data/${id}.bin`;
  const { bytes, train, test, checksum } = SHIPPED[id];
  const wanted = { ...options, expectedBytes: bytes, version: String(checksum) };
  const file = await download(address, wanted);
  try {
    const sets = await unpackPictures(file);
    if (sets.train.labels.length !== train || sets.test.labels.length !== test) throw new DataError();
    options.signal?.throwIfAborted();
    return { ...sets, info: DATASETS[id] };
  } catch (error) {
    // A damaged copy must not come back from the device the next time.
    await forget(address, wanted);
    throw error;
  }
}
