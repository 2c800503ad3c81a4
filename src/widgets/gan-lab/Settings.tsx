import { More, Segmented, Select, Slider, Toggle } from "../../ui/controls.tsx";
import { type GanState, MAX_LAYERS } from "./state.ts";
import { OBJECTIVE_OPTIONS } from "./text.ts";

interface SettingsProps {
  state: GanState;
  set: (patch: Partial<GanState>) => void;
}

/** Rates lie on a logarithmic scale: the slider holds tenths of a power of ten. */
const rateSlider = (rate: number) => Math.round(10 * Math.log10(rate));
const rateOf = (position: number) => Number((10 ** (position / 10)).toPrecision(2));
const WIDTHS = (["4", "8", "16", "32"] as const).map((value) => ({ value, label: value }));

function Rate({ label, rate, onInput }: { label: string; rate: number; onInput: (rate: number) => void }) {
  return (
    <Slider
      label={label}
      value={rateSlider(rate)}
      min={-40}
      max={-5}
      step={1}
      format={() => String(rate)}
      onInput={(position) => onInput(rateOf(position))}
    />
  );
}

/** The balance between the two sides: these take effect while training runs. */
export function Balance({ state, set }: SettingsProps) {
  return (
    <div class="gan-balance">
      <fieldset>
        <legend>생성자</legend>
        <Rate
          label="생성자 학습률"
          rate={state.generatorRate}
          onInput={(generatorRate) => set({ generatorRate })}
        />
        <Slider
          label="한 판에 생성자 걸음"
          value={state.generatorSteps}
          min={1}
          max={10}
          step={1}
          onInput={(generatorSteps) => set({ generatorSteps })}
        />
      </fieldset>
      <fieldset>
        <legend>판별자</legend>
        <Rate
          label="판별자 학습률"
          rate={state.discriminatorRate}
          onInput={(discriminatorRate) => set({ discriminatorRate })}
        />
        <Slider
          label="한 판에 판별자 걸음"
          value={state.discriminatorSteps}
          min={1}
          max={10}
          step={1}
          onInput={(discriminatorSteps) => set({ discriminatorSteps })}
        />
      </fieldset>
    </div>
  );
}

export function Settings({ state, set }: SettingsProps) {
  return (
    <More label="더 보기: 손실, 층, 잡음, 그림">
      <Select
        label="손실"
        value={state.objective}
        options={OBJECTIVE_OPTIONS}
        onChange={(objective) => set({ objective })}
      />
      <div class="gan-networks">
        <Slider
          label="생성자 은닉층"
          value={state.generatorDepth}
          min={1}
          max={MAX_LAYERS}
          step={1}
          onInput={(generatorDepth) => set({ generatorDepth })}
        />
        <Segmented
          label="생성자 층의 뉴런 수"
          value={state.generatorWidth}
          options={WIDTHS}
          onChange={(generatorWidth) => set({ generatorWidth })}
        />
        <Slider
          label="판별자 은닉층"
          value={state.discriminatorDepth}
          min={1}
          max={MAX_LAYERS}
          step={1}
          onInput={(discriminatorDepth) => set({ discriminatorDepth })}
        />
        <Segmented
          label="판별자 층의 뉴런 수"
          value={state.discriminatorWidth}
          options={WIDTHS}
          onChange={(discriminatorWidth) => set({ discriminatorWidth })}
        />
      </div>
      <Segmented
        label="잡음 벡터의 길이"
        value={state.latent}
        options={(["1", "2", "8"] as const).map((value) => ({ value, label: value }))}
        onChange={(latent) => set({ latent })}
      />
      <Segmented
        label="최적화 방법"
        value={state.optimizer}
        options={[
          { value: "adam", label: "Adam" },
          { value: "sgd", label: "경사하강법" },
        ]}
        onChange={(optimizer) => set({ optimizer })}
      />
      <div class="gan-toggles">
        <Toggle label="판별자의 바탕색" checked={state.showMap} onChange={(showMap) => set({ showMap })} />
        <Toggle
          label="기울기 화살표"
          checked={state.showArrows}
          onChange={(showArrows) => set({ showArrows })}
        />
        <Toggle
          label="생성자가 구부린 잡음 격자"
          checked={state.showManifold}
          onChange={(showManifold) => set({ showManifold })}
        />
      </div>
    </More>
  );
}
