import { useEffect, useRef, useState } from "preact/hooks";
import { OnnxError } from "../onnx/errors.ts";

export interface Download<T> {
  readonly result: T | undefined;
  /** Share that has arrived, while it is on its way. */
  readonly progress: number | undefined;
  /** What went wrong, in Korean. */
  readonly failure: string | undefined;
  start(): void;
  cancel(): void;
}

/** Fetches everything; what goes wrong is an `OnnxError`, whose message is Korean. */
export type Fetcher<T> = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>;

/** Something fetched when the learner asks for it. It can be stopped, and ends with the component. */
export function useDownload<T>(fetcher: Fetcher<T>): Download<T> {
  const [result, setResult] = useState<T>();
  const [progress, setProgress] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = () => {
    stop.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    stop.current = controller;
    setFailure(undefined);
    setProgress(0);
    fetcher(signal, (share) => !signal.aborted && setProgress(share))
      .then(
        (value) => !signal.aborted && setResult(() => value),
        (error: unknown) => !signal.aborted && setFailure(failureText(error)),
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

const failureText = (error: unknown) =>
  error instanceof OnnxError ? error.message : "파일을 받지 못했습니다. 잠시 뒤에 다시 시도해 주세요.";
