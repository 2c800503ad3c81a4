import { useRef } from "preact/hooks";
import { Button, Segmented, Select } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { descentGoals } from "./goals.ts";
import { endText, rateStory, standingText } from "./narration.ts";
import { ContourMap, Relief } from "./Picture.tsx";
import { Predict } from "./Predict.tsx";
import { RateControl } from "./RateControl.tsx";
import { RACERS, type Racer } from "./race.ts";
import { Scoreboard } from "./Scoreboard.tsx";
import { Settings } from "./Settings.tsx";
import { STEPS } from "./score.ts";
import { type DescentState, descentState, onSurface, presetState } from "./state.ts";
import { type Place, SURFACE_IDS, SURFACES } from "./surfaces.ts";
import { type Race, useRace } from "./use-race.ts";
import "./descent-race.css";

const SURFACE_OPTIONS = SURFACE_IDS.map((value) => ({ value, label: SURFACES[value].title }));
const VIEWS = [
  { value: "map", label: "지도" },
  { value: "relief", label: "입체" },
] as const;
const PACES = [
  { value: "slow", label: "느리게" },
  { value: "normal", label: "보통" },
  { value: "fast", label: "빠르게" },
] as const;

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("descent-race", descentState, presetState(preset), place);
  const { state } = widget;
  const race = useRace(state, place);
  const { replay } = race;
  /** Another race is another result: the racers go back to the start, their ways stay. */
  const change = (patch: Partial<DescentState>) => {
    race.rewind();
    widget.set(patch);
  };
  const setStart = (to: Place) => change(insideWindow(state, to));
  const surface = SURFACES[state.surface];
  const verdict = race.isOver ? endText(race.standing, race.prediction) : "";
  const rates = Object.fromEntries(RACERS.map((racer, i) => [racer, race.live.rates[i]!])) as Record<
    Racer,
    number
  >;
  const announcement = race.isOver
    ? verdict
    : replay.playing
      ? "경주가 시작되었습니다."
      : `출발점 x ${state.x.toFixed(2)}, y ${state.y.toFixed(2)}`;

  return (
    <WidgetFrame
      widget="descent-race"
      title={WIDGETS["descent-race"].title}
      instruction="누가 먼저 닿을지 고르고 출발을 누르세요. 지도를 누르면 출발점이 바뀝니다."
      goals={descentGoals(race.memory.seen)}
      description={`${surface.title} 지형에서 다섯 가지 옵티마이저가 같은 출발점에서 손실이 낮은 곳을 찾아 내려갑니다. 목표는 굵은 점선 안, 손실 ${surface.lowest + surface.goal} 이하입니다. ${replay.step}걸음: ${standingText(race.standing)}. ${surface.about}`}
      onReset={() => {
        replay.toStart();
        race.memory.clear();
        widget.reset();
      }}
      encodedState={() => descentState.encode(state)}
      notice={widget.notice ?? race.lab.failure}
      announcement={announcement}
    >
      <div class="dr" ref={place}>
        <div class="dr-choices">
          <Select
            label="지형"
            value={state.surface}
            options={SURFACE_OPTIONS}
            onChange={(next) => change(onSurface(next))}
          />
          <Segmented
            label="보기"
            value={state.view}
            options={VIEWS}
            onChange={(view) => widget.set({ view })}
          />
        </div>
        <div class="dr-stage">
          <div class="dr-left">
            <Picture state={state} race={race} set={widget.set} setStart={setStart} />
            <p class="dr-about">
              {surface.formula !== "" && <span class="dr-formula">{surface.formula}</span>} {surface.about}
            </p>
            <Toolbar race={race} state={state} set={widget.set} />
          </div>
          <div class="dr-right">
            <Predict race={race} />
            <Scoreboard standing={race.standing} rates={rates} step={replay.step} />
            <p class="dr-verdict">{verdict}</p>
            <RateControl state={state} race={race} change={change} />
            <p class="dr-story">{rateStory(state.surface, rates.sgd, race.bottoms)}</p>
          </div>
        </div>
        <Settings state={state} race={race} change={change} set={widget.set} />
      </div>
    </WidgetFrame>
  );
}

interface PartProps {
  readonly state: DescentState;
  readonly race: Race;
  readonly set: (patch: Partial<DescentState>) => void;
}

function Picture({ state, race, set, setStart }: PartProps & { setStart: (to: Place) => void }) {
  const { title } = SURFACES[state.surface];
  const props = { scene: race.scene, replay: race.replay, onStart: setStart };
  return state.view === "map" ? (
    <ContourMap {...props} label={`${title}의 등고선 지도. 밝기가 손실의 높이, 굵은 점선 안이 목표입니다.`} />
  ) : (
    <Relief
      {...props}
      label={`${title}의 입체 그림.`}
      eye={{ turn: state.turn, tilt: state.tilt }}
      onEye={set}
    />
  );
}

function Toolbar({ race, state, set }: PartProps) {
  const { replay, isOver, isReady } = race;
  return (
    <div class="dr-toolbar">
      <Button
        kind="primary"
        disabled={!isReady && !replay.playing}
        onClick={() => {
          if (replay.playing) replay.pause();
          else {
            if (isOver) race.rewind();
            replay.play();
          }
        }}
      >
        {replay.playing ? "멈춤" : isOver ? "다시 출발" : replay.step > 0 ? "이어서" : "출발"}
      </Button>
      <Button disabled={!isReady || replay.playing || isOver} onClick={() => replay.move(1)}>
        한 걸음
      </Button>
      <Button disabled={replay.playing || replay.step === 0} onClick={() => replay.move(-1)}>
        한 걸음 뒤로
      </Button>
      <Segmented label="빠르기" value={state.pace} options={PACES} onChange={(pace) => set({ pace })} />
      <p class="dr-steps">
        {replay.step} <small>/ 최대 {STEPS}걸음</small>
      </p>
    </div>
  );
}

/** To a thousandth, and in the picture; near the middle of an axis right on it, for the ridge of the saddle. */
function insideWindow({ surface }: DescentState, [x, y]: Place): Pick<DescentState, "x" | "y"> {
  const { window } = SURFACES[surface];
  const bounded = (value: number, middle: number) => {
    const inside = Math.max(middle - window.half, Math.min(middle + window.half, value));
    return Math.abs(inside) < window.half * 0.012 ? 0 : Math.round(inside * 1000) / 1000;
  };
  return { x: bounded(x, window.x), y: bounded(y, window.y) };
}
