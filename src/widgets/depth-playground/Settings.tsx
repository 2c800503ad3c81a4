import { PLANE_DATASETS } from "../../data/plane.ts";
import { Button, More, Segmented, Select, Slider, Toggle } from "../../ui/controls.tsx";
import {
  BATCH_SIZES,
  isRegression,
  LEARNING_RATES,
  type PlaygroundState,
  REGULARIZATION_RATES,
} from "./state.ts";
import { ACTIVATION_OPTIONS, OPTIMIZER_OPTIONS } from "./text.ts";

interface SettingsProps {
  state: PlaygroundState;
  set: (patch: Partial<PlaygroundState>) => void;
}

const same = <T extends string>(values: readonly T[]) => values.map((value) => ({ value, label: value }));

export function DataSettings({ state, set }: SettingsProps) {
  const options = PLANE_DATASETS.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <div class="dp-group">
      <Segmented label="데이터" value={state.data} options={options} onChange={(data) => set({ data })} />
      <More label="데이터 더 보기">
        <Slider
          label="잡음"
          value={state.noise}
          min={0}
          max={50}
          step={5}
          unit="%"
          onInput={(noise) => set({ noise })}
        />
        <Slider
          label="훈련에 쓰는 비율"
          value={state.split}
          min={10}
          max={90}
          step={10}
          unit="%"
          onInput={(split) => set({ split })}
        />
        <Toggle label="시험 데이터도 보기" checked={state.test} onChange={(test) => set({ test })} />
        <Toggle
          label="출력을 두 색으로만 보기"
          checked={state.discrete}
          onChange={(discrete) => set({ discrete })}
        />
        {state.points.length > 0 && (
          <Button onClick={() => set({ points: [] })}>직접 찍은 점 {state.points.length}개 지우기</Button>
        )}
      </More>
    </div>
  );
}

export function LearningSettings({ state, set }: SettingsProps) {
  return (
    <div class="dp-group">
      <div class="dp-row">
        <Select
          label="활성화 함수"
          value={state.activation}
          options={ACTIVATION_OPTIONS}
          onChange={(activation) => set({ activation })}
        />
        <Select
          label="학습률"
          value={state.rate}
          options={same(LEARNING_RATES)}
          onChange={(rate) => set({ rate })}
        />
      </div>
      <More label="학습 더 보기">
        <div class="dp-row">
          <Select
            label="최적화 방법"
            value={state.optimizer}
            options={OPTIMIZER_OPTIONS}
            onChange={(optimizer) => set({ optimizer })}
          />
          <Select
            label="배치 크기"
            value={state.batch}
            options={same(BATCH_SIZES)}
            onChange={(batch) => set({ batch })}
          />
          <Select
            label="손실 함수"
            value={isRegression(state.data) ? "mse" : state.loss}
            disabled={isRegression(state.data)}
            options={[
              { value: "mse", label: "평균제곱오차(MSE)" },
              { value: "bce", label: "교차 엔트로피" },
            ]}
            onChange={(loss) => set({ loss })}
          />
          <Select
            label="규제"
            value={state.regularization}
            options={[
              { value: "none", label: "없음" },
              { value: "l1", label: "L1" },
              { value: "l2", label: "L2" },
            ]}
            onChange={(regularization) => set({ regularization })}
          />
          <Select
            label="규제 강도"
            value={state.regularizationRate}
            disabled={state.regularization === "none"}
            options={same(REGULARIZATION_RATES)}
            onChange={(regularizationRate) => set({ regularizationRate })}
          />
        </div>
        <Toggle
          label="층마다 기울기 크기 보기"
          checked={state.gradients}
          onChange={(gradients) => set({ gradients })}
        />
      </More>
    </div>
  );
}
