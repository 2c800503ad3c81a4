import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { DOODLES } from "../../data/datasets.ts";
import { prepareStrokes } from "../../data/strokes.ts";
import { Button, Segmented } from "../../ui/controls.tsx";
import { DrawingPad } from "../../ui/DrawingPad.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { exampleWords } from "./examples.ts";
import { doodleGoals } from "./goals.ts";
import { KnownAnswers, KnownMeasured } from "./Known.tsx";
import { Loading } from "./Loading.tsx";
import { OwnAnswers, OwnDrawings, PREPARATION } from "./Own.tsx";
import { canTeach, countDrawings, type OwnWord } from "./own-words.ts";
import type { Lesson } from "./protocol.ts";
import { largest } from "./recognizer.ts";
import { ASKED_WORDS, doodleState, type FeatureId } from "./state.ts";
import { Taught } from "./Taught.tsx";
import { useOwnWords } from "./use-own-words.ts";
import { type RecognizerHandle, useRecognizer } from "./use-recognizer.ts";
import "./doodle-recognizer.css";

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const first = preset === "own" ? { mode: "own" as const } : {};
  const widget = useWidgetState("doodle-recognizer", doodleState, first, place);
  const { state, set } = widget;
  const recognizer = useRecognizer();
  const { words, saved, change } = useOwnWords();
  const lesson = useTeaching(recognizer, words, state.features);
  const isReady = recognizer.status.kind === "ready";
  const [isFinished, setFinished] = useState(true);
  const [recognised, setRecognised] = useState<ReadonlySet<number>>(new Set());

  const picture = useMemo(
    () => (state.strokes.length > 0 ? prepareStrokes(state.strokes, PREPARATION) : undefined),
    [state.strokes],
  );
  const taught = recognizer.taught?.number === lesson.number ? recognizer.taught : undefined;
  useEffect(() => {
    if (isReady && picture) recognizer.look(picture);
  }, [isReady, picture, taught]);
  const looked = picture ? recognizer.looked?.looked : undefined;
  // Answers to an earlier picture do not count.
  const isCurrent = useSame(recognizer.looked?.picture, picture);
  const asked = ASKED_WORDS[state.asked]!;
  const answer = looked && isCurrent ? largest(looked.probabilities) : undefined;
  useEffect(() => {
    if (state.mode === "known" && isFinished && answer === asked) {
      setRecognised((before) => new Set([...before, asked]));
    }
  }, [state.mode, isFinished, answer, asked]);

  const leftOut = recognizer.leftOut?.number === lesson.number ? recognizer.leftOut.leftOut : undefined;
  const survey = recognizer.surveying.kind === "done" ? recognizer.surveying.survey : undefined;
  const answerName = answer === undefined ? undefined : DOODLES.classes[answer]!;

  return (
    <WidgetFrame
      widget="doodle-recognizer"
      title={WIDGETS["doodle-recognizer"].title}
      instruction={
        isReady
          ? "판에 그려 보세요. 그리는 동안 신경망이 답합니다."
          : "신경망을 받으면 여러분의 낙서를 알아봅니다."
      }
      goals={doodleGoals({ recognised, survey, words, isTaught: taught !== undefined, leftOut })}
      description={`그린 것을 28×28 그림으로 줄여, 낙서 마흔 가지를 배운 합성곱 신경망에 넣습니다. ${answerName ? `지금 그림의 첫째 답은 ${answerName}입니다.` : "아직 답이 없습니다."} 내 낱말은 ${words.length}개이고 그림은 모두 ${countDrawings(words)}장입니다.`}
      onReset={() => {
        setRecognised(new Set());
        widget.reset();
      }}
      encodedState={() => doodleState.encode(state)}
      notice={widget.notice}
      announcement={isFinished && answerName && state.mode === "known" ? `첫째 답: ${answerName}` : saved}
    >
      <div class="dr" ref={place}>
        <Loading recognizer={recognizer} />
        <Segmented
          label="무엇을 할까요"
          value={state.mode}
          options={[
            { value: "known", label: "낙서 알아보기" },
            { value: "own", label: "내 낱말 가르치기" },
          ]}
          onChange={(mode) => set({ mode })}
        />
        <div class="dr-main">
          <DrawingPad
            what="낙서"
            strokes={state.strokes}
            preparation={PREPARATION}
            onChange={(drawing) => {
              setFinished(drawing.isFinished);
              set({ strokes: drawing.strokes });
            }}
          />
          {state.mode === "known" ? (
            <KnownAnswers
              {...{ state, recognizer, picture, recognised }}
              probabilities={looked?.probabilities}
              onNext={() => set({ asked: (state.asked + 1) % ASKED_WORDS.length, strokes: [] })}
            />
          ) : (
            <OwnAnswers
              {...{ words }}
              onWords={change}
              strokes={state.strokes}
              onTaken={() => set({ strokes: [] })}
              own={taught ? looked?.own : undefined}
              onExamples={() => change(exampleWords())}
            />
          )}
        </div>
        {state.mode === "known" && isReady && <KnownMeasured recognizer={recognizer} />}
        {state.mode === "own" && words.length > 0 && (
          <>
            <OwnDrawings words={words} onWords={change} />
            <div class="dr-kept">
              <p class="dr-hint">{saved} 그림은 이 기기를 떠나지 않습니다. 그림을 누르면 빠집니다.</p>
              <Button kind="quiet" onClick={() => change([])}>
                내 낱말 모두 지우기
              </Button>
            </div>
            <Taught
              taught={taught}
              leftOut={leftOut}
              leaving={recognizer.leaving}
              features={state.features}
              onFeatures={(features) => set({ features })}
              onLeaveOut={() => recognizer.leaveOut(lesson)}
            />
          </>
        )}
      </div>
    </WidgetFrame>
  );
}

/** Teaches anew whenever the drawings, or what of the network is read, change. */
function useTeaching(recognizer: RecognizerHandle, words: readonly OwnWord[], features: FeatureId): Lesson {
  const number = useRef(0);
  const lesson = useMemo<Lesson>(() => {
    number.current += 1;
    const drawn = words.flatMap(({ drawings }, label) =>
      drawings.map((strokes) => ({ label, picture: prepareStrokes(strokes, PREPARATION) })),
    );
    return { number: number.current, drawn, classes: words.length, features };
  }, [words, features]);
  const isReady = recognizer.status.kind === "ready";
  useEffect(() => {
    if (!isReady) return;
    if (canTeach(words)) recognizer.teach(lesson);
    else recognizer.forget();
  }, [isReady, lesson]);
  return lesson;
}

function useSame(seen: Float32Array | undefined, picture: Float32Array | undefined): boolean {
  return useMemo(
    () => seen !== undefined && picture !== undefined && seen.every((value, i) => value === picture[i]),
    [seen, picture],
  );
}
