import { useEffect, useState } from "preact/hooks";
import { Button, Readout, Segmented } from "../../ui/controls.tsx";
import { Value } from "./Formula.tsx";
import type { Learning, StepRecord } from "./learning.ts";
import { RATES } from "./state.ts";

export interface RuleProps {
  run: Learning;
  count: number;
  rate: (typeof RATES)[number];
  onStep: () => void;
  onRestart: () => void;
  onRate: (rate: (typeof RATES)[number]) => void;
}

/** Milliseconds between two steps of the automatic run: slow enough to watch the line turn. */
const PACE = 350;

/** The learning rule's controls, its last step written out, and how it ends. */
export function Rule({ run, count, rate, onStep, onRestart, onRate }: RuleProps) {
  const [automatic, setAutomatic] = useState(false);
  const learning = run.outcome.kind === "learning";
  useEffect(() => {
    if (!automatic) return;
    if (!learning) {
      setAutomatic(false);
      return;
    }
    const timer = setInterval(onStep, PACE);
    return () => clearInterval(timer);
  }, [automatic, learning, onStep]);
  const over = run.outcome.kind === "converged";
  return (
    <div class="pl-rule">
      <div class="pl-buttons">
        <Button kind="primary" disabled={over || count === 0} onClick={onStep}>
          한 걸음
        </Button>
        <Button
          pressed={automatic}
          disabled={!learning || count === 0}
          onClick={() => setAutomatic(!automatic)}
        >
          {automatic ? "멈춤" : "자동으로"}
        </Button>
        <Button
          onClick={() => {
            setAutomatic(false);
            onRestart();
          }}
        >
          가중치를 0으로
        </Button>
      </div>
      <div class="pl-counts">
        <Readout label="걸음" value={run.steps} />
        <Readout label="고친 횟수" value={run.updates} />
        <Readout label="에포크" value={count === 0 ? 0 : Math.floor(run.steps / count)} />
      </div>
      <StepText last={run.last} rate={Number(rate)} />
      <p class="pl-outcome" data-kind={run.outcome.kind} role="status">
        {outcomeText(run, count)}
      </p>
      <Segmented
        label="학습률 η"
        value={rate}
        options={RATES.map((value) => ({ value, label: value }))}
        onChange={onRate}
      />
    </div>
  );
}

function outcomeText({ outcome, steps, updates }: Learning, count: number): string {
  if (outcome.kind === "converged") {
    return `점 ${count}개를 잇달아 모두 맞혔습니다. ${steps}걸음 동안 ${updates}번 고쳤고, 더 고칠 것이 없습니다.`;
  }
  if (outcome.kind === "cycle") {
    return `가중치가 ${outcome.passes}에포크 전과 똑같은 값으로 돌아왔습니다. 다음 걸음도 그때와 똑같으므로 영원히 되풀이됩니다.`;
  }
  return "";
}

/** The update with its numbers. */
function StepText({ last, rate }: { last: StepRecord | undefined; rate: number }) {
  if (!last) {
    return (
      <p class="pl-step">
        한 걸음을 누르면 점 하나를 보고, 틀렸을 때만 가중치를 고칩니다. 식에 숫자를 넣어 보여 드립니다.
      </p>
    );
  }
  const { example, before, after, z, output } = last;
  const error = example.target - output;
  const rows = [
    ["w₁", before.w1, example.x1, after.w1],
    ["w₂", before.w2, example.x2, after.w2],
    ["b", before.b, 1, after.b],
  ] as const;
  return (
    <div class="pl-step">
      <p>
        점 ({example.x1}, {example.x2}): z = <Value value={z} alone />, 출력 {output}, 정답 {example.target}.{" "}
        {error === 0 ? "맞았으므로 그대로 둡니다." : `오차 t − y = ${error > 0 ? "1" : "−1"}`}
      </p>
      {error !== 0 && (
        <ul>
          {rows.map(([name, from, input, to]) => (
            <li key={name}>
              {name} ← <Value value={from} /> + {rate}·<Value value={error} digits={0} />
              {name === "b" ? "" : `·${input < 0 ? `(−${-input})` : input}`} = <Value value={to} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
