import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { DATASETS } from "../../data/datasets.ts";
import { Button, More, Readout, Segmented, Toggle } from "../../ui/controls.tsx";
import { drawingOf } from "../../ui/DrawingPad.tsx";
import { type LabHandle, useLab } from "../../ui/use-lab.ts";
import type { WidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curves } from "./Curves.tsx";
import type {
  HandwritingCommand,
  HandwritingConfig,
  HandwritingFrame,
  HandwritingLive,
  Memory,
} from "./experiment.ts";
import { handwritingGoals, TRAINED, type Visit } from "./goals.ts";
import { Inside } from "./Inside.tsx";
import { Layers, Training } from "./Layers.tsx";
import { type NetworkSettings, PIXELS } from "./networks.ts";
import { Recognise } from "./Recognise.tsx";
import { Mistakes, Shift } from "./Results.tsx";
import { Saving } from "./Saving.tsx";
import { type HandwritingState, handwritingState, PACES } from "./state.ts";
import { divergenceText, percent, verdictText } from "./text.ts";
import { DATA, megabytes } from "./View.tsx";

interface LaboratoryProps {
  widget: WidgetState<HandwritingState>;
  place: RefObject<HTMLDivElement | null>;
  /** Stops the download and goes back to the beginning. */
  onLeave: () => void;
}

const settingsOf = ({
  data,
  blocks,
  head,
  hidden,
  activation,
  optimizer,
  batch,
  seed,
}: HandwritingState): NetworkSettings => ({
  ...{ data, blocks, head, hidden },
  ...{ activation, optimizer, batch, seed },
});

/** What the networks are shown: the drawing, blank when there is none, or a test picture's number. */
function shownOf({ data, source, sample, strokes }: HandwritingState): HandwritingLive["shown"] {
  const { preparation } = DATASETS[data];
  if (source === "sample" || preparation.kind === "none") return sample;
  const { picture } = drawingOf(strokes, preparation);
  return Array.from(picture ?? new Float32Array(PIXELS), (ink) => Math.round(255 * ink));
}

