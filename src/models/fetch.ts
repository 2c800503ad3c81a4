/** Fetches what lies in `public/models`: cards, and the files they speak of. */
import { type DownloadOptions, download, forget } from "../onnx/download.ts";
import { OnnxError } from "../onnx/errors.ts";

export interface FetchOptions extends Pick<DownloadOptions, "signal" | "onProgress" | "fetch" | "caches"> {
  /** Where the site lies; by default where it was built for. */
  readonly base?: string;
}

/** A file as its card describes it. */
export interface ModelFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Never a kept copy: the card says which edition of the network there is.
 * @param parse gives `undefined` for what is no such card.
 * @throws OnnxError in Korean when the card cannot be had; the signal's reason when stopped.
 */
export async function fetchCard<T>(
  name: string,
  parse: (text: string) => T | undefined,
  { base, onProgress: _, ...rest }: FetchOptions = {},
): Promise<T> {
  const bytes = await download(modelAddress(name, base), { ...rest, caches: NO_CACHES });
  const card = parse(new TextDecoder().decode(bytes));
  if (card !== undefined) return card;
  throw new OnnxError("damaged", "모델의 설명서가 손상되었습니다. 페이지를 새로 고쳐 주세요.");
}

/** The file is not what its card says. */
export const damaged = () =>
  new OnnxError("damaged", "모델 파일이 설명서와 맞지 않습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.");

/**
 * A file, opened; progress in bytes of it.
 * @param open may throw for a damaged file, which must not come back from the device the next time.
 * @throws OnnxError in Korean for everything that can be wrong with file or network; the signal's reason when stopped.
 */
export async function fetchFile<T>(
  { file, bytes: expectedBytes, sha256: version }: ModelFile,
  open: (bytes: Uint8Array<ArrayBuffer>) => T,
  { base, ...rest }: FetchOptions = {},
): Promise<T> {
  const address = modelAddress(file, base);
  const wanted = { ...rest, expectedBytes, version };
  const bytes = await download(address, wanted);
  try {
    if (bytes.length !== expectedBytes) throw damaged();
    return open(bytes);
  } catch (error) {
    await forget(address, wanted);
    throw error;
  }
}

/** Several files at once, with the share of all their bytes that has arrived. */
export function fetchFiles(
  files: readonly ModelFile[],
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const arrived = files.map(() => 0);
  return Promise.all(
    files.map((file, i) =>
      fetchFile(file, (bytes) => bytes, {
        signal,
        onProgress: (loaded) => {
          arrived[i] = loaded;
          onProgress(arrived.reduce((sum, bytes) => sum + bytes) / total);
        },
      }),
    ),
  );
}

/** @param base where the site lies. */
export const modelAddress = (file: string, base: string = import.meta.env.BASE_URL) =>
  `${base.replace(/\/*$/, "/")}models/${file}`;

const NO_CACHES: Pick<CacheStorage, "open"> = {
  open: () => Promise.reject(new Error("nothing is kept")),
};
