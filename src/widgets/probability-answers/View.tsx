import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { VOWELS } from "../../data/vowels.ts";
import { Segmented } from "../../ui/controls.tsx";
import { useDigitNetwork } from "../../ui/use-digit-network.ts";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { CalibrationPart, gapText, topText } from "./CalibrationPart.tsx";
import { reliabilityOf } from "./calibration.ts";
import { answersGoals } from "./goals.ts";
import { NonsensePart } from "./NonsensePart.tsx";
import { isOddity, pictureOf } from "./nonsense.ts";
import { SoftmaxPart } from "./SoftmaxPart.tsx";
import { largest, softmax } from "./softmax.ts";
import { ANIMALS, type AnswersState, answersState, logitsOf, PRESETS } from "./state.ts";
import { percent } from "./text.ts";
import {
  type AnswerConfig,
  type AnswerFrame,
  type AnswerLive,
  heldOut,
  LAST_STEP,
  type SurveyCommand,
} from "./trainer.ts";
import "./probability-answers.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** Training steps a second: the engine would be done before anybody has looked. */
const PACE = 700;

const PARTS = [
  { value: "softmax", label: "로짓에서 확률로" },
  { value: "calibration", label: "95%는 맞을까" },
  { value: "nonsense", label: "엉뚱한 것에는" },
] as const;

const INSTRUCTIONS: Readonly<Record<AnswersState["part"], string>> = {
  softmax: "로짓과 온도를 움직이고, 확률과 식의 숫자가 어떻게 달라지는지 보세요.",
  calibration: "신경망을 오래 훈련하고, 말한 확률과 실제로 맞은 비율을 견주어 보세요.",
  nonsense: "숫자만 배운 신경망에 숫자가 아닌 것을 보여 주세요.",
};

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("probability-answers", answersState, PRESETS[preset ?? ""] ?? {}, place);
  const { state, set } = widget;
  const network = useDigitNetwork();
  const [attempt, setAttempt] = useState(0);
  const isAsking = state.part === "nonsense" && network.result !== undefined;
  const picture = useMemo(() => Array.from(pictureOf(state.strokes), round), [state.strokes]);
  const lab = useLab<AnswerConfig, AnswerLive, AnswerFrame, SurveyCommand>({
    startWorker,
    configKey: isAsking ? "ask" : `train ${state.count} ${state.seed} ${attempt}`,
    config: () =>
      isAsking && network.result
        ? { task: "ask", model: network.result }
        : { task: "train", count: Number(state.count), seed: state.seed },
    live: { picture, turn: 0 },
    pace: PACE,
    checkpoint: (config) => config,
    place,
  });
  const train = lab.frame?.task === "train" ? lab.frame : undefined;
  const ask = lab.frame?.task === "ask" && isAsking ? lab.frame : undefined;
  const finished = train !== undefined && train.steps >= LAST_STEP;
  useEffect(() => {
    if (finished || state.part !== "calibration") lab.pause();
  }, [finished, state.part]);
  const labels = useMemo(() => heldOut(state.seed).judged.labels, [state.seed]);
  const measured = (temperature: number) =>
    train && reliabilityOf({ logits: train.judged, labels, classes: VOWELS.length }, temperature);
  const plain = useMemo(() => measured(1), [train, labels]);
  const cooled = useMemo(() => measured(state.cooling), [train, labels, state.cooling]);
  const top = ask ? Math.max(...softmax(ask.logits)) : 0;
  const surveyed = Math.max(0, ...(ask?.surveys.map(({ confidence }) => confidence) ?? []));
  const fooled = Math.max(isOddity(state.strokes) ? top : 0, surveyed);
  const restart = (patch: Partial<AnswersState>) => {
    lab.pause();
    set(patch);
    setAttempt(attempt + 1);
  };
  const summary = summaryOf(state, plain && cooled ? `${gapText(plain)} ${topText(cooled)}` : "", ask && top);

  return (
    <WidgetFrame
      widget="probability-answers"
      title={WIDGETS["probability-answers"].title}
      instruction={INSTRUCTIONS[state.part]}
      goals={answersGoals({ state, plain, cooled, steps: train?.steps ?? 0, fooled })}
      description={`신경망의 확률을 세 가지로 살펴봅니다. ${summary}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        setAttempt(attempt + 1);
      }}
      encodedState={() => answersState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={lab.playing ? "훈련하고 있습니다." : summary}
    >
      <div class="pa" ref={place}>
        <Segmented label="살펴볼 것" value={state.part} options={PARTS} onChange={(part) => set({ part })} />
        {state.part === "softmax" && <SoftmaxPart state={state} set={set} />}
        {state.part === "calibration" && (
          <CalibrationPart
            key={attempt}
            {...{ state, set, plain, cooled }}
            frame={train}
            playing={lab.playing}
            onPlay={lab.play}
            onPause={lab.pause}
            onRestart={restart}
          />
        )}
        {state.part === "nonsense" && (
          <NonsensePart
            {...{ state, set, network, picture }}
            frame={ask}
            onSurvey={(kind) => lab.command({ kind, seed: state.seed })}
          />
        )}
      </div>
    </WidgetFrame>
  );
}

const round = (value: number) => Math.round(value * 1e3) / 1e3;

function summaryOf(state: AnswersState, calibration: string, top: number | undefined): string {
  if (state.part === "calibration") return calibration;
  if (state.part === "nonsense")
    return top === undefined
      ? "숫자 신경망을 받으면 시작합니다."
      : `지금 그림에는 ${percent(top)} 확신합니다.`;
  const probabilities = softmax(logitsOf(state), state.temperature);
  const answer = largest(probabilities);
  return `온도 ${state.temperature}에서 가장 큰 확률은 ${ANIMALS[answer]} ${percent(probabilities[answer]!)}입니다.`;
}
