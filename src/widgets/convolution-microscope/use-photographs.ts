import { useEffect, useState } from "preact/hooks";
import { PHOTOGRAPH_BYTES } from "../../data/photographs.ts";
import { download } from "../../onnx/download.ts";
import { link } from "../../ui/link.ts";

export interface Photographs {
  readonly file: Uint8Array | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  retry(): void;
}

/** The three photographs, 27 kB, fetched when the first one is wanted. */
export function usePhotographs(wanted: boolean): Photographs {
  const [file, setFile] = useState<Uint8Array>();
  const [failure, setFailure] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const needed = wanted && !file;
  useEffect(() => {
    if (!needed) return undefined;
    const stop = new AbortController();
    setFailure(undefined);
    download(link("data/photographs.bin"), { signal: stop.signal, expectedBytes: PHOTOGRAPH_BYTES }).then(
      (bytes) => {
        if (bytes.length === PHOTOGRAPH_BYTES) setFile(bytes);
        else setFailure("사진 파일이 손상되었습니다.");
      },
      () => {
        if (!stop.signal.aborted) setFailure("사진을 받지 못했습니다.");
      },
    );
    return () => stop.abort();
  }, [needed, attempt]);
  return { file, failure, retry: () => setAttempt(attempt + 1) };
}
