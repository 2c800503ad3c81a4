import { Button } from "./controls.tsx";
import { sizeText } from "./ModelCard.tsx";
import type { DigitNetwork } from "./use-digit-network.ts";
import "./fetch-network.css";

/** A button that fetches the digit network, with its size, its progress, a way to stop, and what went wrong. */
export function FetchNetwork({ network }: { network: DigitNetwork }) {
  const { card, progress, failure, start, cancel } = network;
  return (
    <div class="fetch-network">
      {progress === undefined ? (
        <Button kind="primary" onClick={start}>
          {card ? `신경망 받기 (${sizeText(card.bytes)})` : "신경망 받기"}
        </Button>
      ) : (
        <>
          <progress aria-label="받은 양" max={1} value={progress} />
          <Button onClick={cancel}>그만 받기</Button>
        </>
      )}
      <p role={failure ? "alert" : undefined}>
        {failure ?? "숫자를 읽도록 미리 훈련해 둔 신경망입니다. 한 번 받으면 이 기기에서 계산합니다."}
      </p>
    </div>
  );
}
