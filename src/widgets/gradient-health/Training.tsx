import { Button, Readout } from "../../ui/controls.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { sizeText } from "./findings.ts";
import { Picture } from "./Picture.tsx";
import { type HealthFrame, TRIAL } from "./trainer.ts";

export interface TrainingProps {
  lab: LabHandle<HealthFrame, never>;
  frame: HealthFrame | undefined;
  /** The trial is over. */
  finished: boolean;
  /** What is said when the numbers ran out. */
  diverged: string | undefined;
  onPlay: () => void;
  onRestart: () => void;
  onSeed: () => void;
}

/** Starts and stops training, and shows what has come of it. */
export function Training(props: TrainingProps) {
  const { lab, frame, finished, diverged, onPlay, onRestart, onSeed } = props;
  const stuck = diverged !== undefined;
  return (
    <div class="gh-training">
      <div class="gh-tools">
        <Button kind="primary" disabled={stuck} onClick={onPlay}>
          {lab.playing ? "잠시 멈춤" : finished ? `${TRIAL.toLocaleString("en")}걸음 더` : "훈련 시작"}
        </Button>
        <Button disabled={lab.playing || stuck} onClick={() => lab.step(1)}>
          한 걸음
        </Button>
        <Button onClick={onRestart}>처음부터</Button>
        <Button label="다른 씨앗: 다른 점과 다른 첫 가중치로" onClick={onSeed}>
          다른 씨앗
        </Button>
      </div>
      {diverged && (
        <p class="gh-diverged" role="alert">
          {diverged}
        </p>
      )}
      <div class="gh-result">
        <Picture lab={lab} />
        <div class="gh-readouts">
          <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("en")} />
          <Readout label="손실" value={frame ? sizeText(frame.loss) : "–"} />
          <Readout label="시험 정확도" value={accuracyText(frame)} />
        </div>
      </div>
    </div>
  );
}

/** Outputs that are no numbers are right for nobody; then there is no accuracy. */
const accuracyText = (frame: HealthFrame | undefined): string =>
  frame && Number.isFinite(frame.loss) ? `${(frame.testAccuracy * 100).toFixed(1)}%` : "–";
