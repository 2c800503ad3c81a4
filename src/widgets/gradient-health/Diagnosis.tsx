import { Button } from "../../ui/controls.tsx";
import { isNearSmallest } from "./findings.ts";
import { comparison, type Pinned } from "./pinned.ts";
import type { HealthFrame } from "./trainer.ts";
import { guessText, verdict } from "./words.ts";

export interface DiagnosisProps {
  frame: HealthFrame | undefined;
  guess: number;
  pinned: Pinned | undefined;
  onPin: () => void;
  onUnpin: () => void;
}

/** What the bars say in words, and the pinned run they are compared with. */
export function Diagnosis({ frame, guess, pinned, onPin, onUnpin }: DiagnosisProps) {
  return (
    <>
      <div class="gh-findings">
        {frame && frame.steps === 0 && guess > 0 && (
          <p>
            {isNearSmallest(frame.firstGradients, guess) ? "예측이 맞았습니다. " : "예측과 다릅니다. "}
            {guessText(guess, frame)}
          </p>
        )}
        <p>{frame ? verdict(frame) : "재고 있습니다."}</p>
        {pinned && frame && pinned.frame !== frame && <p>{comparison(pinned, frame)}</p>}
      </div>
      <div class="gh-tools">
        <Button disabled={!frame} onClick={onPin}>
          지금 모습 고정
        </Button>
        {pinned && (
          <Button kind="quiet" onClick={onUnpin}>
            고정 지우기
          </Button>
        )}
      </div>
      {pinned && (
        <p class="gh-pinned-note">
          고정한 모습(점선): {pinned.summary} · {pinned.frame.steps.toLocaleString("en")}걸음
        </p>
      )}
    </>
  );
}
