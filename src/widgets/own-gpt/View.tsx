import { useRef } from "preact/hooks";
import { SHORTEST_TEXT } from "../../data/own-text.ts";
import { TASK_IDS, TASKS, type TaskId } from "../../data/toy-tasks.ts";
import { Button, Readout, Segmented, Select } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { AttentionPanel } from "./AttentionPanel.tsx";
import { Cases } from "./Cases.tsx";
import { Curves } from "./Curves.tsx";
import { Diary } from "./Diary.tsx";
import { ownGptGoals } from "./goals.ts";
import { OwnText } from "./OwnText.tsx";
import { Settings } from "./Settings.tsx";
import { type OwnGptState, ownGptState, PRESETS } from "./state.ts";
import { TakeHome } from "./TakeHome.tsx";
import { verdictText } from "./text.ts";
import { useOwnGpt } from "./use-own-gpt.ts";
import { Written } from "./Written.tsx";
import "./own-gpt.css";

const SUBJECTS = [
  { value: "proverbs", label: "속담" },
  { value: "own", label: "내 글" },
  { value: "task", label: "장난감 문제" },
] as const;
const TASK_OPTIONS = TASK_IDS.map((value) => ({ value, label: TASKS[value].label }));
/** Sums are not learned by a narrower network in a minute. */
const widthFor = (task: TaskId) => (task === "add" ? "64" : "32");

/** A change of the subject brings the width that suits it. */
function subjectChange(subject: OwnGptState["subject"], task: TaskId): Partial<OwnGptState> {
  return subject === "task" ? { subject, width: widthFor(task) } : { subject, width: "64" };
}

export default function View({ preset = "proverbs" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("own-gpt", ownGptState, PRESETS[preset as keyof typeof PRESETS] ?? {}, place);
  const { state, set } = widget;
  const own = useOwnGpt(state, place);
  const { lab, frame, config, missing, progress, frequency } = own;
  const look = frame?.look;
  const verdict = missing
    ? `글을 ${SHORTEST_TEXT}자 넘게 적고 ‘이 글로 배우기’를 누르세요.`
    : frame
      ? verdictText(frame, progress, frequency)
      : "준비하고 있습니다.";

  return (
    <WidgetFrame
      widget="own-gpt"
      title={WIDGETS["own-gpt"].title}
      instruction="훈련 시작을 누르세요. 작은 GPT가 이 기기에서 다음 글자 맞히기를 배웁니다."
      goals={ownGptGoals({ state, frame, progress, frequency, oneLayerFailed: own.oneLayerFailed })}
      description={`층 ${state.layers}개, 층마다 어텐션 머리 ${state.heads}개인 GPT를 훈련하면서, 쓴 글이나 문제의 답, 손실 곡선, 어텐션을 보입니다. ${verdict}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        own.restart();
      }}
      encodedState={() => ownGptState.encode(state)}
      notice={
        widget.notice ??
        lab.failure ??
        (lab.divergence &&
          `${lab.divergence.step}번째 걸음에서 값이 셀 수 없이 커져 멈췄습니다. 학습률을 낮추고 새로 시작하세요.`)
      }
      announcement={lab.playing ? "훈련하고 있습니다." : frame && frame.steps > 0 ? verdict : ""}
    >
      <div class="og" ref={place}>
        <Segmented
          label="무엇을 배울까요"
          value={state.subject}
          options={SUBJECTS}
          onChange={(subject) => set(subjectChange(subject, state.task))}
        />
        {state.subject === "own" && <OwnText text={state.own} onText={(text) => set({ own: text })} />}
        {state.subject === "task" && (
          <div class="og-task">
            <Select
              label="문제"
              value={state.task}
              options={TASK_OPTIONS}
              onChange={(task) => set({ task, width: widthFor(task) })}
            />
            <p>{TASKS[state.task].description}</p>
          </div>
        )}
        <div class="og-toolbar">
          <Button kind="primary" disabled={missing} onClick={() => (lab.playing ? lab.pause() : lab.play())}>
            {lab.playing ? "잠시 멈춤" : "훈련 시작"}
          </Button>
          {state.subject !== "task" && (
            <Button disabled={missing} onClick={() => lab.command({ write: true })}>
              다시 쓰기
            </Button>
          )}
          <Button disabled={missing} onClick={own.restart}>
            새로 시작
          </Button>
          <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("ko")} />
          <Readout label="파라미터" value={(frame?.parameterCount ?? 0).toLocaleString("ko")} />
        </div>
        <p class="og-verdict">{verdict}</p>
        {!missing && (
          <div class="og-columns">
            {state.subject === "task" ? (
              <Cases look={look?.kind === "task" ? look : undefined} />
            ) : (
              <Written
                look={look?.kind === "text" ? look : undefined}
                start={state.start}
                onStart={(start) => set({ start })}
              />
            )}
            <div class="og-side">
              <Curves lab={lab} network={own.network} frequency={frequency} />
              <AttentionPanel attention={look?.attention} layers={config.layers} heads={config.heads} />
            </div>
          </div>
        )}
        {!missing && <Diary frame={frame} network={own.network} />}
        <Settings
          state={state}
          set={set}
          unit={config.lesson.kind === "text" ? config.lesson.unit : undefined}
        />
        {!missing && <TakeHome config={config} memory={own.memory} />}
      </div>
    </WidgetFrame>
  );
}
