import { useRef, useState } from "preact/hooks";
import { Button, Readout, Slider, Toggle } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Chart, Mark } from "./Chart.tsx";
import { HIDDEN, LEARNERS, type LearnerId, parametersOf, STEPS } from "./experiment.ts";
import { moreDataGoals } from "./goals.ts";
import { DOWNLOAD_BYTES } from "./protocol.ts";
import { accuraciesOf, countText, findings, guessError, isComplete, meanOf, percent } from "./results.ts";
import { moreDataState, REPETITIONS, SIZES, soundState } from "./state.ts";
import { type Experiment, useExperiment } from "./use-experiment.ts";
import "./more-data.css";

const NAMES: Readonly<Record<LearnerId, string>> = {
  large: `큰 신경망 (렐루 뉴런 ${HIDDEN.large}개, 파라미터 ${parametersOf(HIDDEN.large).toLocaleString("en")}개)`,
  small: `작은 신경망 (tanh 뉴런 ${HIDDEN.small}개, 파라미터 ${parametersOf(HIDDEN.small).toLocaleString("en")}개)`,
  nearest: "가장 가까운 훈련 그림을 찾아 그 답을 따르기 (신경망 아님)",
};
const ALL = LEARNERS.length * SIZES.length;

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("more-data", moreDataState, {}, place);
  const state = soundState(widget.state);
  const lab = useExperiment(place);
  const { cells, phase } = lab;
  /** The guess that stood when the experiment began. */
  const [guessed, setGuessed] = useState<readonly number[]>();
  const busy = phase === "loading" || phase === "running";
  const lines = findings(cells);
  const error = guessed && guessError(cells, guessed);

  const begin = (repetitions: number, seed = state.seed) => {
    if (guessed === undefined) setGuessed(state.guess);
    lab.start(seed, repetitions);
  };
  const again = () => {
    const seed = state.seed + REPETITIONS > 999_990 ? 1 : state.seed + REPETITIONS;
    widget.set({ seed });
    begin(1, seed);
  };
  const restart = () => {
    lab.clear();
    setGuessed(undefined);
  };
  const reading = LEARNERS.map((learner) => {
    const values = accuraciesOf(cells, learner, state.size);
    return { learner, values };
  });

  return (
    <WidgetFrame
      widget="more-data"
      title={WIDGETS["more-data"].title}
      instruction={
        guessed
          ? "점 하나가 한 번의 훈련입니다. 크기를 골라 읽어 보세요."
          : "훈련 그림을 늘리면 큰 신경망의 정확도는 어떻게 변할까요? 점 여섯 개를 끌어 예측한 뒤 재어 보세요."
      }
      goals={moreDataGoals(state, cells, guessed)}
      description={`손글씨 숫자를 훈련 그림 ${SIZES.map(countText).join(", ")}으로 배우고 같은 시험 그림 2,000장으로 잰 정확도입니다. 가로축은 훈련 그림의 수(로그 눈금), 세로축은 ${state.logError ? "오류율(로그 눈금)" : "정확도"}입니다. ${lines.join(" ") || "아직 재지 않았습니다."}`}
      onReset={() => {
        restart();
        widget.reset();
      }}
      encodedState={() => moreDataState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={announce(lab, lines)}
    >
      <div class="md" ref={place}>
        <div class="md-tools">
          {busy ? (
            <Button kind="primary" onClick={lab.stop}>
              멈춤
            </Button>
          ) : (
            <Button kind="primary" onClick={() => (cells.length > 0 ? again() : begin(1))}>
              {cells.length > 0 ? "다른 씨앗으로 재기" : "이 예측으로 재어 보기"}
            </Button>
          )}
          <Button disabled={busy} onClick={() => begin(REPETITIONS)}>
            {`${REPETITIONS}번 되풀이`}
          </Button>
          {guessed && (
            <Button kind="quiet" onClick={restart}>
              예측 다시 하기
            </Button>
          )}
        </div>
        <p class="md-progress">{progressText(lab)}</p>
        <Chart
          state={guessed ? { ...state, guess: guessed } : state}
          cells={cells}
          open={guessed === undefined}
          onGuess={(guess) => widget.set({ guess })}
        />
        <ul class="md-legend">
          <li class="md-key-guess">
            <span aria-hidden="true" /> 내 예측 (큰 신경망)
          </li>
          {(["large", "small", "nearest"] as const).map((learner) => (
            <li key={learner}>
              <svg class="md-key" viewBox="0 0 16 16" aria-hidden="true">
                <Mark learner={learner} x={8} y={8} />
              </svg>{" "}
              {NAMES[learner]}
            </li>
          ))}
        </ul>
        <Slider
          label="읽을 크기: 훈련 그림"
          value={state.size}
          min={0}
          max={SIZES.length - 1}
          step={1}
          format={(size) => countText(SIZES[size]!)}
          onInput={(size) => widget.set({ size })}
        />
        <div class="md-readouts">
          {reading.map(({ learner, values }) => (
            <Readout
              key={learner}
              label={{ small: "작은 신경망", large: "큰 신경망", nearest: "가까운 그림" }[learner]}
              value={readingText(values)}
            />
          ))}
        </div>
        <Toggle
          label="오류율을 로그 눈금으로 보기"
          checked={state.logError}
          onChange={(logError) => widget.set({ logError })}
        />
        <div class="md-findings">
          {error && (
            <p>
              내 예측은 실제와 평균 {error.mean.toFixed(0)}%p, 가장 크게는 {error.largest.toFixed(0)}%p
              달랐습니다.
            </p>
          )}
          {lines.length > 0 ? (
            lines.map((line) => <p key={line}>{line}</p>)
          ) : (
            <p>모든 크기를 재고 나면 여기에 무엇이 나왔는지 적습니다.</p>
          )}
        </div>
        <p class="md-note">
          세 방법 모두 28×28 그림을 14×14로 줄여 씁니다. 신경망은 그림이 몇 장이든{" "}
          {STEPS.toLocaleString("en")}
          걸음씩 훈련합니다. 되풀이할 때마다 훈련 그림과 첫 가중치를 새로 뽑습니다.
        </p>
      </div>
    </WidgetFrame>
  );
}

