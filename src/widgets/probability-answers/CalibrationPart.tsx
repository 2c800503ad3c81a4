import { useMemo, useState } from "preact/hooks";
import { VOWELS } from "../../data/vowels.ts";
import { linePath } from "../../draw/series.ts";
import { formantSamples } from "../../models/formant-network.ts";
import { Button, More, Readout, Segmented } from "../../ui/controls.tsx";
import { fitTemperature, type Reliability } from "./calibration.ts";
import { BinTable, Diagram } from "./Diagram.tsx";
import { Plane } from "./Plane.tsx";
import { type PartProps, Temperature } from "./SoftmaxPart.tsx";
import { COUNTS } from "./state.ts";
import { percent } from "./text.ts";
import { type HistoryPoint, heldOut, LAST_STEP, type TrainFrame } from "./trainer.ts";

export interface CalibrationProps extends PartProps {
  frame: TrainFrame | undefined;
  /** Of the network as it is, and with the temperature chosen. */
  plain: Reliability | undefined;
  cooled: Reliability | undefined;
  playing: boolean;
  onPlay: () => void;
  onPause: () => void;
  onRestart: (patch: Partial<PartProps["state"]>) => void;
}

const GUESSES = [
  { value: "above", label: "확신이 더 크다" },
  { value: "equal", label: "거의 같다" },
  { value: "below", label: "정확도가 더 크다" },
] as const;
type Guess = (typeof GUESSES)[number]["value"];

/** Nearer than this, confidence and accuracy count as equal. */
const EQUAL = 0.03;

export function outcomeOf({ confidence, accuracy }: Pick<Reliability, "confidence" | "accuracy">): Guess {
  if (Math.abs(confidence - accuracy) <= EQUAL) return "equal";
  return confidence > accuracy ? "above" : "below";
}

/** A network trained for too long, its confidence held against what it gets right. */
export function CalibrationPart(props: CalibrationProps) {
  const { state, set, frame, plain, cooled, playing } = props;
  const [guess, setGuess] = useState<Guess>();
  const train = useMemo(() => formantSamples(Number(state.count), state.seed), [state.count, state.seed]);
  const fitLabels = useMemo(() => heldOut(state.seed).fit.labels, [state.seed]);
  const finished = frame !== undefined && frame.steps >= LAST_STEP;
  const restart = (patch: Partial<PartProps["state"]>) => {
    setGuess(undefined);
    props.onRestart(patch);
  };
  if (!frame || !plain || !cooled) return <p class="pa-note">신경망을 준비하고 있습니다.</p>;
  const fit = () =>
    set({
      cooling:
        Math.round(fitTemperature({ logits: frame.fit, labels: fitLabels, classes: VOWELS.length }) * 100) /
        100,
    });
  return (
    <div class="pa-part">
      <div class="pa-side">
        <Segmented
          label="훈련할 사람의 수"
          value={state.count}
          options={COUNTS.map((value) => ({ value, label: `${value}명` }))}
          onChange={(count) => restart({ count, cooling: 1 })}
        />
        {guess === undefined && !playing && frame.steps === 0 ? (
          <section class="pa-predict" aria-label="예측하기">
            <p>
              <strong>예측해 보세요.</strong> 모음을 두 포먼트로 가려내는 신경망을 {state.count}명의 소리로
              아주 오래(
              {LAST_STEP.toLocaleString("ko")}걸음) 훈련합니다. 처음 듣는 사람들에게 답할 때, 평균 확신과
              정확도 가운데 어느 쪽이 클까요?
            </p>
            <div class="pa-buttons">
              {GUESSES.map(({ value, label }) => (
                <Button
                  key={value}
                  kind="primary"
                  onClick={() => {
                    setGuess(value);
                    props.onPlay();
                  }}
                >
                  {label}
                </Button>
              ))}
            </div>
          </section>
        ) : (
          <section class="pa-predict" aria-label="훈련">
            <div class="pa-buttons">
              <Button
                kind="primary"
                onClick={() => (playing ? props.onPause() : finished ? restart({}) : props.onPlay())}
              >
                {playing ? "여기서 멈추기" : finished ? "처음부터 다시" : "이어서 훈련"}
              </Button>
              <Button onClick={() => restart({ seed: (state.seed % 99_999) + 1, cooling: 1 })}>
                다른 씨앗으로
              </Button>
            </div>
            <p class="pa-verdict" data-right={guess === outcomeOf(plain) ? "" : undefined}>
              {finished && guess !== undefined
                ? `${guess === outcomeOf(plain) ? "✓ 예측이 맞았습니다." : "✕ 예측과 달랐습니다."} ${gapText(plain)}`
                : gapText(plain)}
            </p>
          </section>
        )}
        <div class="pa-facts">
          <Readout label="걸음" value={`${frame.steps} / ${LAST_STEP}`} />
          <Readout label="정확도" value={percent(plain.accuracy)} />
          <Readout label={`평균 확신 (온도 ${state.cooling})`} value={percent(cooled.confidence)} />
          <Readout label={`ECE (온도 ${state.cooling})`} value={percent(cooled.ece)} />
        </div>
        <History points={frame.history} />
        <Plane
          logits={frame.plane}
          temperature={state.cooling}
          points={train.inputs[0]}
          labels={train.labels}
        />
      </div>
      <div class="pa-side">
        <Diagram
          reliability={cooled}
          label={`신뢰도 그림. ${topText(cooled)} 보정 오차 ${percent(cooled.ece)}.`}
        />
        <p class="pa-note">
          막대는 칸마다 실제로 맞은 비율입니다. 점선에 닿아야 말한 만큼 맞은 것입니다.{" "}
          <span class="pa-key-over" /> 말한 것보다 덜 맞음 <span class="pa-key-under" /> 말한 것보다 더 맞음.
          아래 막대는 답의 수입니다.
        </p>
        <p class="pa-headline">{topText(cooled)}</p>
        <Temperature label="온도 T" value={state.cooling} onInput={(cooling) => set({ cooling })} />
        <div class="pa-buttons">
          <Button onClick={fit}>온도 맞추기</Button>
          <Button disabled={state.cooling === 1} onClick={() => set({ cooling: 1 })}>
            온도 1로
          </Button>
        </div>
        <p class="pa-note">
          온도는 따로 둔 2,000명의 답으로 맞추고, 그림은 또 다른 2,000명의 답으로 그립니다. 온도를 바꾸어도
          답의 순서는 그대로라 정확도는 변하지 않습니다. 온도 1의 ECE는 {percent(plain.ece)}입니다.
        </p>
        <More label="더 보기: 표로 보기">
          <BinTable reliability={cooled} />
        </More>
      </div>
    </div>
  );
}

