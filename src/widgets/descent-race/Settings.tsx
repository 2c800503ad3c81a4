import { Button, More, Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { BATCH, RACERS, type Racer } from "./race.ts";
import { RACER_LOOKS } from "./racers.tsx";
import { type DescentState, entrants } from "./state.ts";
import { SURFACES } from "./surfaces.ts";
import type { Race } from "./use-race.ts";

interface SettingsProps {
  readonly state: DescentState;
  readonly race: Race;
  /** For what makes another race. */
  readonly change: (patch: Partial<DescentState>) => void;
  /** For what only looks different. */
  readonly set: (patch: Partial<DescentState>) => void;
}

const NOISES = [
  { value: "none", label: "없음" },
  { value: "little", label: "조금" },
  { value: "much", label: "많이" },
] as const;

export function Settings({ state, race, change, set }: SettingsProps) {
  const racers = entrants(state);
  const { window } = SURFACES[state.surface];
  const toggle = (racer: Racer, races: boolean) => {
    const next = RACERS.filter((other) => (other === racer ? races : racers.includes(other)));
    if (next.length > 0) change({ racers: next });
  };
  const coordinate = (axis: "x" | "y") => ({
    label: `출발점 ${axis}`,
    value: state[axis],
    min: window[axis] - window.half,
    max: window[axis] + window.half,
    step: window.half / 100,
    format: (value: number) => value.toFixed(2).replace("-", "−"),
  });
  return (
    <More label="더 보기: 미니배치 잡음, 선수, 출발점, 시점">
      <Segmented
        label="미니배치 잡음"
        value={state.noise}
        options={NOISES}
        onChange={(noise) => change({ noise })}
      />
      <p class="dr-hint">{noiseText(state)}</p>
      {state.noise !== "none" && (
        <div class="dr-buttons">
          <Button onClick={() => change({ seed: (state.seed % 9999) + 1 })}>다른 잡음으로</Button>
        </div>
      )}
      <fieldset class="dr-entrants">
        <legend>달리는 선수</legend>
        {RACERS.map((racer) => (
          <Toggle
            key={racer}
            label={RACER_LOOKS[racer].label}
            checked={racers.includes(racer)}
            onChange={(races) => toggle(racer, races)}
          />
        ))}
      </fieldset>
      <Slider {...coordinate("x")} onInput={(x) => change({ x })} />
      <Slider {...coordinate("y")} onInput={(y) => change({ y })} />
      {state.view === "relief" && (
        <>
          <Slider
            label="돌린 각도"
            value={state.turn}
            min={-180}
            max={180}
            step={5}
            unit="°"
            onInput={(turn) => set({ turn })}
          />
          <Slider
            label="내려다보는 각도"
            value={state.tilt}
            min={10}
            max={85}
            step={5}
            unit="°"
            onInput={(tilt) => set({ tilt })}
          />
        </>
      )}
      <Toggle
        label="출발점을 옮기는 동안 길 전체 미리 보기"
        checked={state.preview}
        onChange={(preview) => change({ preview })}
      />
      <div class="dr-buttons">
        <Button onClick={race.memory.clearWays}>지난 길 지우기</Button>
      </div>
    </More>
  );
}

function noiseText({ surface, noise }: DescentState): string {
  if (noise === "none") return "모든 데이터로 잰 정확한 기울기를 따릅니다.";
  if (surface === "network") {
    return `걸음마다 예제 ${BATCH[noise]}개만 뽑은 실제 미니배치의 기울기를 따릅니다. 다섯 선수가 같은 미니배치를 봅니다.`;
  }
  return "식으로 된 지형에는 데이터가 없으므로, 기울기에 정규 분포 잡음을 더해 미니배치를 흉내 냅니다. 다섯 선수가 같은 잡음을 받습니다.";
}
