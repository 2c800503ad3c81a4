import { Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import type { Layer } from "./layers.ts";
import { ACTIVATION_NAMES } from "./names.ts";

const UNITS = [1, 2, 3, 4, 5, 8, 10, 16, 24, 32, 48, 64, 84, 120, 128, 256, 512, 1000, 1024, 2048, 4096];
const CHANNELS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 120, 128, 192, 256, 384, 512, 1024, 2048];
const WINDOWS = [1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 25, 32];
const REPEATS = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 36, 48, 64, 96];
const WIDTHS = [4, 8, 16, 32, 64, 128, 256, 512, 768, 1024, 2048, 4096, 12_288];
const HEADS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 96];

interface StepsProps {
  label: string;
  value: number;
  /** What can be set; the present value joins them. */
  among: readonly number[];
  unit?: string;
  onInput: (value: number) => void;
}

/** A slider over values that lie unevenly. */
function Among({ label, value, among, unit = "", onInput }: StepsProps) {
  const values = among.includes(value) ? among : [...among, value].sort((a, b) => a - b);
  return (
    <Slider
      label={label}
      value={values.indexOf(value)}
      min={0}
      max={values.length - 1}
      step={1}
      unit={unit}
      format={(at) => (values[at] ?? value).toLocaleString("ko")}
      onInput={(at) => onInput(values[at] ?? value)}
    />
  );
}

/** What can be changed about a layer. */
export function Fields({ layer, onChange }: { layer: Layer; onChange: (layer: Layer) => void }) {
  switch (layer.kind) {
    case "dense":
      return (
        <Among
          label="뉴런"
          value={layer.units}
          among={UNITS}
          unit="개"
          onInput={(units) => onChange({ ...layer, units })}
        />
      );
    case "convolution":
      return (
        <>
          <Among
            label="커널의 수 (출력 채널)"
            value={layer.channels}
            among={CHANNELS}
            unit="개"
            onInput={(channels) => onChange({ ...layer, channels })}
          />
          <Among
            label="커널의 크기"
            value={layer.window}
            among={WINDOWS}
            unit="칸"
            onInput={(window) => onChange({ ...layer, window })}
          />
          <Among
            label="스트라이드"
            value={layer.stride}
            among={[1, 2, 3, 4]}
            unit="칸"
            onInput={(stride) => onChange({ ...layer, stride })}
          />
          <Among
            label="채널 묶음"
            value={layer.groups}
            among={[1, 2, 4, 8]}
            unit="개"
            onInput={(groups) => onChange({ ...layer, groups })}
          />
          <Toggle
            label="둘레를 0으로 채우기"
            checked={layer.same}
            onChange={(same) => onChange({ ...layer, same })}
          />
          <Toggle label="편향" checked={layer.bias} onChange={(bias) => onChange({ ...layer, bias })} />
        </>
      );
    case "pool":
      return (
        <>
          <Segmented
            label="남기는 값"
            value={layer.how}
            options={[
              { value: "max", label: "가장 큰 값" },
              { value: "average", label: "평균" },
            ]}
            onChange={(how) => onChange({ ...layer, how })}
          />
          <Among
            label="창의 크기"
            value={layer.window}
            among={WINDOWS}
            unit="칸"
            onInput={(window) => onChange({ ...layer, window })}
          />
          <Among
            label="스트라이드"
            value={layer.stride}
            among={[1, 2, 3, 4]}
            unit="칸"
            onInput={(stride) => onChange({ ...layer, stride })}
          />
          <Toggle
            label="둘레를 채우기"
            checked={layer.same}
            onChange={(same) => onChange({ ...layer, same })}
          />
        </>
      );
    case "activation":
      return (
        <Segmented
          label="함수"
          value={layer.name}
          options={(["relu", "sigmoid", "tanh", "gelu"] as const).map((value) => ({
            value,
            label: ACTIVATION_NAMES[value],
          }))}
          onChange={(name) => onChange({ ...layer, name })}
        />
      );
    case "dropout":
      return (
        <Slider
          label="끄는 비율"
          value={layer.percent}
          min={0}
          max={90}
          step={10}
          unit="%"
          onInput={(percent) => onChange({ ...layer, percent })}
        />
      );
    case "embedding":
      return (
        <>
          <Among
            label="벡터의 너비"
            value={layer.width}
            among={WIDTHS}
            unit="칸"
            onInput={(width) => onChange({ ...layer, width })}
          />
          <Toggle
            label="자리마다 벡터 더하기"
            checked={layer.positions}
            onChange={(positions) => onChange({ ...layer, positions })}
          />
        </>
      );
    case "residual":
      return (
        <>
          <Among
            label="채널"
            value={layer.channels}
            among={CHANNELS}
            unit="개"
            onInput={(channels) => onChange({ ...layer, channels })}
          />
          <Among
            label="되풀이"
            value={layer.repeat}
            among={REPEATS}
            unit="번"
            onInput={(repeat) => onChange({ ...layer, repeat })}
          />
          <Among
            label="첫 블록의 스트라이드"
            value={layer.stride}
            among={[1, 2]}
            unit="칸"
            onInput={(stride) => onChange({ ...layer, stride })}
          />
          <Toggle
            label="병목 (1×1로 줄였다 늘리기)"
            checked={layer.bottleneck}
            onChange={(bottleneck) => onChange({ ...layer, bottleneck })}
          />
        </>
      );
    case "transformer":
      return (
        <>
          <Among
            label="어텐션 머리"
            value={layer.heads}
            among={HEADS}
            unit="개"
            onInput={(heads) => onChange({ ...layer, heads })}
          />
          <Among
            label="되풀이"
            value={layer.repeat}
            among={REPEATS}
            unit="번"
            onInput={(repeat) => onChange({ ...layer, repeat })}
          />
        </>
      );
    default:
      return null;
  }
}