/** How far confidence and accuracy lie apart in the network as it is. */
export function gapText({ confidence, accuracy }: Reliability): string {
  const gap = `${(Math.abs(confidence - accuracy) * 100).toFixed(1)}%p`;
  if (Math.abs(confidence - accuracy) <= EQUAL)
    return `온도 1에서 평균 확신과 정확도의 차이가 ${gap}로 거의 같습니다.`;
  return `온도 1에서 평균 확신이 정확도보다 ${gap} ${confidence > accuracy ? "큽니다" : "작습니다"}.`;
}

/** What is to be thought of “95 %”: the bin of the most confident answers. */
export function topText({ bins }: Reliability): string {
  const { count, confidence, accuracy } = bins.at(-1)!;
  if (count === 0) return "90% 넘게 확신한 답이 없습니다.";
  return `90% 넘게(평균 ${percent(confidence)}) 확신한 답 ${count.toLocaleString("ko")}개 가운데 ${percent(accuracy)}가 맞았습니다.`;
}

const BOX = { width: 300, height: 80 };

/** Accuracy and mean confidence on the held-out speakers while the network trains. */
function History({ points }: { points: readonly HistoryPoint[] }) {
  const steps = points.map(({ step }) => step);
  const range = { step: [0, LAST_STEP], value: [0.5, 1] } as const;
  const last = points.at(-1);
  return (
    <figure class="pa-history">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`훈련하는 동안의 정확도와 평균 확신. 지금 ${percent(last?.accuracy ?? 0)}, ${percent(last?.confidence ?? 0)}`}
      >
        <path
          class="pa-confidence"
          d={linePath(
            steps,
            points.map(({ confidence }) => confidence),
            range,
            BOX,
          )}
        />
        <path
          class="pa-accuracy"
          d={linePath(
            steps,
            points.map(({ accuracy }) => accuracy),
            range,
            BOX,
          )}
        />
      </svg>
      <figcaption>
        훈련하는 동안: <span class="pa-key-accuracy" /> 정확도 <span class="pa-key-confidence" /> 평균 확신
        (세로 50~100%, 온도 1)
      </figcaption>
    </figure>
  );
}
