import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import type { Change } from "./changes.ts";
import type { Score } from "./goals.ts";

export interface Verdict {
  readonly change: Change;
  readonly guess: boolean;
  /** Whether the answer changed; `undefined` until it was computed. */
  readonly truth: boolean | undefined;
  /** “질문 → 감탄”. */
  readonly answers: string;
  /** The same change was seen before. */
  readonly known: boolean;
}

export interface PredictProps {
  change: Change;
  verdict: Verdict | undefined;
  score: Score;
  disabled: boolean;
  onGuess: (changes: boolean) => void;
  onNext: () => void;
}

/** A change of the input to be judged before it is made. */
export function Predict({ change, verdict, score, disabled, onGuess, onNext }: PredictProps) {
  const card = useRef<HTMLElement>(null);
  const acted = useRef(false);
  useEffect(() => {
    if (acted.current && document.activeElement === document.body)
      card.current?.focus({ preventScroll: true });
    acted.current = false;
  }, [verdict?.truth, change.id]);
  const act = (then: () => void) => () => {
    acted.current = true;
    then();
  };
  const answered = verdict?.truth !== undefined;
  return (
    <section ref={card} class="sj-predict" tabIndex={-1} aria-label="신호의 여행에서 예측하기">
      {answered ? (
        <>
          <p class="sj-verdict" data-right={verdict.guess === verdict.truth ? "" : undefined}>
            {verdict.guess === verdict.truth ? "✓ 예측이 맞았습니다." : "✕ 예측과 달랐습니다."}{" "}
            {verdict.change.label}{" "}
            {verdict.truth ? `답이 바뀝니다: ${verdict.answers}.` : `답은 그대로 ${verdict.answers}입니다.`}
            {verdict.known && <small>이미 본 변화라 횟수에 넣지 않습니다.</small>}
          </p>
          <p>{verdict.change.lesson}</p>
        </>
      ) : (
        <p>
          <strong>예측해 보세요.</strong> 지금의 입력에서 {change.label} <b>답(가장 큰 확률)이 바뀔까요?</b>
        </p>
      )}
      <div class="sj-buttons">
        {answered ? (
          <Button kind="primary" onClick={act(onNext)}>
            다음 예측
          </Button>
        ) : (
          <>
            <Button kind="primary" disabled={disabled} onClick={act(() => onGuess(true))}>
              바뀐다
            </Button>
            <Button kind="primary" disabled={disabled} onClick={act(() => onGuess(false))}>
              그대로다
            </Button>
          </>
        )}
        <span class="sj-score">
          맞힌 예측 {score.right}/{score.total}, 잇달아 {score.streak}
        </span>
      </div>
    </section>
  );
}
