import { Button, More, Select, Slider, Toggle } from "../../ui/controls.tsx";
import { CLIP_NORM } from "./graph.ts";
import { type HealthState, MAX_DEPTH, MIN_DEPTH, RATES } from "./state.ts";
import { ACTIVATION_OPTIONS, DATA_OPTIONS, INIT_OPTIONS, NORM_OPTIONS, OPTIMIZER_OPTIONS } from "./words.ts";

export interface TreatmentProps {
  state: HealthState;
  set: (patch: Partial<HealthState>) => void;
  /** How many settings differ from those the patient came with, and how many may. */
  changes: number;
  allowed: number | undefined;
  onUndo: () => void;
}

/** Everything that may be tried on the patient. */
export function TreatmentPanel({ state, set, changes, allowed, onUndo }: TreatmentProps) {
  return (
    <fieldset class="gh-treatment">
      <legend>처방</legend>
      <p class="gh-count">
        {allowed === undefined ? (
          "설정을 마음대로 바꿉니다."
        ) : (
          <span>
            바꾼 설정 <strong>{changes}</strong>/{allowed}
            {changes > allowed && " (목표보다 많습니다)"}
          </span>
        )}
        {allowed !== undefined && (
          <Button kind="quiet" disabled={changes === 0} onClick={onUndo}>
            처방 되돌리기
          </Button>
        )}
      </p>
      <div class="gh-row">
        <Select
          label="활성화 함수"
          value={state.activation}
          options={ACTIVATION_OPTIONS}
          onChange={(activation) => set({ activation })}
        />
        <Select label="초기화" value={state.init} options={INIT_OPTIONS} onChange={(init) => set({ init })} />
        <Select label="정규화" value={state.norm} options={NORM_OPTIONS} onChange={(norm) => set({ norm })} />
        <Select
          label="학습률"
          value={state.rate}
          options={RATES.map((value) => ({ value, label: value }))}
          onChange={(rate) => set({ rate })}
        />
      </div>
      <div class="gh-toggles">
        <Toggle label="잔차 연결" checked={state.residual} onChange={(residual) => set({ residual })} />
        <Toggle
          label={`기울기 자르기 (전체 크기 ${CLIP_NORM}까지)`}
          checked={state.clip}
          onChange={(clip) => set({ clip })}
        />
      </div>
      <Slider
        label="은닉층 수"
        value={state.depth}
        min={MIN_DEPTH}
        max={MAX_DEPTH}
        step={1}
        unit="층"
        onInput={(depth) => set({ depth })}
      />
      <More label="더 보기: 옵티마이저, 데이터">
        <div class="gh-row">
          <Select
            label="옵티마이저"
            value={state.optimizer}
            options={OPTIMIZER_OPTIONS}
            onChange={(optimizer) => set({ optimizer })}
          />
          <Select
            label="데이터"
            value={state.data}
            options={DATA_OPTIONS}
            onChange={(data) => set({ data })}
          />
        </div>
      </More>
    </fieldset>
  );
}
