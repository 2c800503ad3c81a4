import { More } from "../../ui/controls.tsx";
import { numberText } from "../../ui/number-text.ts";
import type { Seen } from "./experiment.ts";
import { type Explanation, explain, type GateSum } from "./explain.ts";
import type { PartName } from "./network.ts";
import { PART_NAMES, SYMBOL_TEXTS } from "./words.ts";

const bracketed = (value: number) => (value < 0 ? `(${numberText(value)})` : numberText(value));

/** How the chosen number came about, with the numbers put in. */
export function Formula({
  seen,
  step,
  unit,
  part,
}: {
  seen: Seen;
  step: number;
  unit: number;
  part: PartName;
}) {
  const explanation = explain(seen, step, part, unit);
  const { name, sign } = PART_NAMES[part];
  return (
    <div class="mc-formula">
      <p class="mc-heading">
        {step + 1}번째 걸음, 유닛 {unit + 1}의 {name} {sign}
      </p>
      {explanation.sum ? (
        <SumText {...{ explanation, sign, token: seen.tokens[step]! }} sum={explanation.sum} />
      ) : (
        <Mixture explanation={explanation} cell={seen.cell} />
      )}
      <p class="mc-meaning">{meaningOf(part, explanation.value, seen.cell)}</p>
      {explanation.sum && (
        <More label={`U·h의 곱 ${seen.units}개 보기`}>
          <ol class="mc-products">
            {explanation.sum.products.map(({ weight, state }, i) => (
              <li key={i}>
                {numberText(weight)} × {bracketed(state)} = {numberText(weight * state)}
              </li>
            ))}
          </ol>
        </More>
      )}
    </div>
  );
}

interface SumProps {
  explanation: Explanation;
  sum: GateSum;
  sign: string;
  token: number;
}

function SumText({ explanation, sum, sign, token }: SumProps) {
  const { squash, value } = explanation;
  const past = sum.reset
    ? `${numberText(sum.reset.gate)} × (${numberText(sum.recurrent)} + ${bracketed(sum.reset.bias)})`
    : bracketed(sum.recurrent);
  return (
    <>
      <p class="mc-rule">
        {sign} = {squash}(W·x + b + {sum.reset ? "r·(U·h + b′)" : "U·h"})
      </p>
      <p class="mc-line-of-numbers">
        {sign} = {squash}({numberText(sum.input)} + {bracketed(sum.bias)} + {past}) = {squash}(
        {numberText(sum.total)}) = <b>{numberText(value)}</b>
      </p>
      <p class="mc-note">
        W·x는 읽은 기호 {SYMBOL_TEXTS[token]}가 고른 가중치 하나이고, U·h는 바로 앞 은닉 상태 전부에 가중치를
        곱해 더한 값입니다.
      </p>
    </>
  );
}

function Mixture({ explanation, cell }: { explanation: Explanation; cell: Seen["cell"] }) {
  const { mixed = {}, part, value } = explanation;
  const own = (name: keyof typeof mixed) => bracketed(mixed[name] ?? 0);
  const result = <b>{numberText(value)}</b>;
  if (cell === "gru") {
    return (
      <>
        <p class="mc-rule">h = z × 전 h + (1 − z) × n</p>
        <p class="mc-line-of-numbers">
          h = {own("keep")} × {own("before")} + (1 − {own("keep")}) × {own("candidate")} = {result}
        </p>
      </>
    );
  }
  if (part === "memory") {
    return (
      <>
        <p class="mc-rule">c = f × 전 c + i × n</p>
        <p class="mc-line-of-numbers">
          c = {own("forget")} × {own("before")} + {own("enter")} × {own("candidate")} = {result}
        </p>
      </>
    );
  }
  return (
    <>
      <p class="mc-rule">h = o × tanh(c)</p>
      <p class="mc-line-of-numbers">
        h = {own("leave")} × tanh({numberText(mixed.memory ?? 0)}) = {result}
      </p>
    </>
  );
}

const share = (value: number) => `${Math.round(100 * value)}%`;

/** What the number does. */
function meaningOf(part: PartName, value: number, cell: Seen["cell"]): string {
  switch (part) {
    case "keep":
      return `이 유닛은 전에 가지고 있던 값의 ${share(value)}를 남기고, 나머지 ${share(1 - value)}를 새 후보로 채웁니다.`;
    case "forget":
      return `이 유닛은 전에 가지고 있던 기억의 ${share(value)}를 남깁니다.`;
    case "enter":
      return `새 후보의 ${share(value)}를 기억에 더합니다.`;
    case "leave":
      return `기억을 눌러 −1과 1 사이로 만든 값의 ${share(value)}를 밖으로 내보냅니다.`;
    case "reset":
      return `새 후보를 만들 때 지난 은닉 상태를 ${share(value)}만 봅니다.`;
    case "candidate":
      return "새로 적어 넣을 값의 후보입니다.";
    case "memory":
      return "더하기로 이어지는 기억입니다. 망각 문이 1에 가까우면 값도, 거꾸로 오는 기울기도 거의 그대로 지나갑니다.";
    case "state":
      return cell === "rnn"
        ? "모든 값을 한꺼번에 섞어 tanh로 누릅니다. 남길 것을 따로 고르는 문이 없습니다."
        : "다음 걸음과 답이 보는 값입니다.";
  }
}
