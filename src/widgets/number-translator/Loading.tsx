import { Button } from "../../ui/controls.tsx";
import type { Download } from "../../ui/use-download.ts";
import { FILES_KILOBYTES, type TranslatorFiles } from "./use-files.ts";

/** Before there is a network: fetch the pretrained ones, or train from nothing. */
export function Loading({ files, onScratch }: { files: Download<TranslatorFiles>; onScratch: () => void }) {
  const { progress, failure, start, cancel } = files;
  return (
    <div class="nt-loading">
      <p>
        수와 그 읽기를 보고 배운 신경망 둘을 받습니다. 하나는 어텐션이 있고 하나는 없습니다. 받지 않고 이
        자리에서 처음부터 훈련해도 됩니다. 두 신경망 모두 이 기기에서 계산합니다.
      </p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {progress === undefined ? (
        <div class="nt-tools">
          <Button kind="primary" onClick={start}>
            {failure === undefined ? `번역기 받기 (${FILES_KILOBYTES} kB)` : "다시 받기"}
          </Button>
          <Button onClick={onScratch}>처음부터 훈련하기</Button>
        </div>
      ) : (
        <div class="nt-tools">
          <progress aria-label="받은 양" max={1} value={progress} />
          <Button onClick={cancel}>그만 받기</Button>
        </div>
      )}
    </div>
  );
}
