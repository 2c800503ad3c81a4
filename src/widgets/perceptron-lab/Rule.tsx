import { useEffect, useState } from "preact/hooks";
import { Button, Readout, Segmented } from "../../ui/controls.tsx";
import { Value } from "./Formula.tsx";
import type { Learning, StepRecord } from "./learning.ts";
import { RATES } from "./state.ts";

export interface RuleProps {
  run: Learning;
  count: number;
  rate: (typeof RATES)[number];
  /** The most corrections there can be; `undefined` when no line separates the examples. */
  most: number | undefined;
  onStep: () => void;
  onNextCorrection: () => void;
  onRestart: () => void;
  onRate: (rate: (typeof RATES)[number]) => void;
}

/** Milliseconds between two steps of the automatic run: slow enough to watch the line turn. */
const PACE = 350;

/** The learning rule's controls, its last step written out, and how it ends. */
export function Rule(props: RuleProps) {
  const { run, count, rate, most, onStep, onNextCorrection, onRestart, onRate } = props;
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
        <Button disabled={over || count === 0} onClick={onNextCorrection}>
          다음 틀린 점까지
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
      <p class="pl-bound">{boundText(run, count, most)}</p>
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

/** XOR has come round by then; before that the learner is to find out alone. */
const PASSES_BEFORE_VERDICT = 3;

/** Novikoff's bound, or that there is none. */
function boundText({ steps, updates }: Learning, count: number, most: number | undefined): string {
  if (steps === 0) return "";
  if (most !== undefined) {
    return `수렴 정리의 상한: 이 점들에서는 가중치 0에서 시작해 많아야 ${most.toLocaleString("ko-KR")}번 고칩니다. 지금까지 ${updates}번 고쳤습니다.`;
  }
  if (steps < PASSES_BEFORE_VERDICT * count) return "";
  return "이 점들을 모두 제 쪽에 두는 직선은 없습니다. 그래서 수렴 정리가 주는 상한도 없습니다.";
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
