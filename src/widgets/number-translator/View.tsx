import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { SequenceCard } from "../../ui/SequenceCard.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Accuracy } from "./Accuracy.tsx";
import { Alignment } from "./Alignment.tsx";
import { Answers } from "./Answers.tsx";
import { Ask } from "./Ask.tsx";
import {
  KINDS,
  type TranslatorCommand,
  type TranslatorConfig,
  type TranslatorFrame,
  type TranslatorLive,
} from "./experiment.ts";
import { translatorGoals } from "./goals.ts";
import { Loading } from "./Loading.tsx";
import { lazyWorker } from "./lazy-worker.ts";
import { questionOf } from "./question.ts";
import { Steady } from "./Steady.tsx";
import { PRESETS, translatorState } from "./state.ts";
import { Training } from "./Training.tsx";
import { useFiles } from "./use-files.ts";
import { description, verdictText } from "./words.ts";
import "./number-translator.css";

const startWorker = () =>
  lazyWorker(() => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));

/** Which networks there are: none yet, the fetched ones, or fresh ones; counted, so that each begins anew. */
interface Begun {
  readonly fromScratch: boolean;
  readonly attempt: number;
}

export default function View({ preset = "first" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const opened = PRESETS[preset as keyof typeof PRESETS] ?? {};
  const widget = useWidgetState("number-translator", translatorState, opened, place);
  const { state, set } = widget;
  const files = useFiles();
  const [begun, setBegun] = useState<Begun>();
  const begin = (fromScratch: boolean) => setBegun({ fromScratch, attempt: (begun?.attempt ?? 0) + 1 });
  useEffect(() => {
    if (files.result) setBegun({ fromScratch: false, attempt: 0 });
  }, [files.result]);
  const question = questionOf(state.text);
  // What cannot be read leaves the last question with the networks.
  const readable = useRef("2026");
  if (question.problem === undefined) readable.current = question.source;
  const key = begun ? `${begun.fromScratch} ${begun.attempt} ${state.seed}` : "";
  const config = useMemo(
    (): TranslatorConfig => ({
      ...{ key, seed: state.seed, isEmpty: begun === undefined },
      files: begun && !begun.fromScratch ? files.result?.bytes : undefined,
    }),
    [key],
  );
  const memory = useRef<TranslatorFrame["memory"]>(undefined);
  const lab = useLab<TranslatorConfig, TranslatorLive, TranslatorFrame, TranslatorCommand>({
    startWorker,
    configKey: key,
    config: () => config,
    live: { learningRate: Number(state.rate), digits: state.digits, source: readable.current },
    pace: "full",
    checkpoint: (before) => (memory.current ? { ...before, memory: memory.current } : before),
    place,
  });
  const { subscribe } = lab;
  useEffect(() => {
    memory.current = undefined;
    return subscribe((fresh) => {
      if (fresh.key === key && fresh.memory) memory.current = fresh.memory;
    });
  }, [key, subscribe]);
  const frame = begun && lab.frame?.key === key ? lab.frame : undefined;
  // The answers on show stay until those to the next question are here.
  const answered = frame && questionOf(frame.source);
  const shown = answered?.problem === undefined ? answered : undefined;
  const verdict = begun ? verdictText(question, frame) : (question.problem ?? "");
  const fromScratch = begun?.fromScratch === true;
  const restart = (scratch: boolean) => {
    lab.pause();
    begin(scratch);
  };

  return (
    <WidgetFrame
      widget="number-translator"
      title={WIDGETS["number-translator"].title}
      instruction="수를 숫자나 한글로 적으면 다른 쪽으로 옮깁니다. 신경망이 어디를 보고 썼는지도 보세요."
      goals={translatorGoals(state, question, frame, fromScratch)}
      description={description(question, frame)}
      onReset={() => {
        widget.reset();
        lab.pause();
        setBegun(files.result && { fromScratch: false, attempt: (begun?.attempt ?? 0) + 1 });
      }}
      encodedState={() => translatorState.encode(state)}
      notice={
        widget.notice ??
        lab.failure ??
        (lab.divergence &&
          `${lab.divergence.step}번째 걸음에서 값이 셀 수 없이 커져 멈췄습니다. 학습률을 낮추고 처음부터 다시 훈련하세요.`)
      }
      announcement={lab.playing ? "훈련하고 있습니다." : ""}
    >
      <div class="nt" ref={place}>
        <Ask text={state.text} onText={(text) => set({ text })} />
        <p class={begun ? "nt-verdict" : undefined} role="status">
          {verdict}
        </p>
        {begun === undefined && <Loading files={files} onScratch={() => restart(true)} />}
        {begun !== undefined && frame === undefined && <p class="nt-note">신경망을 준비하고 있습니다.</p>}
        {frame && shown && (
          <Steady resetKey={shown.source}>
            <Answers frame={frame} direction={shown.direction} truth={shown.truth} />
            <Alignment
              {...{ frame, direction: shown.direction, target: state.target, source: state.source }}
              onCell={(target, source) => set({ target, source })}
            />
          </Steady>
        )}
        {frame && (
          <div class="nt-columns">
            <Accuracy
              frame={frame}
              way={state.way}
              onWay={(way) => set({ way })}
              onTest={() => lab.command({ test: true })}
            />
            <Training
              {...{ lab, frame, state, set, fromScratch }}
              canFetch={files.result !== undefined}
              onBegin={restart}
            />
          </div>
        )}
        {files.result && KINDS.map((kind) => <SequenceCard key={kind} card={files.result!.cards[kind]} />)}
      </div>
    </WidgetFrame>
  );
}
