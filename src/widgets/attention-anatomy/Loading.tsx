import { Button } from "../../ui/controls.tsx";
import type { AnatomyHandle } from "./use-anatomy.ts";

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export interface LoadingProps {
  anatomy: AnatomyHandle;
  /** What the button says will be fetched. */
  size: string;
}

/** Before the network is here: what it is, how large, its progress, a way to stop, and what went wrong. */
export function Loading({ anatomy: { status, load, cancel }, size }: LoadingProps) {
  return (
    <div class="aa-loading">
      <p>
        짧은 한국어 동화로 훈련한 작은 GPT입니다. 받아서 이 기기에서 계산합니다. 문장은 이 기기를 떠나지
        않습니다.
      </p>
      {status.kind === "loading" ? (
        <div class="aa-toolbar">
          <progress aria-label="받은 양" max={status.total ?? 1} value={status.loaded} />
          <span class="aa-number">{megabytes(status.loaded)}</span>
          <Button onClick={cancel}>그만 받기</Button>
        </div>
      ) : (
        <Button kind="primary" onClick={load}>
          한국어 GPT 받기 ({size})
        </Button>
      )}
      {status.kind === "failed" && <p role="alert">{status.message}</p>}
    </div>
  );
}
