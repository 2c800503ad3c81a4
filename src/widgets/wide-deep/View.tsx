import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { planeDataset } from "../../data/plane.ts";
import { Button, More, Readout, Segmented, Select, Slider } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import {
  type ContestConfig,
  type ContestFrame,
  type ContestLive,
  contestConfig,
  pointsOfRepetition,
} from "./experiment.ts";
import { Rows } from "./Rows.tsx";
import { shapesWithin } from "./shapes.ts";
import { BUDGETS, SEEDS, STEPS, wideDeepState } from "./state.ts";
import { contestGoals, verdictText } from "./verdict.ts";
import "./wide-deep.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** Training steps a second: the engine would be done before anybody has looked. */
const PACE = 800;

const DATA = (["spiral", "xor", "circle", "gauss"] as const).map((value) => ({
  value,
  label: planeDataset(value).title,
}));
const ACTIVATIONS = [
  { value: "tanh", label: "tanh" },
  { value: "relu", label: "렐루" },
  { value: "sigmoid", label: "시그모이드" },
] as const;

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("wide-deep", wideDeepState, {}, place);
  const { state } = widget;
  const [attempt, setAttempt] = useState(0);
  const config = contestConfig(state);
  const shown = state.shown - 1;
  const lab = useLab<ContestConfig, ContestLive, ContestFrame>({
    startWorker,
    configKey: `${JSON.stringify(config)} ${attempt}`,
    config: () => config,
    live: { shown },
    pace: PACE,
    checkpoint: (before) => before,
    place,
  });
  const shapes = useMemo(() => shapesWithin(config.budget), [config.budget]);
  const points = useMemo(
    () => pointsOfRepetition(config, shown).train,
    [config.data, config.noise, config.seed, shown],
  );
  // A frame of the contest before must not be judged as one of this.
  const frame = lab.frame?.accuracies.length === shapes.length ? lab.frame : undefined;
  const finished = frame !== undefined && frame.steps >= STEPS;
  useEffect(() => {
    // Only when the end is reached: a contest begun anew still shows the frame of the one before for a moment.
    if (finished) lab.pause();
  }, [finished]);

  const restart = (seed: number, play: boolean) => {
    if (play) lab.play();
    else lab.pause();
    widget.set({ seed });
    setAttempt(attempt + 1);
  };
  const verdict = frame ? verdictText(shapes, frame) : "준비하고 있습니다.";

  return (
    <WidgetFrame
      widget="wide-deep"
      title={WIDGETS["wide-deep"].title}
      instruction={`훈련 시작을 누르세요. 파라미터 수가 비슷한 신경망들을 씨앗을 바꾸어 ${SEEDS}번씩 훈련합니다.`}
      goals={contestGoals(frame)}
      description={`${planeDataset(state.data).title} 데이터를 가르는 시합입니다. 파라미터 ${state.budget}개 이하로 만든 은닉층 ${shapes.map(({ hidden }) => hidden.length).join(", ")}개짜리 신경망을 씨앗마다 한 번씩 ${SEEDS}번 훈련합니다. 점 하나가 한 번의 훈련이고, 오른쪽일수록 시험 정확도가 높습니다. ${verdict}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        setAttempt(attempt + 1);
      }}
      encodedState={() => wideDeepState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={lab.playing ? "훈련하고 있습니다." : frame && frame.steps > 0 ? verdict : ""}
    >
      <div class="wd" ref={place}>
        <div class="wd-toolbar">
          <Button
            kind="primary"
            onClick={() => (lab.playing ? lab.pause() : finished ? restart(state.seed, true) : lab.play())}
          >
            {lab.playing ? "멈춤" : finished ? "한 번 더" : "훈련 시작"}
          </Button>
          <Button onClick={() => restart(state.seed + SEEDS > 999_990 ? 1 : state.seed + SEEDS, false)}>
            다른 씨앗으로
          </Button>
          <Readout
            label="걸음"
            value={`${(frame?.steps ?? 0).toLocaleString("ko")} / ${STEPS.toLocaleString("ko")}`}
          />
        </div>
        <div class="wd-choices">
          <Segmented
            label="데이터"
            value={state.data}
            options={DATA}
            onChange={(data) => widget.set({ data })}
          />
          <Segmented
            label="파라미터 예산"
            value={state.budget}
            options={BUDGETS.map((value) => ({ value, label: value }))}
            onChange={(budget) => widget.set({ budget })}
          />
        </div>
        <Rows lab={lab} frame={frame} shapes={shapes} points={points} shown={shown} />
        <p class="wd-verdict">{verdict}</p>
        <More label="더 보기: 활성화 함수, 잡음, 그림의 씨앗">
          <Select
            label="활성화 함수"
            value={state.activation}
            options={ACTIVATIONS}
            onChange={(activation) => widget.set({ activation })}
          />
          <Slider
            label="잡음"
            value={state.noise}
            min={0}
            max={50}
            step={5}
            unit="%"
            onInput={(noise) => widget.set({ noise })}
          />
          <Slider
            label="그림으로 볼 훈련"
            value={state.shown}
            min={1}
            max={SEEDS}
            step={1}
            format={(value) => `${value}번째 씨앗`}
            onInput={(value) => widget.set({ shown: value })}
          />
        </More>
      </div>
    </WidgetFrame>
  );
}
