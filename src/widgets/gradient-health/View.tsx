import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, More, Segmented, Slider } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Bars } from "./Bars.tsx";
import { Diagnosis } from "./Diagnosis.tsx";
import { layerName } from "./findings.ts";
import { ALLOWED, changesOf, healthGoals } from "./goals.ts";
import { Numbers } from "./Numbers.tsx";
import { type Pinned, pinnedOf } from "./pinned.ts";
import { type Decades, decadesFor } from "./scale.ts";
import { admitted, type HealthState, healthState, presetState, soundState } from "./state.ts";
import { Training } from "./Training.tsx";
import { TreatmentPanel } from "./Treatment.tsx";
import {
  type HealthConfig,
  type HealthFrame,
  type HealthLive,
  healthConfig,
  healthLive,
  keyOf,
  TRIAL,
} from "./trainer.ts";
import {
  description,
  divergenceText,
  guessText,
  layerText,
  MEASURE_NOTES,
  MEASURE_OPTIONS,
  PATIENT_NOTES,
  PATIENT_OPTIONS,
  summary,
  verdict,
} from "./words.ts";
import "./gradient-health.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** Training steps a second, so that a shallow network can be watched; a deep one goes as fast as it can. */
const PACE = 250;

const pickGradients = (frame: HealthFrame) => frame.gradients;
const SECOND = {
  activations: (frame: HealthFrame) => frame.activations,
  spreads: (frame: HealthFrame) => frame.spreads,
  changes: (frame: HealthFrame) => frame.changes,
} as const;

