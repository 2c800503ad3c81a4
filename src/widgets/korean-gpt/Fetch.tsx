import { Button } from "../../ui/controls.tsx";
import type { Backend } from "./messages.ts";
import type { Writer } from "./use-writer.ts";

/** What a visitor has to load, as it lies on the server: measured when the network was exported. */
const RUNTIME_MEGABYTES = 14;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** A button that fetches network and runtime, with their sizes, how far they are, and a way to stop. */
export function Fetch({ writer, backend }: { writer: Writer; backend: Backend }) {
  const { card, progress, failure } = writer;
  const size = card ? megabytes(card.bytes) : "1.1 MB";
  const also = backend === "onnx" ? `, 계산 프로그램 ${RUNTIME_MEGABYTES} MB` : "";
  return (
    <div class="kg-fetch">
      {progress === undefined ? (
        <Button kind="primary" onClick={() => writer.load(backend)}>
          모델 받기 (신경망 {size}
          {also})
        </Button>
      ) : (
        <>
          <Bar label="받은 신경망" part={progress.model} />
          {backend === "onnx" && <Bar label="받은 계산 프로그램" part={progress.runtime} />}
          <Button onClick={writer.cancel}>그만 받기</Button>
        </>
      )}
      <p role={failure ? "alert" : undefined}>
        {failure ?? "한 번 받으면 이 기기에서 계산합니다. 적은 글은 어디에도 보내지 않습니다."}
      </p>
    </div>
  );
}

function Bar({
  label,
  part,
}: {
  label: string;
  part: { loaded: number; total: number | undefined } | undefined;
}) {
  const { loaded = 0, total } = part ?? {};
  return (
    <div class="kg-progress">
      <span>
        {label} {megabytes(loaded)}
      </span>
      <progress aria-label={label} max={1} value={total ? Math.min(1, loaded / total) : part ? 1 : 0} />
    </div>
  );
}
