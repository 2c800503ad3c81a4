import { More } from "../../ui/controls.tsx";
import { numberText, shortText } from "../../ui/number-text.ts";
import { forwardLines, hiddenLines, type Line, lossLines, outputLines, updateLines } from "./formulas.ts";
import { Ask } from "./Guess.tsx";
import type { Direction, Guesses } from "./guess.ts";
import type { Example, Reading } from "./network.ts";
import { signOf } from "./sign.ts";
import { HIDDEN_LAYER, type LoopState, OUTPUT_LAYER } from "./state.ts";

export interface PanelProps {
  state: LoopState;
  example: Example;
  reading: Reading;
  /** Loss on this example with the parameters after the step. */
  lossAfter: number;
  guesses: Guesses;
  onGuess: (index: number, direction: Direction) => void;
  /** What became of the guesses just shown. */
  verdict: string | undefined;
}

/** What happens at this stage of the step, in words and with the numbers put into the formulas. */
export function Panel(props: PanelProps) {
  const { state, example, reading, verdict } = props;
  const { activation, parameters } = state;
  switch (state.stage) {
    case "start":
      return (
        <>
          <p>
            입력 ({shortText(example.x[0])}, {shortText(example.x[1])})의 정답은{" "}
            <strong>{shortText(example.target)}</strong>입니다. 신경망은 무엇이라고 답할까요? 왼쪽에서
            오른쪽으로 계산해 봅시다.
          </p>
          <Phases />
        </>
      );
    case "forward":
      return (
        <>
          <p>
            입력을 가중치와 곱해 더하고 활성화 함수를 거칩니다. 예측은{" "}
            <strong>{numberText(reading.output)}</strong>입니다.
          </p>
          <Lines lines={forwardLines(activation, parameters, example, reading)} />
        </>
      );
    case "loss":
      return (
        <>
          <p>
            예측과 정답의 차이를 제곱합니다. 예측이 정답보다 <strong>{compared(reading, example)}</strong>.
          </p>
          <Lines lines={lossLines(example, reading)} />
        </>
      );
    case "ask-output":
    case "ask-hidden":
      return <Question {...props} />;
    case "output":
      return (
        <>
          {verdict && <p class="tl-verdict">{verdict}</p>}
          <p>책임은 출력에서 시작합니다. 기울기가 양수인 것은 줄이고(▼), 음수인 것은 키웁니다(▲).</p>
          <Lines lines={outputLines(example, reading)} />
        </>
      );
    case "hidden":
      return (
        <>
          {verdict && <p class="tl-verdict">{verdict}</p>}
          <p>출력의 책임이 w₅와 w₆을 거슬러 은닉층으로 왔습니다. 입력이 0인 쪽의 가중치는 책임도 0입니다.</p>
          <Lines lines={hiddenLines(activation, parameters, example, reading)} />
        </>
      );
    case "update":
      return (
        <>
          <p>{updateText(reading.loss, props.lossAfter)}</p>
          <Lines lines={updateLines(parameters, state.rate, reading)} sign="←" />
        </>
      );
  }
}

function compared({ output }: Reading, { target }: Example): string {
  if (output === target) return "크지도 작지도 않습니다";
  return output > target ? "큽니다" : "작습니다";
}

/** What the step did to the loss on this example. */
function updateText(before: number, after: number): string {
  const change = `이 예의 손실: ${numberText(before, 3)} → ${numberText(after, 3)}.`;
  if (after > before)
    return `${change} 오히려 커졌습니다. 방향은 맞지만 보폭이 커서 골짜기를 건너뛰었습니다. 학습률을 줄여 보세요.`;
  if (after === before) return `${change} 그대로입니다. 움직일 것이 없었습니다.`;
  return `${change} 아홉 개를 기울기의 반대쪽으로 조금씩 옮기자 줄었습니다.`;
}

function Question({ state, example, reading, guesses, onGuess }: PanelProps) {
  const output = state.stage === "ask-output";
  const need = reading.output < example.target ? "커져야" : "작아져야";
  return (
    <>
      <p>
        {output ? (
          <>
            손실을 줄이려면 예측 y가 <strong>{need}</strong> 합니다. 그러려면 출력층의 세 수는 어느 쪽으로
            움직여야 할까요?
          </>
        ) : (
          <>이번에는 은닉층의 여섯 수입니다. 각각 어느 쪽으로 움직일까요?</>
        )}
      </p>
      <Ask
        indices={output ? OUTPUT_LAYER : HIDDEN_LAYER}
        parameters={state.parameters}
        guesses={guesses}
        onGuess={onGuess}
      />
      <More label="힌트 보기">
        {output ? (
          <p>
            y = w₅h₁ + w₆h₂ + b₃입니다. h가 양수이면 w를 키울 때 y가 커지고, h가 음수이면 w를 키울 때 y가
            작아집니다.
          </p>
        ) : (
          <p>
            w₅가 양수이면 h₁이 커질 때 y도 커지고, 음수이면 반대입니다. h₁을 키우려면 z₁ = w₁x₁ + w₂x₂ + b₁을
            키워야 합니다. 입력 x가 0인 가중치는 무엇으로 바꾸어도 z가 그대로입니다.
          </p>
        )}
      </More>
    </>
  );
}

/** What each phase of a step does. */
export function Phases() {
  return (
    <ol class="tl-plan">
      <li>
        <strong>Forward</strong> 입력에서 예측까지 차례로 계산합니다.
      </li>
      <li>
        <strong>Loss</strong> 예측이 정답에서 얼마나 벗어났는지 수 하나로 잽니다.
      </li>
      <li>
        <strong>Backward</strong> 손실에서 거꾸로 가며, 아홉 개의 수마다 책임이 얼마인지 구합니다.
      </li>
      <li>
        <strong>Update</strong> 책임의 반대쪽으로 조금씩 고칩니다.
      </li>
    </ol>
  );
}

function Lines({ lines, sign = "=" }: { lines: readonly Line[]; sign?: string }) {
  return (
    <dl class="tl-lines">
      {lines.map(({ name, letters, numbers, result, digits }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="tl-letters">
              {sign} {letters}
            </span>
            <span>
              = {numbers} = <strong data-sign={signOf(result)}>{numberText(result, digits)}</strong>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
