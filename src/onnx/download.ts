/** Fetches a file with byte progress, and keeps it on the device where the browser allows that. */
import { OnnxError } from "./errors.ts";

export interface DownloadOptions {
  /** Stops the download; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far, and of the whole file where they are known. */
  readonly onProgress?: ((loaded: number, total: number | undefined) => void) | undefined;
  /** Size of the file, such as from its card: known even when the server compresses on the way. */
  readonly expectedBytes?: number | undefined;
  /** Distinguishes editions of a file under one address; a kept copy of another edition is not used. */
  readonly version?: string | undefined;
  /** Stand-ins for tests. */
  readonly fetch?: ((url: string, init: { signal?: AbortSignal }) => Promise<Response>) | undefined;
  readonly caches?: Pick<CacheStorage, "open"> | undefined;
}

const CACHE = "gipi-files-1";
/** The kept copy says how long it is, so that one that was cut off is noticed. */
const LENGTH_HEADER = "x-gipi-length";

/**
 * @throws OnnxError `missing-file`, `network`, `truncated` or `out-of-memory`; the signal's reason when stopped.
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  options.signal?.throwIfAborted();
  const key = options.version === undefined ? url : `${url}?version=${encodeURIComponent(options.version)}`;
  const cache = await openCache(options);
  const kept = cache && (await readKept(cache, key, options));
  if (kept) return kept;
  const bytes = await fetchBytes(url, options);
  if (cache) await keep(cache, key, bytes);
  return bytes;
}

/** Storage may be missing (no secure context), blocked by the learner's settings, or full: then nothing is kept. */
async function openCache({ caches = globalThis.caches }: DownloadOptions): Promise<Cache | undefined> {
  try {
    return await caches?.open(CACHE);
  } catch {
    return undefined;
  }
}

async function readKept(
  cache: Cache,
  key: string,
  { onProgress }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await cache.match(key);
    if (!response) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (String(bytes.length) !== response.headers.get(LENGTH_HEADER)) {
      await cache.delete(key);
      return undefined;
    }
    onProgress?.(bytes.length, bytes.length);
    return bytes;
  } catch {
    return undefined;
  }
}

async function keep(cache: Cache, key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await cache.put(key, new Response(bytes, { headers: { [LENGTH_HEADER]: String(bytes.length) } }));
  } catch {
    // Full or blocked meanwhile: the file is here all the same.
  }
}

/** Drops a kept copy, such as one that turned out to be damaged. */
export async function forget(url: string, options: DownloadOptions = {}): Promise<void> {
  const cache = await openCache(options);
  await cache?.delete(url, { ignoreSearch: true }).catch(() => false);
}

async function fetchBytes(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress, fetch = globalThis.fetch } = options;
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    throw new OnnxError(
      "network",
      "파일을 내려받지 못했습니다. 인터넷 연결을 확인한 뒤 다시 시도해 주세요.",
      { cause },
    );
  }
  checkStatus(response);
  const total = totalOf(response, options);
  onProgress?.(0, total);
  const chunks = await readChunks(response, signal, (loaded) => onProgress?.(loaded, total));
  return join(chunks, total);
}

function checkStatus({ ok, status }: Response): void {
  if (ok) return;
  if (status === 404 || status === 410) {
    throw new OnnxError("missing-file", "파일을 찾을 수 없습니다. 주소가 맞는지 확인해 주세요.");
  }
  throw new OnnxError(
    "network",
    `서버가 파일을 보내지 못했습니다(상태 ${status}). 잠시 뒤에 다시 시도해 주세요.`,
  );
}

/** Content-Length counts what travels: with compression that is not what arrives here. */
function totalOf({ headers }: Response, { expectedBytes }: DownloadOptions): number | undefined {
  if (expectedBytes !== undefined) return expectedBytes;
  const encoding = headers.get("content-encoding");
  const length = Number(headers.get("content-length"));
  return length > 0 && (encoding === null || encoding === "identity") ? length : undefined;
}

async function readChunks(
  response: Response,
  signal: AbortSignal | undefined,
  progress: (loaded: number) => void,
): Promise<Uint8Array[]> {
  const reader = response.body?.getReader();
  if (!reader) return [];
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const stop = () => reader.cancel(signal?.reason).catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      signal?.throwIfAborted();
      chunks.push(next.value);
      loaded += next.value.length;
      progress(loaded);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new OnnxError("network", "내려받는 중에 연결이 끊겼습니다. 다시 시도해 주세요.", { cause });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  signal?.throwIfAborted();
  return chunks;
}

function join(chunks: readonly Uint8Array[], total: number | undefined): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (total !== undefined && length < total) {
    throw new OnnxError(
      "truncated",
      `파일이 중간에 끊겼습니다(${total.toLocaleString("ko")}바이트 중 ${length.toLocaleString("ko")}바이트). 다시 시도해 주세요.`,
    );
  }
  const bytes = allocate(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function allocate(length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw outOfMemory(cause);
  }
}

export function outOfMemory(cause: unknown): OnnxError {
  return new OnnxError(
    "out-of-memory",
    "메모리가 모자라 모델을 계산할 수 없습니다. 다른 탭을 닫거나 더 작은 모델이나 입력을 써 주세요.",
    { cause },
  );
}
