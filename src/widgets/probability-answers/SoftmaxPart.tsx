import { useState } from "preact/hooks";
import { Button, Slider } from "../../ui/controls.tsx";
import { COLDEST, HOTTEST } from "./calibration.ts";
import { softmax } from "./softmax.ts";
import {
  ANIMALS,
  type AnswersState,
  FIRST_LOGITS,
  fromSlider,
  LOGIT_LIMIT,
  logitsOf,
  toSlider,
} from "./state.ts";
import { percent, power, signed } from "./text.ts";

export interface PartProps {
  state: AnswersState;
  set: (patch: Partial<AnswersState>) => void;
}

/** Logits, a temperature, and the formula with their numbers. */
export function SoftmaxPart({ state, set }: PartProps) {
  const logits = logitsOf(state);
  const { temperature } = state;
  const probabilities = softmax(logits, temperature);
  const powers = logits.map((value) => Math.exp(value / temperature));
  const total = powers.reduce((sum, value) => sum + value, 0);
  const change = (i: number, value: number) =>
    set({ logits: logits.map((before, j) => (j === i ? value : before)) });
  return (
    <div class="pa-part">
      <div class="pa-logits">
        {ANIMALS.map((name, i) => (
          <div key={name} class="pa-row">
            <Slider
              label={`${name}의 로짓`}
              value={logits[i]!}
              min={-LOGIT_LIMIT}
              max={LOGIT_LIMIT}
              step={0.1}
              format={(value) => signed(value, 1)}
              onInput={(value) => change(i, value)}
            />
            <Bar name={name} value={probabilities[i]!} />
            <p class="pa-formula">
              e
              <sup>
                {temperature === 1 ? signed(logits[i]!, 1) : `${signed(logits[i]!, 1)}/${temperature}`}
              </sup>{" "}
              = {power(powers[i]!)} → {power(powers[i]!)} ÷ {power(total)} ={" "}
              <b>{probabilities[i]!.toFixed(3)}</b>
            </p>
          </div>
        ))}
      </div>
      <div class="pa-side">
        <Temperature label="온도 T" value={temperature} onInput={(value) => set({ temperature: value })} />
        <p class="pa-note">
          온도로 로짓을 나눈 뒤에 소프트맥스를 거칩니다. 1보다 크면 확률이 고르게 퍼지고, 작으면 가장 큰
          것으로 쏠립니다. 순서는 바뀌지 않습니다.
        </p>
        <Shift
          apply={(how) =>
            set({
              logits: logits.map((value) =>
                Math.max(-LOGIT_LIMIT, Math.min(LOGIT_LIMIT, how === "add" ? value + 2 : value * 2)),
              ),
            })
          }
          reset={() => set({ logits: FIRST_LOGITS, temperature: 1 })}
          disabled={logits.some((value) => Math.abs(value) > LOGIT_LIMIT / 2)}
        />
      </div>
    </div>
  );
}

export function Temperature({
  label,
  value,
  onInput,
}: {
  label: string;
  value: number;
  onInput: (value: number) => void;
}) {
  return (
    <Slider
      label={label}
      value={toSlider(value)}
      min={toSlider(COLDEST)}
      max={toSlider(HOTTEST)}
      step={0.02}
      format={() => value.toFixed(2)}
      onInput={(position) => onInput(Math.abs(position) < 0.03 ? 1 : fromSlider(position))}
    />
  );
}

export function Bar({ name, value }: { name: string; value: number }) {
  return (
    <div class="pa-bar">
      <span>{name}</span>
      <span class="pa-track" aria-hidden="true">
        <span style={{ inlineSize: `${100 * value}%` }} />
      </span>
      <strong>{percent(value)}</strong>
    </div>
  );
}

type How = "add" | "double";

const QUESTIONS: Readonly<Record<How, { ask: string; same: boolean; why: string }>> = {
  add: {
    ask: "모든 로짓에 2를 더하면 확률은",
    same: true,
    why: "위아래에 똑같이 e²이 곱해져 지워집니다. 확률은 로짓의 차이만 봅니다.",
  },
  double: {
    ask: "모든 로짓을 2배로 하면 확률은",
    same: false,
    why: "차이도 2배가 되어 큰 것은 더 커집니다. 온도를 절반으로 낮춘 것과 같습니다.",
  },
};

/** Two changes of all logits at once, judged before they are made. */
function Shift({
  apply,
  reset,
  disabled,
}: {
  apply: (how: How) => void;
  reset: () => void;
  disabled: boolean;
}) {
  const [how, setHow] = useState<How>("add");
  const [guess, setGuess] = useState<boolean>();
  const { ask, same, why } = QUESTIONS[how];
  const answer = (value: boolean) => {
    setGuess(value);
    apply(how);
  };
  return (
    <section class="pa-predict" aria-label="예측하기">
      <p>
        <strong>예측해 보세요.</strong> {ask} 어떻게 될까요?
      </p>
      {guess === undefined ? (
        <div class="pa-buttons">
          <Button kind="primary" disabled={disabled} onClick={() => answer(true)}>
            그대로다
          </Button>
          <Button kind="primary" disabled={disabled} onClick={() => answer(false)}>
            달라진다
          </Button>
          {disabled && <span class="pa-note">로짓이 너무 큽니다. ‘처음으로’를 누르세요.</span>}
        </div>
      ) : (
        <>
          <p class="pa-verdict" data-right={guess === same ? "" : undefined}>
            {guess === same ? "✓ 맞았습니다." : "✕ 달랐습니다."} {same ? "그대로입니다." : "달라집니다."}{" "}
            {why}
          </p>
          <div class="pa-buttons">
            <Button
              onClick={() => {
                setGuess(undefined);
                setHow(how === "add" ? "double" : "add");
                reset();
              }}
            >
              다음 예측
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
