import { useEffect, useRef, useState } from "preact/hooks";
import { Readout } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curve } from "./Curve.tsx";
import { Editor } from "./Editor.tsx";
import { Examples } from "./Examples.tsx";
import { loopGoals } from "./goals.ts";
import { caseOf, type Direction, type Guesses, NO_SCORE, type Score, scored } from "./guess.ts";
import { gradientShown, Net } from "./Net.tsx";
import { predict, readStep } from "./network.ts";
import { Panel, Phases } from "./Panel.tsx";
import { Settings } from "./Settings.tsx";
import {
  examplesOf,
  HIDDEN_LAYER,
  type LoopState,
  loopState,
  NAMES,
  nextStage,
  OUTPUT_LAYER,
  type Stage,
  soundState,
  stageReached,
} from "./state.ts";
import { Phase, Toolbar } from "./Toolbar.tsx";
import { announcement, description, verdictText } from "./text.ts";
import { useLoop } from "./use-loop.ts";
import "./training-loop.css";
import "./net.css";

/** Which parameters are asked for at a stage. */
const askedAt = (stage: Stage): readonly number[] =>
  stage === "ask-output" ? OUTPUT_LAYER : stage === "ask-hidden" ? HIDDEN_LAYER : [];

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("training-loop", loopState, {}, place);
  const state = soundState(widget.state);
  const loop = useLoop({ state, set: widget.set }, place);
  const { playing } = loop.lab;
  const [guesses, setGuesses] = useState<Guesses>({});
  const [score, setScore] = useState<Score>(NO_SCORE);
  const [verdict, setVerdict] = useState<string>();
  const [selected, setSelected] = useState<number>();
  /** Every case whose gradients were on the screen. */
  const seen = useRef(new Set<string>());

  const examples = examplesOf(state);
  const example = examples[state.example]!;
  const { activation, parameters, stage } = state;
  const reading = readStep(activation, parameters, example, Number(state.rate));
  const taken = stage === "update" && !playing;
  const after = taken ? readStep(activation, reading.next, example, Number(state.rate)) : undefined;
  const predictions = examples.map((each) => predict(activation, taken ? reading.next : parameters, each));
  const meanLoss = predictions.reduce((sum, { loss }) => sum + loss, 0) / predictions.length;
  const asked = askedAt(stage);
  const missing = asked.filter((i) => guesses[i] === undefined).length;
  const key = caseOf(state, parameters, example);
  useEffect(() => {
    if (stageReached(stage, "output")) seen.current.add(`ask-output ${key}`);
    if (stageReached(stage, "hidden")) seen.current.add(`ask-hidden ${key}`);
  }, [stage, key]);

  const clear = () => {
    setGuesses({});
    setVerdict(undefined);
  };
  /** The state after the step at hand, if it has been taken. */
  const committed = (): Partial<LoopState> => ({
    stage: "start",
    ...(stage === "update" && {
      parameters: reading.next,
      steps: state.steps + 1,
      example: (state.example + 1) % examples.length,
    }),
  });
  const edit = (patch: Partial<LoopState>) => {
    clear();
    loop.edit({ ...committed(), ...patch });
  };
  const next = () => {
    if (stage === "update") {
      edit({});
      return;
    }
    if (asked.length > 0) {
      const counts = !seen.current.has(`${stage} ${key}`);
      const fresh = stage === "ask-output";
      const result = scored(score, guesses, asked, reading.gradients, fresh);
      if (counts) setScore(result);
      setVerdict(verdictText(guesses, asked, reading.gradients, counts));
    }
    widget.set({ stage: nextStage(stage, state.mode) });
  };
  const play = () => {
    clear();
    if (playing) loop.lab.pause();
    else loop.run(committed());
  };
  const change = after && { before: reading.loss, after: after.loss };
  const errors = predictions.map(({ output }, i) => Math.abs(output - examples[i]!.target));

  return (
    <WidgetFrame
      widget="training-loop"
      title={WIDGETS["training-loop"].title}
      instruction="한 단계씩 계산하며, 아홉 개의 수가 어느 쪽으로 움직일지 짐작해 보세요."
      goals={loopGoals(state, {
        errors,
        score,
        change,
        sinceChoice: loop.sinceChoice,
        sinceZero: loop.sinceZero,
      })}
      description={description(state, example, reading, meanLoss)}
      onReset={() => {
        loop.lab.pause();
        clear();
        setSelected(undefined);
        loop.edit(loopState.defaults);
        widget.reset();
      }}
      encodedState={() => loopState.encode(state)}
      notice={widget.notice ?? loop.lab.failure}
      announcement={announcement(state, reading, change, verdict, playing, meanLoss)}
    >
      <div class="tl" ref={place}>
        <Phase stage={stage} playing={playing} />
        {loop.diverged && (
          <p class="tl-diverged" role="alert">
            수가 너무 커져서 멈추었습니다. 한 걸음의 보폭이 골짜기보다 커서, 걸음마다 더 멀리 튀어 나갔습니다.
            그림에는 터지기 전의 마지막 값이 남아 있습니다. 학습률을 줄이거나 <strong>다른 시작</strong>을
            눌러 보세요.
          </p>
        )}
        <div class="tl-stage">
          <div class="tl-picture">
            <Net
              state={state}
              example={example}
              reading={reading}
              after={after}
              guesses={guesses}
              selected={selected}
              onSelect={(index) => setSelected(selected === index ? undefined : index)}
              running={playing}
            />
            {selected !== undefined && (
              <Editor
                index={selected}
                parameters={taken ? reading.next : parameters}
                onChange={(changed) => edit({ parameters: changed })}
                onClose={() => setSelected(undefined)}
              />
            )}
            <p class="tl-legend">
              {gradientShown(state, NAMES.length - 1) &&
                !playing &&
                "▲▼＝ 움직일 방향, 그 옆은 기울기. ∂는 그 뉴런까지 온 책임."}
            </p>
          </div>
          <div class="tl-side">
            <Toolbar stage={stage} playing={playing} missing={missing} onNext={next} onPlay={play} />
            <div class="tl-panel">
              {playing ? (
                <>
                  <p>
                    네 예를 차례로 돌며 Forward, Loss, Backward, Update를 되풀이하고 있습니다. 멈추면 그
                    자리에서 한 걸음씩 이어 볼 수 있습니다.
                  </p>
                  <Phases />
                </>
              ) : (
                <Panel
                  state={state}
                  example={example}
                  reading={reading}
                  lossAfter={after?.loss ?? reading.loss}
                  guesses={guesses}
                  onGuess={(index: number, direction: Direction) =>
                    setGuesses((made) => ({ ...made, [index]: direction }))
                  }
                  verdict={verdict}
                />
              )}
            </div>
            <div class="tl-readouts">
              <Readout label="걸음" value={(state.steps + (taken ? 1 : 0)).toLocaleString("ko")} />
              <Readout label="맞힌 짐작" value={`${score.right} / ${score.total}`} />
              <Readout label="이번 걸음" value={`${score.stepRight} / ${score.stepTotal}`} />
            </div>
          </div>
        </div>
        <div class="tl-under-stage">
          <Examples
            state={state}
            examples={examples}
            predictions={predictions}
            computed={playing || stageReached(stage, "forward")}
            onChoose={(index) => edit({ example: index })}
            onOwn={(own) => edit({ own })}
          />
          <Curve
            steps={state.steps + (taken ? 1 : 0)}
            loss={meanLoss}
            source={`${state.seed} ${state.data} ${activation}`}
          />
        </div>
        <Settings state={state} examples={examples} onEdit={edit} set={widget.set} />
      </div>
    </WidgetFrame>
  );
}
