import { useRef, useState } from "preact/hooks";
import { Readout, Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Actions } from "./Actions.tsx";
import { Curves } from "./Curves.tsx";
import { joined } from "./drive.ts";
import { drivingGoals } from "./goals.ts";
import { Options } from "./Options.tsx";
import { Records } from "./Records.tsx";
import { Results } from "./Results.tsx";
import { hasCorrections, type Measurement, picturesIn, type Segment, type Source } from "./records.ts";
import { HALF_WIDTH } from "./road.ts";
import { drivingState, PRESETS, routeOf } from "./state.ts";
import { KIND_NAMES, metresText, statusText, verdictText } from "./text.ts";
import { conditionsOf } from "./trials.ts";
import { type DriverHandle, useDriver } from "./use-driver.ts";
import { type RideHandle, useRide } from "./use-ride.ts";
import { useStillness } from "./use-stillness.ts";
import { Windscreen } from "./Windscreen.tsx";
import "./self-driving.css";

/** Seconds that pass with one press, where time does not pass by itself. */
const NUDGE = 0.5;

const KINDS = (["straight", "gentle", "winding"] as const).map((value) => ({
  value,
  label: KIND_NAMES[value],
}));

export default function View({ preset = "first" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "self-driving",
    drivingState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const { state, set } = widget;
  const route = routeOf(state);
  const [still, setStill] = useStillness();
  const [segments, setSegments] = useState<readonly Segment[]>([]);
  const [measurements, setMeasurements] = useState<readonly Measurement[]>([]);
  /** What the recording that is being computed will be, and what the training under way learns from. */
  const asked = useRef<{ source: Source; route: typeof route }>({ source: "model", route });
  const learned = useRef<readonly Segment[]>([]);
  const home = segments[0]?.route ?? route;
  const add = (segment: Segment) => setSegments((before) => [...before, segment]);

  const driver: DriverHandle = useDriver({
    trained: () => driver.tryOut(learned.current[0]?.route ?? route),
    recorded: (recordings) => add({ ...asked.current, recordings, departures: 0 }),
    tried: (outcomes) => {
      const pictures = picturesIn(learned.current);
      const corrected = hasCorrections(learned.current);
      setMeasurements((before) => [...before, { pictures, corrected, outcomes }]);
    },
  });
  const ride: RideHandle = useRide(route, still, place, {
    steer: driver.steer,
    recorded: (pilot, recordings, departures) => {
      const source = pilot === "network" ? "taken-over" : pilot;
      add({ source, route, recordings, departures });
    },
  });

  const learn = (fresh: boolean) => {
    ride.stop();
    if (fresh) setMeasurements([]);
    learned.current = segments;
    driver.train(joined(segments.map(({ recordings }) => recordings)), state.seed, fresh);
  };
  const clear = () => {
    ride.stop();
    driver.clear();
    setSegments([]);
    setMeasurements([]);
  };
  const remove = (at: number) => {
    if (at === 0) setMeasurements([]);
    setSegments(segments.filter((_, i) => i !== at));
  };
  const verdict = verdictText(measurements);
  const status = statusText(ride.pilot, ride.glance, driver, picturesIn(segments));
  return (
    <WidgetFrame
      widget="self-driving"
      title={WIDGETS["self-driving"].title}
      instruction="‘직접 운전’이나 ‘시범 운전’을 눌러 신경망에게 보여 줄 운전을 기록하세요."
      goals={drivingGoals(segments, measurements)}
      description={`너비 ${2 * HALF_WIDTH} m인 길을 자동차가 달립니다. 신경망은 작은 흑백 그림만 보고 바퀴 각도를 정합니다. 운전을 기록하고, 배우게 하고, 맡겨 보고, 바로잡은 기록을 더합니다. ${verdict}`}
      onReset={() => {
        clear();
        widget.reset();
      }}
      encodedState={() => drivingState.encode(state)}
      notice={widget.notice ?? driver.failure}
      announcement={ride.pilot ? `${status.spoken}` : driver.task === "idle" ? verdict : status.spoken}
    >
      <div class="sd" ref={place}>
        <div class="sd-stage">
          <Windscreen ride={ride} pixels={state.pixels} onNudge={() => still && ride.pass(NUDGE)} />
          <div class="sd-side">
            <Actions
              {...{ ride, driver, still }}
              recorded={segments.length > 0}
              onPass={() => ride.pass(NUDGE)}
              onDemonstrate={() => {
                asked.current = { source: "model", route };
                driver.demonstrate(route, 30 * route.speed);
              }}
              onLearn={learn}
              onCorrect={() => {
                asked.current = { source: "corrected", route };
                driver.correct(route, state.seed + segments.length);
              }}
            />
            <p class="sd-status">{status.text}</p>
            <div class="sd-readouts">
              <Readout label="달린 거리" value={metresText(ride.glance.metres)} />
              <Readout label="가운데에서" value={`${Math.abs(ride.glance.offset).toFixed(1)} m`} />
              <Readout label="이탈" value={`${ride.glance.departures}번`} />
            </div>
          </div>
        </div>
        <div class="sd-choices">
          <Segmented label="길" value={state.kind} options={KINDS} onChange={(kind) => set({ kind })} />
          <Options state={state} set={set} still={still} onStill={setStill} />
        </div>
        <div class="sd-columns">
          <Records segments={segments} busy={driver.task !== "idle"} onRemove={remove} onClear={clear} />
          <Curves errors={driver.errors} steps={driver.steps} />
        </div>
        <p class="sd-verdict">{verdict}</p>
        <Results measurements={measurements} conditions={conditionsOf(home)} />
        <p class="sd-note">
          차의 가운데가 길 가장자리에서 1 m 넘게 나가면 이탈입니다. 굽은 길과 다른 빛은 길 서너 개의
          평균입니다. ‘혼자 달린 시간’은 이탈 한 번을 사람이 6초 도운 것으로 치고 잽니다(NVIDIA의 2016년
          논문이 쓴 방법). 옆으로 밀기는 40 m마다 합니다.
        </p>
      </div>
    </WidgetFrame>
  );
}
