import type { WordUnit } from "../../data/words.ts";
import { More, Segmented, Select, Slider } from "../../ui/controls.tsx";
import type { OwnGptState } from "./state.ts";

const plain = <const T extends string>(values: readonly T[]) =>
  values.map((value) => ({ value, label: value }));

const UNIT_NAMES: Readonly<Record<WordUnit, string>> = { syllable: "음절", jamo: "자모" };

export interface SettingsProps {
  state: OwnGptState;
  set: (patch: Partial<OwnGptState>) => void;
  /** What the text is cut into at the moment; `undefined` for a puzzle. */
  unit: WordUnit | undefined;
}

/** The network's sizes, the learning rate, and how a text is cut and drawn from. */
export function Settings({ state, set, unit }: SettingsProps) {
  return (
    <More label="더 보기: 층, 머리, 폭, 학습률">
      <Segmented
        label="층 수"
        value={state.layers}
        options={plain(["1", "2", "3", "4"])}
        onChange={(layers) => set({ layers })}
      />
      <Segmented
        label="층마다 어텐션 머리 수"
        value={state.heads}
        options={plain(["1", "2", "4"])}
        onChange={(heads) => set({ heads })}
      />
      <Segmented
        label="폭(토큰 하나를 나타내는 수의 개수)"
        value={state.width}
        options={plain(["32", "64", "96"])}
        onChange={(width) => set({ width })}
      />
      <Select
        label="학습률"
        value={state.rate}
        options={plain(["0.0003", "0.001", "0.003", "0.01"])}
        onChange={(rate) => set({ rate })}
      />
      {unit && (
        <>
          <Segmented
            label="토큰의 단위"
            value={state.unit}
            options={[
              { value: "auto", label: `글에 맞추어(${UNIT_NAMES[unit]})` },
              { value: "syllable", label: "음절" },
              { value: "jamo", label: "자모" },
            ]}
            onChange={(own) => set({ unit: own })}
          />
          <Slider
            label="온도"
            value={state.temperature}
            min={0}
            max={2}
            step={0.1}
            format={(value) => value.toFixed(1)}
            onInput={(temperature) => set({ temperature })}
          />
        </>
      )}
      <p class="og-hint">
        층, 머리, 폭, 단위를 바꾸면 새 신경망으로 처음부터 배웁니다. 학습률은 훈련하면서 바꿀 수 있고, 처음
        40걸음 동안은 그 값까지 서서히 올립니다.
      </p>
    </More>
  );
}
