/**
 * onnxruntime as WebAssembly, from our own origin and only when asked for: 14 MB (4 MB compressed) that no page
 * loads by itself. Meant for a worker; one instance serves all its sessions.
 */
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { type DownloadOptions, download, forget } from "./download.ts";
import { OnnxError } from "./errors.ts";

export type OnnxRuntime = typeof import("onnxruntime-web/wasm");

let loading: Promise<OnnxRuntime> | undefined;

/** Address of the WebAssembly module, under the site's base path. */
export const RUNTIME_URL: string = wasmUrl;

/** @throws OnnxError as `download` does; after a failure the next call tries again. */
export async function loadRuntime(options: DownloadOptions = {}): Promise<OnnxRuntime> {
  for (;;) {
    const isOwn = loading === undefined;
    loading ??= load(options);
    const attempt = loading;
    try {
      return await attempt;
    } catch (error) {
      if (loading === attempt) loading = undefined;
      // Somebody else's download was stopped, not ours: begin again.
      if (isOwn || options.signal?.aborted || error instanceof OnnxError) throw error;
    }
  }
}

async function load(options: DownloadOptions): Promise<OnnxRuntime> {
  // The address carries a digest of the file, so the copy kept on the device never goes stale.
  const { expectedBytes: _size, version: _version, ...rest } = options;
  const [ort, wasm] = await Promise.all([importRuntime(), download(RUNTIME_URL, rest)]);
  const isWasm = wasm[0] === 0 && wasm[1] === 0x61 && wasm[2] === 0x73 && wasm[3] === 0x6d;
  if (!isWasm) {
    await forget(RUNTIME_URL, options);
    throw new OnnxError("damaged", "모델을 계산하는 프로그램이 손상되었습니다. 페이지를 새로 고쳐 주세요.");
  }
  // One thread: more would need cross-origin isolation and a second file beside the module.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = wasm;
  ort.env.logLevel = "error";
  return ort;
}

async function importRuntime(): Promise<OnnxRuntime> {
  try {
    return await import("onnxruntime-web/wasm");
  } catch (cause) {
    throw new OnnxError(
      "network",
      "모델을 계산하는 프로그램을 내려받지 못했습니다. 인터넷 연결을 확인한 뒤 다시 시도해 주세요.",
      { cause },
    );
  }
}
