import { Button, More, Segmented, Toggle } from "../../ui/controls.tsx";
import { LOOKS } from "./looks.ts";
import type { DrivingState } from "./state.ts";
import { LOOK_NAMES, SPEED_NAMES } from "./text.ts";

const LOOK_OPTIONS = LOOKS.map((value) => ({ value, label: LOOK_NAMES[value] }));
const SPEED_OPTIONS = (["slow", "normal", "fast"] as const).map((value) => ({
  value,
  label: SPEED_NAMES[value],
}));
/** Roads of a kind that the page draws. */
const ROADS = 99;

export interface OptionsProps {
  readonly state: DrivingState;
  readonly set: (patch: Partial<DrivingState>) => void;
  readonly still: boolean;
  readonly onStill: (still: boolean) => void;
}

/** The light, and what is not needed at first. */
export function Options({ state, set, still, onStill }: OptionsProps) {
  return (
    <>
      <Segmented label="빛" value={state.look} options={LOOK_OPTIONS} onChange={(look) => set({ look })} />
      <More label="더 보기: 다른 길, 빠르기, 보는 법">
        <Button disabled={state.kind === "straight"} onClick={() => set({ road: (state.road % ROADS) + 1 })}>
          {`다른 길로 (지금 ${state.road}번)`}
        </Button>
        <Segmented
          label="빠르기"
          value={state.speed}
          options={SPEED_OPTIONS}
          onChange={(speed) => set({ speed })}
        />
        <Toggle
          label="큰 창도 신경망이 보는 그림으로"
          checked={state.pixels}
          onChange={(pixels) => set({ pixels })}
        />
        <Toggle label="누를 때마다 0.5초씩만 움직이기" checked={still} onChange={onStill} />
        <Button onClick={() => set({ seed: (state.seed % 999) + 1 })}>
          {`첫 가중치 바꾸기 (씨앗 ${state.seed})`}
        </Button>
      </More>
    </>
  );
}
