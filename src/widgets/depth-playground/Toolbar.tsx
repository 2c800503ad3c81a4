import { Button, Segmented } from "../../ui/controls.tsx";
import type { PlaygroundState } from "./state.ts";

const PACE_OPTIONS = [
  { value: "slow", label: "느리게" },
  { value: "normal", label: "보통" },
  { value: "full", label: "최고" },
] as const;

export interface ToolbarProps {
  playing: boolean;
  disabled: boolean;
  pace: PlaygroundState["pace"];
  onPlay: () => void;
  onStep: () => void;
  onRestart: () => void;
  onPace: (pace: PlaygroundState["pace"]) => void;
}

export function Toolbar({ playing, disabled, pace, onPlay, onStep, onRestart, onPace }: ToolbarProps) {
  return (
    <div class="dp-toolbar">
      <Button kind="primary" disabled={disabled} onClick={onPlay}>
        {playing ? "잠시 멈춤" : "훈련 시작"}
      </Button>
      <Button disabled={disabled || playing} onClick={onStep}>
        한 걸음
      </Button>
      <Button onClick={onRestart} label="새로 시작: 가중치를 새로 뽑습니다">
        새로 시작
      </Button>
      <Segmented label="빠르기" value={pace} options={PACE_OPTIONS} onChange={onPace} />
    </div>
  );
}
