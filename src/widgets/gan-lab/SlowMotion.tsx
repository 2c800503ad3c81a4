import { Button } from "../../ui/controls.tsx";
import { SCENES, SLOW_STEPS } from "./text.ts";

export interface SlowMotionProps {
  /** The part shown, from 0. */
  scene: number;
  onNext: () => void;
  onClose: () => void;
}

/** One round, part by part, each with its sentence. */
export function SlowMotion({ scene, onNext, onClose }: SlowMotionProps) {
  const { title, caption } = SCENES[scene]!;
  return (
    <div class="gan-slow">
      <p class="gan-slow-title">
        <span>
          {scene + 1}/{SCENES.length}
        </span>{" "}
        {title}
      </p>
      <p class="gan-slow-caption">{caption}</p>
      {(scene === 3 || scene === 5) && (
        <p class="gan-hint">
          한 걸음은 너무 작아 보이지 않습니다. 여기서는 {SLOW_STEPS}걸음을 한꺼번에 합니다.
        </p>
      )}
      <div class="gan-buttons">
        <Button kind="primary" onClick={onNext}>
          {scene === SCENES.length - 1 ? "다음 판" : "다음"}
        </Button>
        <Button onClick={onClose}>그만 보기</Button>
      </div>
    </div>
  );
}
