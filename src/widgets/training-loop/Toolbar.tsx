import { Button } from "../../ui/controls.tsx";
import type { Stage } from "./state.ts";

const PHASES = ["Forward", "Loss", "Backward", "Update"] as const;

/** Which of the four phases a stage belongs to; −1 before the first. */
function phaseOf(stage: Stage): number {
  if (stage === "start") return -1;
  if (stage === "forward") return 0;
  if (stage === "loss") return 1;
  return stage === "update" ? 3 : 2;
}

/** What the main button does next. */
function nextLabel(stage: Stage, missing: number): string {
  switch (stage) {
    case "start":
      return "앞으로 계산하기";
    case "forward":
      return "얼마나 틀렸나";
    case "loss":
      return "책임 되돌리기";
    case "ask-output":
    case "ask-hidden":
      return missing > 0 ? `${missing}개 더 짐작하기` : "확인하기";
    case "output":
      return "은닉층으로";
    case "hidden":
      return "아홉 개 고치기";
    case "update":
      return "다음 예로";
  }
}

/** The four phases of a step, and which one is at hand. */
export function Phase({ stage, playing }: { stage: Stage; playing: boolean }) {
  const phase = playing ? -1 : phaseOf(stage);
  return (
    <ol class="tl-phases" aria-label="학습의 네 단계">
      {PHASES.map((name, i) => (
        <li key={name} aria-current={phase === i ? "step" : undefined} data-done={i < phase ? "" : undefined}>
          {name}
        </li>
      ))}
    </ol>
  );
}

interface ToolbarProps {
  stage: Stage;
  playing: boolean;
  /** Guesses still to be made. */
  missing: number;
  onNext: () => void;
  onPlay: () => void;
}

/** The button to the next stage, and the one that runs. */
export function Toolbar({ stage, playing, missing, onNext, onPlay }: ToolbarProps) {
  return (
    <div class="tl-buttons">
      <Button kind="primary" disabled={playing || missing > 0} onClick={onNext}>
        {nextLabel(stage, missing)}
      </Button>
      <Button onClick={onPlay}>{playing ? "멈추기" : "달리기"}</Button>
    </div>
  );
}
