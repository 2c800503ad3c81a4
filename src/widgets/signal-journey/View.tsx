import { useEffect, useRef, useState } from "preact/hooks";
import { Readout, Segmented } from "../../ui/controls.tsx";
import { useDigitNetwork } from "../../ui/use-digit-network.ts";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { journeyGoals } from "./goals.ts";
import { PictureInput, SentenceInput, SoundInput } from "./Inputs.tsx";
import type { Chosen, JourneyConfig, JourneyFrame, JourneyLive } from "./journey.ts";
import { Predict } from "./Predict.tsx";
import { ReasonPanel, reasonText } from "./ReasonPanel.tsx";
import { Stages } from "./Stages.tsx";
import type { SignalInput } from "./signals.ts";
import { classesOf, largest, percent } from "./stages.ts";
import { chosenOf, type JourneyState, journeyState, PRESETS, rounded } from "./state.ts";
import { useMicrophone } from "./use-microphone.ts";
import { useInput, usePrediction, useWay } from "./use-visit.ts";
import "./signal-journey.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** The networks train from this seed: the same ones for everybody. */
const SEED = 1;

const KINDS = [
  { value: "picture", label: "그림" },
  { value: "sentence", label: "문장" },
  { value: "sound", label: "소리" },
] as const;
const VIEWS = [
  { value: "values", label: "값" },
  { value: "change", label: "바뀐 만큼" },
] as const;

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("signal-journey", journeyState, PRESETS[preset ?? ""] ?? {}, place);
  const { state } = widget;
  const [own, setOwn] = useState<SignalInput>();
  const model = useDigitNetwork();
  const microphone = useMicrophone((samples) => setOwn({ kind: "sound", samples: rounded(samples) }));
  const made = useInput(state, own);
  const { input, base, turn } = made;
  const isWaiting = state.kind === "picture" && !model.result;
  const chosen = chosenOf(state);
  const lab = useLab<JourneyConfig, JourneyLive, JourneyFrame>({
    startWorker,
    configKey: isWaiting ? "waiting" : state.kind,
    config: () =>
      isWaiting ? { kind: "sentence", seed: SEED } : { kind: state.kind, seed: SEED, model: model.result },
    live: isWaiting
      ? { input: { kind: "sentence", text: state.text }, base: undefined, chosen: undefined, turn }
      : { input, base, chosen, turn },
    pace: "full",
    checkpoint: (config) => config,
    place,
  });
  const frame = lab.frame?.kind === state.kind && !isWaiting ? lab.frame : undefined;
  const trained = frame !== undefined && frame.steps >= frame.lastStep;
  useEffect(() => (trained ? lab.pause() : lab.play()), [trained, state.kind, isWaiting]);
  const visit = useWay(frame);

  const change = (patch: Partial<JourneyState>) => {
    if (patch.vowel !== undefined) microphone.stop();
    setOwn(undefined);
    widget.set(patch);
  };
  const prediction = usePrediction(state, made, frame, own, (changed) => {
    made.settle();
    microphone.stop();
    setOwn(changed.input);
    widget.set({ ...changed.patch, view: "change" });
  });
  const choose = (next: Chosen, through: boolean) => {
    visit.go(next, through);
    widget.set({ stage: next.stage, unit: next.index });
  };
  const reset = () => {
    microphone.stop();
    setOwn(undefined);
    made.forget();
    prediction.forget();
    visit.forget();
    widget.reset();
  };
  const answer = frame && answerText(frame);
  const verdict = prediction.verdict;

  return (
    <WidgetFrame
      widget="signal-journey"
      title={WIDGETS["signal-journey"].title}
      instruction="입력을 바꾸고, 층을 지나며 숫자가 어떻게 달라지는지 보세요. 숫자를 누르면 어디서 왔는지 알려 줍니다."
      goals={journeyGoals({
        frame,
        text: state.text,
        textBefore: base?.kind === "sentence" ? base.text : undefined,
        ...{ score: prediction.score, way: visit.way, kinds: visit.kinds },
      })}
      description={descriptionOf(state, frame)}
      onReset={reset}
      encodedState={() => journeyState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={
        verdict?.truth !== undefined
          ? `${verdict.guess === verdict.truth ? "예측이 맞았습니다" : "예측과 달랐습니다"}. ${answer ?? ""}`
          : (answer ?? "")
      }
    >
      <div class="sj" ref={place}>
        <Segmented
          label="무엇을 보낼까요?"
          value={state.kind}
          options={KINDS}
          onChange={(kind) => {
            microphone.stop();
            setOwn(undefined);
            visit.forget();
            widget.set({ kind, stage: -1, unit: 0, view: "values" });
          }}
        />
        <div class="sj-board">
          <div class="sj-controls">
            {state.kind === "sentence" && <SentenceInput state={state} change={change} />}
            {state.kind === "picture" && <PictureInput state={state} change={change} model={model} />}
            {state.kind === "sound" && (
              <SoundInput
                {...{ state, change, listening: microphone.listening, problem: microphone.problem }}
                recorded={own?.kind === "sound" ? own.samples : undefined}
                onListen={microphone.toggle}
              />
            )}
            <Answer frame={frame} isWaiting={isWaiting} />
            {frame && (
              <Predict
                {...{ change: prediction.change, verdict, score: prediction.score, disabled: !trained }}
                onGuess={prediction.guess}
                onNext={prediction.next}
              />
            )}
          </div>
          <div class="sj-way">
            <div class="sj-view">
              <Segmented
                label="층의 색"
                value={state.view}
                options={VIEWS}
                onChange={(view) => widget.set({ view })}
              />
              <p class="sj-legend">
                <span class="sj-swatch" data-sign="positive" /> 양수{" "}
                <span class="sj-swatch" data-sign="negative" /> 음수.{" "}
                {state.view === "change" && !base
                  ? "입력을 바꾸면 바뀐 만큼이 보입니다."
                  : "층마다 가장 큰 수가 가장 진합니다."}
              </p>
            </div>
            {frame ? (
              <Stages
                frame={frame}
                view={state.view}
                reason={frame.reason}
                onChoose={(next) => choose(next, false)}
              />
            ) : (
              <p class="sj-empty">
                {isWaiting
                  ? "신경망을 받으면 그림이 층을 지나는 모습이 여기에 나타납니다."
                  : "신경망을 준비하고 있습니다."}
              </p>
            )}
          </div>
          {frame && (
            <ReasonPanel
              frame={frame}
              reason={frame.reason}
              onFollow={(next) => choose(next, true)}
              onClose={() => {
                visit.forget();
                widget.set({ stage: -1, unit: 0 });
              }}
            />
          )}
        </div>
      </div>
    </WidgetFrame>
  );
}

