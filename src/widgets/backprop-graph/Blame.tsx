import { Button } from "../../ui/controls.tsx";
import { numberText, scientificText, shortText } from "../../ui/number-text.ts";
import { type Difference, disagrees, type Evaluation, type Use } from "./evaluate.ts";
import type { Sign } from "./guess.ts";
import { inputsOf, isValue } from "./model.ts";
import { OPERATIONS } from "./operations.ts";
import type { SoundState } from "./state.ts";
import { spokenParticle } from "./text.ts";

const bracketed = (text: string) => (text.startsWith("−") ? `(${text})` : text);
const inner = (value: number, digits = 2) => bracketed(numberText(value, digits));
/** Responsibilities may be tiny and still not 0. */
const blame = (value: number) => scientificText(value);

interface QuestionProps {
  name: string;
  onGuess: (sign: Sign) => void;
}

/** Asks what becomes of L before the gradient is shown. */
export function Question({ name, onGuess }: QuestionProps) {
  return (
    <div class="bg-question">
      <p>
        <strong>{name}</strong>
        {spokenParticle(name, "을/를")} 아주 조금 키우면 L은 어떻게 될까요?
      </p>
      <div class="bg-buttons">
        <Button onClick={() => onGuess("up")}>▲ 커진다</Button>
        <Button onClick={() => onGuess("down")}>▼ 작아진다</Button>
        <Button onClick={() => onGuess("none")}>＝ 그대로</Button>
      </div>
    </div>
  );
}

interface BlameProps {
  state: SoundState;
  names: readonly string[];
  evaluation: Evaluation;
  index: number;
  difference: Difference | undefined;
}

/** Local derivative times upstream, for every way out, their sum, and the slope found by pushing. */
export function Blame({ state, names, evaluation, index, difference }: BlameProps) {
  const { gradient, uses } = evaluation.nodes[index]!;
  const name = names[index]!;
  if (gradient === undefined) return null;
  return (
    <div class="bg-blame">
      {index === state.lossNode && (
        <p>
          L 자신입니다. L이 1만큼 커지면 L은 1만큼 커집니다. 그래서 ∂L/∂L = <strong>1</strong>에서 시작합니다.
        </p>
      )}
      {uses.length === 0 && index !== state.lossNode && (
        <p>이 마디는 L까지 이어져 있지 않습니다. 바꾸어도 L은 그대로이니 기울기는 0입니다.</p>
      )}
      {uses.length > 0 && (
        <ol class="bg-uses">
          {uses.map((use) => (
            <Way key={`${use.consumer} ${use.slot}`} {...{ state, names, evaluation, index, use }} />
          ))}
        </ol>
      )}
      {uses.length > 1 && (
        <p class="bg-formula">
          더하면 ∂L/∂{name} = {uses.map(({ share }) => bracketed(blame(share))).join(" + ")} ={" "}
          <strong>{blame(gradient)}</strong>
        </p>
      )}
      {difference && <Check gradient={gradient} difference={difference} name={name} />}
    </div>
  );
}

interface WayProps extends Omit<BlameProps, "difference"> {
  use: Use;
}

/** One way out: what the consumer makes of the value, and how much of its own responsibility comes back. */
function Way({ state, names, evaluation, index, use }: WayProps) {
  const node = state.nodes[use.consumer]!;
  if (isValue(node)) return null;
  const operation = OPERATIONS[node.kind];
  const inputs = inputsOf(node).map((input) => names[input!]!);
  const amounts = inputsOf(node).map((input) => inner(evaluation.nodes[input!]!.value!));
  const consumer = names[use.consumer]!;
  const numbers = operation.slope(use.slot, amounts, inner(evaluation.nodes[use.consumer]!.value!));
  const letters = operation.slope(use.slot, inputs, consumer);
  const local = numberText(use.local);
  return (
    <li>
      <p class="bg-formula">
        {consumer} = {operation.write(inputs)}
      </p>
      <p class="bg-formula">
        ∂{consumer}/∂{names[index]} = {letters}
        {node.kind !== "relu" && numbers !== letters && numbers !== local && ` = ${numbers}`}
        {letters !== shortText(use.local) && (
          <>
            {" = "}
            <strong>{local}</strong>
          </>
        )}
      </p>
      <p class="bg-formula">
        ∂{consumer}/∂{names[index]} × ∂L/∂{consumer} = {inner(use.local)} × {bracketed(blame(use.upstream))} ={" "}
        <strong>{blame(use.share)}</strong>
      </p>
    </li>
  );
}

/** The same slope without a derivative, beside it. */
function Check({ gradient, difference, name }: { gradient: number; difference: Difference; name: string }) {
  const apart = disagrees(gradient, difference);
  const same = numberText(gradient, 5) === numberText(difference.slope, 5);
  return (
    <div class="bg-check" data-apart={apart ? "" : undefined}>
      <p>
        <strong>수치 미분으로 확인.</strong> 미분을 모르는 척하고 {name}만 h ={" "}
        {scientificText(difference.h, 4)}
        만큼 밀어 봅니다.
      </p>
      <p class="bg-formula">
        (L({name} + h) − L({name} − h)) / 2h = <strong>{numberText(difference.slope, 5)}</strong>
      </p>
      <p class="bg-formula">
        역전파 = <strong>{numberText(gradient, 5)}</strong>
      </p>
      <p>
        {apart
          ? "어긋납니다. 함수가 이 자리에서 꺾여 있어서, 위로 밀 때와 아래로 밀 때의 변화가 다릅니다. 역전파는 한쪽을 약속으로 골랐습니다."
          : same
            ? "두 값이 같습니다."
            : "h가 0이 아니라서 생긴 어림 오차만큼만 다릅니다."}
      </p>
    </div>
  );
}