/** Both networks, training. */
export function Laboratory({ widget, place, onLeave }: LaboratoryProps) {
  const { state, set } = widget;
  const [attempt, setAttempt] = useState(0);
  const [resumed, setResumed] = useState<{ memory: Memory; settings: string }>();
  const [progress, setProgress] = useState(0);
  const settings = settingsOf(state);
  const settingsKey = JSON.stringify(settings);
  const network = `${settingsKey} ${attempt}`;
  const shown = useMemo(() => shownOf(state), [state.data, state.source, state.sample, state.strokes]);
  const lab = useLab<HandwritingConfig, HandwritingLive, HandwritingFrame, HandwritingCommand>({
    startWorker: () => startWorker(setProgress),
    configKey: network,
    config: () => ({ settings, memory: resumed?.settings === settingsKey ? resumed.memory : undefined }),
    live: { learningRate: Number(state.rate), decay: state.decay, shown },
    pace: PACES[state.pace],
    checkpoint: (before, { memory }) => ({ ...before, memory }),
    place,
  });
  const classes = DATASETS[state.data].classes;
  // The last frame of other data is not shown under this data's names.
  const frame = lab.frame?.scores.cnn.confusion.length === classes.length ** 2 ? lab.frame : undefined;
  const visit = useVisit(state, frame, lab.divergence !== undefined, classes.length);
  const verdict = frame ? verdictText(frame, classes) : "그림을 받고 신경망을 만드는 중입니다.";
  const restart = () => {
    setResumed(undefined);
    setAttempt(attempt + 1);
  };

  return (
    <WidgetFrame
      widget="handwriting-lab"
      title={WIDGETS["handwriting-lab"].title}
      instruction="먼저 글씨를 하나 써 보고 훈련을 시작하세요. 두 신경망이 그 글씨를 읽는 답이 훈련하는 동안 바뀝니다."
      goals={handwritingGoals(state, frame, visit)}
      description={`같은 그림을 같은 차례로 배우는 합성곱 신경망과 완전 연결 신경망의 정확도, 손실, 혼동 행렬, 커널과 특징 맵을 보입니다. ${verdict}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        restart();
      }}
      encodedState={() => handwritingState.encode(state)}
      notice={widget.notice ?? lab.failure ?? (lab.divergence && divergenceText(lab.divergence))}
      announcement={lab.playing ? "훈련하고 있습니다." : frame ? verdict : ""}
    >
      <div class="hl" ref={place}>
        {frame ? (
          <Toolbar state={state} set={set} lab={lab} frame={frame} onRestart={restart} />
        ) : (
          <Loading
            data={state.data}
            progress={progress}
            failed={lab.failure !== undefined}
            onRetry={restart}
            onLeave={onLeave}
          />
        )}
        <p class="hl-verdict">{verdict}</p>
        <Recognise state={state} set={set} frame={frame} classes={classes} />
        <Curves lab={lab} network={network} />
        {frame && <Inside frame={frame} />}
        {frame && (
          <div class="hl-columns">
            <Mistakes frame={frame} classes={classes} />
            <Shift frame={frame} onMeasure={() => lab.command({ shift: true })} />
          </div>
        )}
        <More label="층과 훈련 바꾸기 (바꾸면 처음부터 다시 배웁니다)">
          <Layers state={state} set={set} />
          <Training state={state} set={set} />
          <Toggle
            label="학습률을 두 바퀴마다 절반으로 줄이기"
            checked={state.decay}
            onChange={(decay) => set({ decay })}
          />
        </More>
        <Saving
          state={state}
          memory={frame?.memory}
          onResume={(saved, memory) => {
            lab.pause();
            set(saved);
            setResumed({ memory, settings: JSON.stringify(settingsOf(saved)) });
            setAttempt(attempt + 1);
          }}
        />
      </div>
    </WidgetFrame>
  );
}

function startWorker(onProgress: (share: number) => void): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  // Beside the training's own messages, which `useLab` reads.
  worker.addEventListener("message", ({ data }: MessageEvent<{ type: string; share: number }>) => {
    if (data.type === "download") onProgress(data.share);
  });
  return worker;
}

interface ToolbarProps {
  state: HandwritingState;
  set: (patch: Partial<HandwritingState>) => void;
  lab: LabHandle<HandwritingFrame, HandwritingCommand>;
  frame: HandwritingFrame;
  onRestart: () => void;
}

function Toolbar({ state, set, lab, frame, onRestart }: ToolbarProps) {
  return (
    <>
      <div class="hl-buttons">
        <Button kind="primary" onClick={() => (lab.playing ? lab.pause() : lab.play())}>
          {lab.playing ? "잠시 멈춤" : frame.steps > 0 ? "이어서 훈련" : "훈련 시작"}
        </Button>
        <Button disabled={lab.playing} onClick={() => lab.step(1)}>
          한 걸음
        </Button>
        <Button onClick={onRestart}>새로 시작</Button>
        <Segmented
          label="빠르기"
          value={state.pace}
          options={[
            { value: "slow", label: "보면서" },
            { value: "full", label: "최고" },
          ]}
          onChange={(pace) => set({ pace })}
        />
        <Segmented
          label="무엇을 배울까요"
          value={state.data}
          options={DATA}
          onChange={(data) => set({ data })}
        />
      </div>
      <div class="hl-readouts">
        <Readout label="걸음" value={frame.steps.toLocaleString("ko")} />
        <Readout label="훈련 시간" value={`${frame.seconds.toFixed(1)}초`} />
        <Readout label="학습률" value={frame.learningRate.toPrecision(2)} />
        <Readout
          label="파라미터"
          value={`CNN ${frame.parameters.cnn.toLocaleString("ko")} · MLP ${frame.parameters.mlp.toLocaleString("ko")}`}
        />
        <Readout
          label={`CNN이 ${percent(0.97, 0)}에 닿은 때`}
          value={frame.reached ? `${frame.reached.seconds.toFixed(1)}초` : "–"}
        />
      </div>
    </>
  );
}

interface LoadingProps {
  data: HandwritingState["data"];
  progress: number;
  failed: boolean;
  onRetry: () => void;
  onLeave: () => void;
}

function Loading({ data, progress, failed, onRetry, onLeave }: LoadingProps) {
  return (
    <div class="hl-buttons hl-loading">
      {failed ? (
        <Button kind="primary" onClick={onRetry}>
          다시 받기
        </Button>
      ) : (
        <progress aria-label={`받은 양, 모두 ${megabytes(data)}`} max={1} value={progress} />
      )}
      <Button onClick={onLeave}>{failed ? "처음으로 돌아가기" : "그만 받기"}</Button>
    </div>
  );
}

/** What the goals ask for beside the present frame. */
function useVisit(
  { source, strokes }: HandwritingState,
  frame: HandwritingFrame | undefined,
  diverged: boolean,
  classes: number,
): Visit {
  const visit = useRef<Visit>({ before: false, after: false, broken: false });
  const drawn = source === "drawing" && strokes.length > 0;
  const isLost =
    diverged ||
    (frame !== undefined && frame.steps >= TRAINED && frame.scores.cnn.testAccuracy < 2 / classes);
  const [, update] = useState(0);
  const next: Visit = {
    before: visit.current.before || (drawn && frame?.steps === 0),
    after: visit.current.after || (drawn && frame !== undefined && frame.steps >= TRAINED),
    broken: visit.current.broken || isLost,
  };
  const changed = (["before", "after", "broken"] as const).some((key) => next[key] !== visit.current[key]);
  useEffect(() => {
    if (!changed) return;
    visit.current = next;
    update((count) => count + 1);
  });
  return next;
}
