import { Button } from "../../ui/controls.tsx";
import { DOWNLOAD_BYTES } from "./protocol.ts";
import { HELD_OUT } from "./state.ts";
import type { ExplorerHandle } from "./use-explorer.ts";

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("ko")} kB`;

/** Before the network is here: what will be loaded, how far it is, what went wrong. */
export function Loading({ explorer }: { explorer: ExplorerHandle }) {
  const { status } = explorer;
  if (status.kind === "ready") return null;
  return (
    <div class="fh-loading">
      {status.kind === "loading" ? (
        <>
          <p>
            {status.what === "download"
              ? `신경망과 사진을 받고 있습니다: ${kilobytes(status.done)}`
              : `사진을 신경망에 넣어 보고 있습니다: ${status.done} / ${status.total}장`}
          </p>
          <progress
            max={Math.max(1, status.total)}
            value={status.done}
            aria-label={status.what === "download" ? "받은 양" : "넣어 본 사진"}
          />
          <Button onClick={explorer.cancel}>그만두기</Button>
        </>
      ) : (
        <>
          {status.kind === "failed" && <p class="fh-problem">{status.message}</p>}
          <p>
            옷 사진 60,000장으로 우리 엔진이 훈련한 합성곱 신경망과, 훈련에 쓰지 않은 시험 사진{" "}
            {HELD_OUT.toLocaleString("ko")}장을 받습니다. 사진을 모두 신경망에 넣어 보고, 채널마다 가장 세게
            반응한 조각을 찾습니다.
          </p>
          <Button kind="primary" onClick={explorer.load}>
            {status.kind === "failed" ? "다시 불러오기" : `불러오기 (약 ${kilobytes(DOWNLOAD_BYTES)})`}
          </Button>
        </>
      )}
    </div>
  );
}
