import { More, Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { type Axis, formulaText, placesOf, remarkText } from "./shape.ts";
import { LIMITS, type MicroscopeState } from "./state.ts";

const POOLS = [
  { value: "none", label: "없음" },
  { value: "max", label: "최댓값" },
  { value: "average", label: "평균" },
] as const;
const POOL_SIDES = (["2", "3", "4"] as const).map((value) => ({ value, label: `${value}×${value}` }));

interface SettingsProps {
  state: MicroscopeState;
  set: (patch: Partial<MicroscopeState>) => void;
  axis: Axis;
}

/** How the kernel moves, and the size that comes of it. */
export function Settings({ state, set, axis }: SettingsProps) {
  return (
    <div class="cm-settings">
      <Slider
        label="스트라이드"
        value={state.stride}
        min={1}
        max={LIMITS.stride}
        step={1}
        unit="칸"
        onInput={(stride) => set({ stride })}
      />
      <Slider
        label="패딩"
        value={state.padding}
        min={0}
        max={LIMITS.padding}
        step={1}
        unit="칸"
        onInput={(padding) => set({ padding })}
      />
      <Formula axis={axis} />
      <Segmented label="풀링" value={state.pool} options={POOLS} onChange={(pool) => set({ pool })} />
      {state.pool !== "none" && (
        <Segmented
          label="풀링의 창"
          value={state.poolSide}
          options={POOL_SIDES}
          onChange={(poolSide) => set({ poolSide })}
        />
      )}
      <Toggle label="ReLU: 음수는 0으로" checked={state.relu} onChange={(relu) => set({ relu })} />
      <More label="더 보기: 간격, 뒤집기, 보이는 방법">
        <Slider
          label="커널 칸 사이의 간격(dilation)"
          value={state.dilation}
          min={1}
          max={LIMITS.dilation}
          step={1}
          unit="칸"
          onInput={(dilation) => set({ dilation })}
        />
        <Toggle
          label="커널을 뒤집어 놓기 (수학의 합성곱)"
          checked={state.turn}
          onChange={(turn) => set({ turn })}
        />
        <Toggle
          label="결과를 0~255로 잘라 사진처럼 보기"
          checked={state.grey}
          onChange={(grey) => set({ grey })}
        />
      </More>
    </div>
  );
}

function Formula({ axis }: { axis: Axis }) {
  const { output, span } = placesOf(axis);
  const remark = remarkText(axis);
  return (
    <div class="cm-formula" data-impossible={output < 1 ? "" : undefined}>
      <p>
        결과의 한 변 = ⌊(그림 + 2×패딩 − 창) ÷ 스트라이드⌋ + 1
        <br />
        <b>{formulaText(axis)}</b>
      </p>
      {axis.dilation > 1 && (
        <p>
          간격을 두면 창이 {axis.dilation}×({axis.window} − 1) + 1 = {span}칸에 걸칩니다.
        </p>
      )}
      {remark !== "" && <p role={output < 1 ? "alert" : undefined}>{remark}</p>}
    </div>
  );
}
