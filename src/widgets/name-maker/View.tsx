import { useMemo, useRef, useState } from "preact/hooks";
import { FEWEST_WORDS } from "../../data/words.ts";
import { Button, More, Readout, Segmented, Select, Slider } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curves } from "./Curves.tsx";
import { configOf, type NameCommand, type NameConfig, type NameFrame, type NameLive } from "./experiment.ts";
import { nameGoals } from "./goals.ts";
import { Diary, Made } from "./Made.tsx";
import { Next } from "./Next.tsx";
import { OwnWords } from "./OwnWords.tsx";
import { nameState, PACES, PRESETS } from "./state.ts";
import { followTurning, type Turning, verdictText } from "./tally.ts";
import "./name-maker.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

const LISTS = [
  { value: "names", label: "사람 이름" },
  { value: "countries", label: "나라와 지역 이름" },
  { value: "own", label: "내 목록" },
] as const;
const UNITS = [
  { value: "jamo", label: "자모" },
  { value: "syllable", label: "음절" },
] as const;
const CELLS = [
  { value: "rnn", label: "RNN" },
  { value: "gru", label: "GRU" },
  { value: "lstm", label: "LSTM" },
] as const;
const PACE_OPTIONS = [
  { value: "slow", label: "보면서" },
  { value: "full", label: "최고" },
] as const;
const RATES = (["0.001", "0.003", "0.01", "0.03"] as const).map((value) => ({ value, label: value }));

export default function View({ preset = "names" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "name-maker",
    nameState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const { state, set } = widget;
  const [attempt, setAttempt] = useState(0);
  const config = useMemo(
    () => configOf(state),
    [state.list, state.own, state.unit, state.cell, state.units, state.seed],
  );
  const few = config.words.length < FEWEST_WORDS;
  // A list that is too short leaves the network of names in place, out of sight.
  const trained = few ? configOf({ ...state, list: "names" }) : config;
  const network = `${JSON.stringify([state.list, few ? 0 : state.own, state.unit, state.cell, state.units])} ${attempt}`;
  const lab = useLab<NameConfig, NameLive, NameFrame, NameCommand>({
    startWorker,
    configKey: network,
    config: () => trained,
    live: { learningRate: Number(state.rate), temperature: state.temperature, start: state.start },
    pace: PACES[state.pace],
    checkpoint: (before, { memory }) => ({ ...before, memory }),
    place,
  });
  const frame = few ? undefined : lab.frame;
  const turning = useRef<{ network: string; turning: Turning | undefined }>({
    network: "",
    turning: undefined,
  });
  if (turning.current.network !== network) turning.current = { network, turning: undefined };
  if (frame && frame.steps > 0) turning.current.turning = followTurning(turning.current.turning, frame);
  const verdict = few
    ? `낱말을 ${FEWEST_WORDS}개 이상 적고 ‘이 목록으로 배우기’를 누르세요.`
    : frame
      ? verdictText(frame, turning.current.turning)
      : "준비하고 있습니다.";
  const restart = () => setAttempt(attempt + 1);

  return (
    <WidgetFrame
      widget="name-maker"
      title={WIDGETS["name-maker"].title}
      instruction="훈련 시작을 누르세요. 글자를 하나씩 이어 붙이며 낱말 짓는 법을 배웁니다."
      goals={nameGoals(state, frame, turning.current.turning)}
      description={`낱말 ${config.words.length}개 가운데 90%로 배우고 10%는 감춰 둡니다. 배운 신경망이 지은 낱말 백 개 가운데 일부와, 그 출처의 비율, 손실 곡선, 다음 글자의 확률을 보입니다. ${verdict}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        restart();
      }}
      encodedState={() => nameState.encode(state)}
      notice={
        widget.notice ??
        lab.failure ??
        (lab.divergence &&
          `${lab.divergence.step}번째 걸음에서 값이 셀 수 없이 커져 멈췄습니다. 학습률을 낮추고 새로 시작하세요.`)
      }
      announcement={lab.playing ? "훈련하고 있습니다." : frame && frame.steps > 0 ? verdict : ""}
    >
      <div class="nm" ref={place}>
        <Segmented
          label="무엇을 배울까요"
          value={state.list}
          options={LISTS}
          onChange={(list) => set({ list })}
        />
        {state.list === "own" && <OwnWords words={state.own} onWords={(own) => set({ own })} />}
        <div class="nm-toolbar">
          <Button kind="primary" disabled={few} onClick={() => (lab.playing ? lab.pause() : lab.play())}>
            {lab.playing ? "잠시 멈춤" : "훈련 시작"}
          </Button>
          <Button disabled={few} onClick={() => lab.command({ make: true })}>
            다시 짓기
          </Button>
          <Button disabled={few} onClick={restart}>
            새로 시작
          </Button>
          <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("ko")} />
          <Readout label="배우는 낱말" value={config.words.length.toLocaleString("ko")} />
        </div>
        <Slider
          label="온도"
          value={state.temperature}
          min={0}
          max={2}
          step={0.1}
          format={(value) => value.toFixed(1)}
          onInput={(temperature) => set({ temperature })}
        />
        <p class="nm-verdict">{verdict}</p>
        {!few && (
          <div class="nm-columns">
            <Made frame={frame} />
            <div class="nm-side">
              <Curves lab={lab} network={network} />
              <Next start={state.start} frame={frame} onStart={(start) => set({ start })} />
            </div>
          </div>
        )}
        {!few && <Diary frame={frame} network={network} />}
        <More label="더 보기: 글자 단위, 셀, 학습률">
          <Segmented
            label="한 번에 이어 붙이는 단위"
            value={state.unit}
            options={UNITS}
            onChange={(unit) => set({ unit })}
          />
          <Segmented label="순환 셀" value={state.cell} options={CELLS} onChange={(cell) => set({ cell })} />
          <Segmented
            label="기억의 크기(유닛 수)"
            value={state.units}
            options={(["16", "32", "64"] as const).map((value) => ({ value, label: value }))}
            onChange={(units) => set({ units })}
          />
          <Select label="학습률" value={state.rate} options={RATES} onChange={(rate) => set({ rate })} />
          <Segmented
            label="빠르기"
            value={state.pace}
            options={PACE_OPTIONS}
            onChange={(pace) => set({ pace })}
          />
        </More>
      </div>
    </WidgetFrame>
  );
}
