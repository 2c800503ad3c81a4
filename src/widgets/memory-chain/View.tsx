import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Readout, Segmented, Slider } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Cells } from "./Cells.tsx";
import { Distances } from "./Distances.tsx";
import {
  type RaceCommand,
  type RaceConfig,
  type RaceFrame,
  type RaceLive,
  raceConfig,
} from "./experiment.ts";
import { Formula } from "./Formula.tsx";
import { memoryGoals } from "./goals.ts";
import { PARTS } from "./network.ts";
import { Settings } from "./Settings.tsx";
import { Steps } from "./Steps.tsx";
import { FARTHEST, memoryState, NEAREST, PRESETS, soundState } from "./state.ts";
import { description, SYMBOL_TEXTS, verdictText } from "./words.ts";
import "./memory-chain.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** Training steps a second: slow enough to watch. */
const PACE = 60;
const CELL_OPTIONS = [
  { value: "rnn", label: "RNN" },
  { value: "gru", label: "GRU" },
  { value: "lstm", label: "LSTM" },
] as const;
const LETTER_OPTIONS = (["0", "1", "2", "3"] as const).map((value) => ({
  value,
  label: SYMBOL_TEXTS[Number(value)]!,
}));

export default function View({ preset = "race" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const opened = PRESETS[preset as keyof typeof PRESETS] ?? {};
  const widget = useWidgetState("memory-chain", memoryState, opened, place);
  const state = soundState(widget.state);
  const { set } = widget;
  const [attempt, setAttempt] = useState(0);
  const [measuring, setMeasuring] = useState(false);
  const config = useMemo(() => raceConfig(state), [raceConfig(state).key]);
  const { rate, cell, letter, drawn } = state;
  const lab = useLab<RaceConfig, RaceLive, RaceFrame, RaceCommand>({
    startWorker,
    configKey: `${config.key} ${attempt}`,
    config: () => config,
    live: { learningRate: Number(rate), cell, letter, drawn },
    pace: measuring ? "full" : PACE,
    checkpoint: (before) => before,
    place,
  });
  // A frame of the networks before must not be shown as one of these.
  const frame = lab.frame?.key === config.key ? lab.frame : undefined;
  const measure = useMeasurement(lab, frame, measuring, setMeasuring);
  useEffect(() => setMeasuring(false), [config.key, attempt]);
  const restart = () => {
    lab.pause();
    setAttempt(attempt + 1);
  };
  // Until the steps of another cell are here, those of the last one stay.
  const seen = frame?.seen;
  const part = PARTS[cell].includes(state.part) ? state.part : "state";
  const seenPart = seen && PARTS[seen.cell].includes(state.part) ? state.part : "state";
  const verdict = frame ? verdictText(frame, state.distance) : "신경망 셋을 만들고 있습니다.";
  const onStep = (step: number) => set({ step });

  return (
    <WidgetFrame
      widget="memory-chain"
      title={WIDGETS["memory-chain"].title}
      instruction="훈련 시작을 누르세요. 세 신경망이 맨 처음 기호를 몇 칸 뒤에 떠올리는 법을 배웁니다."
      goals={memoryGoals({ ...state, part }, frame)}
      description={description(frame, state.distance)}
      onReset={() => {
        widget.reset();
        restart();
      }}
      encodedState={() => memoryState.encode(state)}
      notice={
        widget.notice ??
        lab.failure ??
        (lab.divergence &&
          `${lab.divergence.step}번째 걸음에서 세 신경망의 값이 모두 셀 수 없이 커져 멈췄습니다. 학습률을 낮추고 새로 시작하세요.`)
      }
      announcement={lab.playing ? "훈련하고 있습니다." : frame && frame.steps > 0 ? verdict : ""}
    >
      <div class="mc" ref={place}>
        <p class="mc-task">
          <b class="mc-first">{SYMBOL_TEXTS[letter]}</b>
          <span class="mc-gap">방해하는 기호 {state.distance}개</span>
          <b>처음 것은?</b>
        </p>
        <Slider
          label="거리: 떠올려야 할 기호까지"
          value={state.distance}
          min={NEAREST}
          max={FARTHEST}
          step={1}
          unit="칸"
          onInput={(distance) => set({ distance })}
        />
        <div class="mc-tools">
          <Button
            kind="primary"
            disabled={measuring}
            onClick={() => (lab.playing ? lab.pause() : lab.play())}
          >
            {lab.playing && !measuring ? "잠시 멈춤" : "훈련 시작"}
          </Button>
          <Button disabled={measuring} onClick={restart}>
            새로 시작
          </Button>
          <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("ko")} />
        </div>
        <p class="mc-verdict">{verdict}</p>
        <Cells lab={lab} frame={frame} step={state.step} onStep={onStep} />
        <Settings state={state} set={set} />
        <div class="mc-inside">
          <p class="mc-heading">한 걸음씩 들여다보기</p>
          <div class="mc-choices">
            <Segmented
              label="들여다볼 셀"
              value={cell}
              options={CELL_OPTIONS}
              onChange={(next) => set({ cell: next })}
            />
            <Segmented
              label="처음 기호"
              value={String(letter) as "0" | "1" | "2" | "3"}
              options={LETTER_OPTIONS}
              onChange={(next) => set({ letter: Number(next) })}
            />
            <Button onClick={() => set({ drawn: (drawn % 999) + 1 })}>방해 기호 바꾸기</Button>
          </div>
          {seen ? (
            <div class="mc-columns">
              <Steps
                {...{ seen, step: state.step, unit: state.unit, part: seenPart, onStep }}
                onCell={(unit, chosen) => set({ unit, part: chosen })}
              />
              <Formula {...{ seen, step: state.step, unit: state.unit, part: seenPart }} />
            </div>
          ) : (
            <p class="mc-note mc-waiting">준비하고 있습니다.</p>
          )}
        </div>
        <Distances
          frame={frame}
          guess={state.guess}
          onGuess={(guess) => set({ guess })}
          onMeasure={measure}
        />
      </div>
    </WidgetFrame>
  );
}

/** Starts and stops the measurement; it ends by itself when every distance has been measured. */
function useMeasurement(
  lab: { command(command: RaceCommand): void; play(): void; pause(): void },
  frame: RaceFrame | undefined,
  measuring: boolean,
  setMeasuring: (measuring: boolean) => void,
): (measure: boolean) => void {
  const underWay = useRef(false);
  useEffect(() => {
    if (frame?.measuring) underWay.current = true;
    else if (measuring && underWay.current) {
      underWay.current = false;
      setMeasuring(false);
      lab.pause();
    }
  }, [frame, measuring]);
  return (measure) => {
    underWay.current = false;
    lab.command({ measure });
    setMeasuring(measure);
    if (measure) lab.play();
    else lab.pause();
  };
}