function readingText(values: readonly number[]): string {
  if (values.length === 0) return "–";
  if (values.length === 1) return percent(values[0]!);
  return `${percent(meanOf(values))} (${percent(Math.min(...values))}~${percent(Math.max(...values))})`;
}

function progressText({ phase, cells, loaded }: Experiment): string {
  if (phase === "loading") {
    return loaded < 1
      ? `숫자 그림을 받고 있습니다: ${Math.round(100 * loaded)}%`
      : "훈련을 준비하고 있습니다.";
  }
  if (phase === "running") {
    const { repetition } = cells.at(-1)!;
    return `${repetition + 1}번째: ${cells.length - repetition * ALL}/${ALL}`;
  }
  if (phase === "done") return `다 쟀습니다. 훈련과 비교 ${cells.length}번.`;
  if (phase === "failed") return "끝까지 재지 못했습니다.";
  return cells.length > 0
    ? `멈췄습니다. 지금까지 ${cells.length}번 쟀습니다.`
    : `처음 한 번 숫자 그림 ${(DOWNLOAD_BYTES / 1e6).toFixed(1)} MB를 받습니다. 훈련은 이 기기에서 합니다.`;
}

/** Spoken when something ends; while it runs silence is kinder. */
function announce({ phase, cells }: Experiment, lines: readonly string[]): string {
  if (phase === "loading") return "숫자 그림을 받고 있습니다.";
  if (phase === "running") return isComplete(cells, 1) ? "한 번을 다 쟀습니다." : "재고 있습니다.";
  return phase === "done" ? lines.join(" ") : "";
}