/** Decades that only grow while the network stays the same. */
function useDecades(key: string, values: readonly (Float64Array | undefined)[]): Decades {
  const kept = useRef<{ key: string; decades: Decades }>(undefined);
  const before = kept.current?.key === key ? kept.current.decades : undefined;
  const decades = decadesFor(
    values.filter((list) => list !== undefined),
    before,
  );
  kept.current = { key, decades };
  return decades;
}

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("gradient-health", healthState, presetState(preset), place);
  const state = soundState(widget.state);
  const [attempt, setAttempt] = useState(0);
  const [until, setUntil] = useState(TRIAL);
  const [pinned, setPinned] = useState<Pinned>();
  const config = useMemo(() => healthConfig(state), [JSON.stringify(healthConfig(state))]);
  const key = keyOf(config);
  const lab = useLab<HealthConfig, HealthLive, HealthFrame>({
    startWorker,
    configKey: `${key} ${attempt}`,
    config: () => config,
    live: healthLive(state, until),
    pace: PACE,
    checkpoint: (before) => before,
    place,
  });
  // A frame of the network before must not be judged as one of this.
  const frame = lab.frame?.key === key ? lab.frame : undefined;
  const shown = state.open ? frame : undefined;
  useEffect(() => setUntil(TRIAL), [key, attempt]);
  const finished = frame !== undefined && frame.steps >= until;
  useEffect(() => {
    if (finished) lab.pause();
  }, [finished]);

  const layers = state.depth + 1;
  const second = SECOND[state.measure];
  const gradientDecades = useDecades(key, [shown?.gradients, pinned?.frame.gradients]);
  const secondDecades = useDecades(`${key} ${state.measure}`, [
    shown && second(shown),
    pinned && second(pinned.frame),
  ]);

  const restart = (patch: Partial<HealthState>, play = lab.playing) => {
    if (play) lab.play();
    else lab.pause();
    widget.set(patch);
    setAttempt(attempt + 1);
  };
  const treat = (patch: Partial<HealthState>) => {
    // What the patient looked like before the first treatment stays beside the rest.
    if (!pinned && shown && !("rate" in patch)) setPinned(pinnedOf(state, shown));
    widget.set(patch);
  };
  const admit = (patch: Partial<HealthState>) => {
    setPinned(undefined);
    restart(patch, false);
  };
  const changes = changesOf(state, frame);
  const finding = shown ? verdict(shown) : "";
  const diverged = lab.divergence && divergenceText(lab.divergence, state.depth);

  const bars = {
    ...{ lab, layers, frameKey: key, selected: state.layer },
    onSelect: (layer: number) => widget.set({ layer }),
  };

  return (
    <WidgetFrame
      widget="gradient-health"
      title={WIDGETS["gradient-health"].title}
      instruction={
        state.open
          ? "훈련을 시작하고, 처방을 바꾸어 신경망이 학습되게 만들어 보세요."
          : "어느 층의 기울기가 가장 작을까요? 층을 고르고 진찰해 보세요."
      }
      goals={healthGoals(state, shown, lab.divergence)}
      description={description(state, shown)}
      onReset={() => {
        lab.pause();
        setPinned(undefined);
        widget.reset();
        setAttempt(attempt + 1);
      }}
      encodedState={() => healthState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={
        lab.playing
          ? "훈련하고 있습니다."
          : (diverged ?? (shown && shown.steps > 0 ? finding : shown ? guessText(state.guess, shown) : ""))
      }
    >
      <div class="gh" ref={place}>
        <Segmented
          label="환자"
          value={state.patient}
          options={PATIENT_OPTIONS}
          onChange={(patient) => admit(admitted(patient))}
        />
        <p class="gh-patient">
          {PATIENT_NOTES[state.patient]} <small>{summary(state)}</small>
        </p>
        <div class="gh-stage" data-covered={!state.open || undefined}>
          {state.open && (
            <Training
              lab={lab}
              frame={shown}
              finished={finished}
              diverged={diverged}
              onPlay={() => {
                if (!lab.playing && finished) setUntil(until + TRIAL);
                if (lab.playing) lab.pause();
                else lab.play();
              }}
              onRestart={() => restart({}, false)}
              onSeed={() => restart({ seed: state.seed === 999_999 ? 1 : state.seed + 1 }, false)}
            />
          )}
          <div class="gh-gradients">
            <Bars
              {...bars}
              title="기울기의 크기 |∂L/∂w|"
              way="← 역전파"
              pick={pickGradients}
              pinned={pinned?.frame.gradients}
              decades={gradientDecades}
              covered={!state.open}
              markStill
            />
            <Slider
              label={state.open ? "살펴볼 층" : "내 예측: 기울기가 가장 작은 층"}
              value={state.layer}
              min={1}
              max={layers}
              step={1}
              format={(layer) => layerName(layer, layers)}
              onInput={(layer) => widget.set({ layer })}
            />
            {state.open ? (
              <p class="gh-layer">{shown ? layerText(shown, state.layer) : "신경망을 만들고 있습니다."}</p>
            ) : (
              <div class="gh-tools">
                <Button kind="primary" onClick={() => widget.set({ open: true, guess: state.layer })}>
                  이 층으로 예측하고 진찰하기
                </Button>
                <Button kind="quiet" onClick={() => widget.set({ open: true, guess: 0 })}>
                  예측하지 않고 보기
                </Button>
              </div>
            )}
          </div>
          {state.open && (
            <div class="gh-side">
              <Diagnosis
                frame={shown}
                guess={state.guess}
                pinned={pinned}
                onPin={() => shown && setPinned(pinnedOf(state, shown))}
                onUnpin={() => setPinned(undefined)}
              />
              <TreatmentPanel
                state={state}
                set={treat}
                changes={changes}
                allowed={state.patient === "own" ? undefined : ALLOWED[state.patient]}
                onUndo={() => restart({ ...admitted(state.patient), open: true, guess: state.guess }, false)}
              />
            </div>
          )}
          {state.open && (
            <div class="gh-second">
              <Bars
                {...bars}
                title={MEASURE_OPTIONS.find(({ value }) => value === state.measure)!.label}
                way={state.measure === "changes" ? "" : "순전파 →"}
                pick={second}
                pinned={pinned && second(pinned.frame)}
                decades={secondDecades}
                covered={false}
              />
              <Segmented
                label="아래 막대그래프"
                value={state.measure}
                options={MEASURE_OPTIONS}
                onChange={(measure) => widget.set({ measure })}
              />
              <p class="gh-note">{MEASURE_NOTES[state.measure]}</p>
            </div>
          )}
        </div>
        {shown && (
          <More label="층마다 숫자로 보기">
            <Numbers frame={shown} />
          </More>
        )}
      </div>
    </WidgetFrame>
  );
}