/** The answer in brief, beside the input that is being changed; and which network it is. */
function Answer({ frame, isWaiting }: { frame: JourneyFrame | undefined; isWaiting: boolean }) {
  const values = frame?.stages.at(-1)?.values;
  const names = frame ? classesOf(frame.kind) : [];
  return (
    <div class="sj-answer">
      <p class="sj-result">
        {frame && values ? (
          <>
            답 <strong>{names[largest(values)]}</strong> {percent(Math.max(...values))}
          </>
        ) : (
          <span>{isWaiting ? "아직 신경망이 없습니다" : "준비하고 있습니다"}</span>
        )}
      </p>
      <p class="sj-stack" aria-hidden="true">
        {values &&
          Array.from(values, (value, i) => (
            <span key={i} style={{ inlineSize: `${100 * value}%` }}>
              {value > 0.18 ? names[i] : ""}
            </span>
          ))}
      </p>
      {frame && (
        <div class="sj-facts">
          <Readout label="파라미터 수" value={frame.parameterCount.toLocaleString("ko")} />
          {frame.lastStep > 0 && (
            <Readout label="방금 훈련한 걸음" value={`${frame.steps} / ${frame.lastStep}`} />
          )}
          <Readout label="시험 정확도" value={frame.accuracy === undefined ? "…" : percent(frame.accuracy)} />
        </div>
      )}
      {frame && <p class="sj-hint">{DATA_TEXTS[frame.kind]}</p>}
    </div>
  );
}

/** On which data each network was trained, so that nobody expects more of it. */
const DATA_TEXTS: Readonly<Record<JourneyFrame["kind"], string>> = {
  picture: "손글씨 숫자 6만 장(MNIST)으로 미리 훈련했고, 정확도는 따로 둔 1만 장으로 쟀습니다.",
  sentence:
    "틀에 낱말을 끼워 만든 짧은 문장 6,000개로 훈련했습니다. 정확도는 훈련에 없던 낱말로 만든 600개로 쟀습니다.",
  sound:
    "한국어 모음의 평균 포먼트(양병곤 1996, ‘출처’ 참고)에 흩어짐을 더해 합성한 모음 1,200개로 훈련했고, 정확도는 다른 목소리로 합성한 500개로 쟀습니다. 사람의 목소리로는 훈련한 적이 없어서 마이크 소리는 자주 틀립니다.",
};

function answerText(frame: JourneyFrame): string {
  const { values } = frame.stages.at(-1)!;
  return `답: ${classesOf(frame.kind)[largest(values)]} ${percent(Math.max(...values))}.`;
}

function descriptionOf(state: JourneyState, frame: JourneyFrame | undefined): string {
  const inputs = {
    picture: `숫자 그림(획 ${state.strokes.length}개)`,
    sentence: `문장 “${state.text}”`,
    sound: "모음 소리 64 ms",
  };
  const begin = `${inputs[state.kind]}이 숫자가 되어 층을 지나고 확률이 되어 나옵니다.`;
  if (!frame) return begin;
  const { values } = frame.stages.at(-1)!;
  const all = classesOf(frame.kind).map((name, i) => `${name} ${percent(values[i] ?? 0)}`);
  return `${begin} ${all.join(", ")}. ${reasonText(frame, frame.reason)}`;
}
