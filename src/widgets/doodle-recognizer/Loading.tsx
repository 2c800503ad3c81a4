import { Button } from "../../ui/controls.tsx";
import { NETWORK_BYTES } from "./protocol.ts";
import type { RecognizerHandle } from "./use-recognizer.ts";

export const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("ko")} kB`;

/** Before the network is here: what will be loaded, how far it is, what went wrong. */
export function Loading({ recognizer }: { recognizer: RecognizerHandle }) {
  const { status } = recognizer;
  if (status.kind === "ready") return null;
  if (status.kind === "loading") {
    return (
      <div class="dr-loading">
        <p>신경망을 받고 있습니다: {kilobytes(status.done)}</p>
        <progress max={Math.max(1, status.total)} value={status.done} aria-label="받은 양" />
        <Button onClick={recognizer.cancel}>그만두기</Button>
      </div>
    );
  }
  return (
    <div class="dr-loading">
      {status.kind === "failed" && (
        <p class="dr-problem" role="alert">
          {status.message}
        </p>
      )}
      <p>
        낙서 3,200장으로 우리 엔진이 훈련한 합성곱 신경망입니다. 한 번 받으면 이 기기에서 계산하고, 그린 것은
        어디에도 보내지 않습니다.
      </p>
      <Button kind="primary" onClick={recognizer.load}>
        {status.kind === "failed" ? "다시 불러오기" : `신경망 받기 (${kilobytes(NETWORK_BYTES)})`}
      </Button>
    </div>
  );
}
