import { josa } from "es-hangul";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Readout, Segmented, Select, Slider } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { ACTIVATIONS, activate, contributions, goes, INPUTS, PEOPLE, strongest } from "./model.ts";
import { Sum, signed } from "./Sum.tsx";
import {
  caseOf,
  inputsOf,
  LIMIT,
  type NeuronState,
  NO_GUESSES,
  neuronGoals,
  neuronOf,
  neuronState,
  personOf,
  type Standing,
  scored,
  standingOf,
  sumOf,
  withPerson,
  withUnseenDay,
} from "./state.ts";
import "./neuron-parts.css";

const MODES = [
  { value: "guess", label: "짐작하고 확인하기" },
  { value: "free", label: "마음대로 바꾸기" },
] as const;
const verdict = (right: boolean) => (right ? "짐작이 맞았습니다." : "짐작과 달랐습니다.");
const decision = (taken: boolean) => (taken ? "탑니다" : "타지 않습니다");

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("neuron-parts", neuronState, {}, place);
  const { state, set } = widget;
  const [guess, setGuess] = useState<{ taken: boolean; standing: Standing }>();
  /** Every case whose output was on the screen; a reset does not make it unseen. */
  const seen = useRef(new Set<string>());
  const [score, setScore] = useState(NO_GUESSES);
  const z = sumOf(state);
  const free = state.mode === "free";
  const shown = free || guess !== undefined;
  useEffect(() => {
    if (shown) seen.current.add(caseOf(state));
  }, [shown, state]);
  /** The button that was pressed leaves with its card: the keyboard goes on at the card that came. */
  const acted = useRef(false);
  useEffect(() => {
    if (!acted.current || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>(".np-card")?.focus({ preventScroll: true });
  }, [guess]);
  /** Another task or person: what is to be guessed must not have been shown. */
  const change = (patch: Partial<NeuronState>) => {
    const next = { ...state, ...patch };
    acted.current = true;
    setGuess(undefined);
    set(
      next.mode === "free"
        ? patch
        : { ...patch, activation: "step", ...withUnseenDay(next, next.day, seen.current) },
    );
  };
  const answer = (taken: boolean) => {
    const standing = standingOf(state, seen.current);
    acted.current = true;
    setGuess({ taken, standing });
    if (standing === "counts") setScore(scored(score, taken, goes(z)));
  };
  const result = `z는 ${signed(z)}, 출력은 ${outputText(state)}. 자전거를 ${decision(goes(z))}.`;

  return (
    <WidgetFrame
      widget="neuron-parts"
      title={WIDGETS["neuron-parts"].title}
      instruction={
        free
          ? "입력, 가중치, 편향을 바꾸면서 합 z와 출력이 어떻게 달라지는지 보세요."
          : "입력과 가중치를 보고 출력을 먼저 짐작하세요. 확인은 그다음입니다."
      }
      goals={neuronGoals(state, score)}
      description={`뉴런 하나가 오늘 자전거를 탈지 정합니다. ${INPUTS.map(({ name }, i) => `${name} ${inputsOf(state)[i]}에 가중치 ${signed(neuronOf(state).weights[i]!, 1)}`).join(", ")}, 편향 ${signed(state.b, 1)}. ${shown ? result : "출력은 짐작한 뒤에 나옵니다."}`}
      onReset={() => {
        setGuess(undefined);
        setScore(NO_GUESSES);
        widget.reset();
      }}
      encodedState={() => neuronState.encode(state)}
      notice={widget.notice}
      announcement={shown ? `${guess ? `${verdict(guess.taken === goes(z))} ` : ""}${result}` : ""}
    >
      <div class="np" ref={place}>
        <div class="np-choices">
          <Segmented label="할 일" value={state.mode} options={MODES} onChange={(mode) => change({ mode })} />
          <People state={state} onChange={change} />
        </div>
        <div class="np-stage">
          {free ? <Inputs state={state} set={set} /> : <Facts state={state} />}
          <div class="np-result">
            {free && (
              <Select
                label="활성화 함수 f"
                value={state.activation}
                options={ACTIVATIONS}
                onChange={(activation) => set({ activation })}
              />
            )}
            {shown ? (
              <Revealed state={state} guess={free ? undefined : guess} />
            ) : (
              <Guess day={state.day} onAnswer={answer} />
            )}
            {!free && (
              <div class="np-score">
                <Readout label="맞힌 짐작" value={`${score.right} / ${score.total}`} />
                <Readout label="잇달아 맞힌 횟수" value={score.streak} />
                {shown && <Button onClick={() => change({})}>다음 날</Button>}
              </div>
            )}
          </div>
        </div>
      </div>
    </WidgetFrame>
  );
}

function People({
  state,
  onChange,
}: {
  state: NeuronState;
  onChange: (patch: Partial<NeuronState>) => void;
}) {
  const person = personOf(state);
  return (
    <fieldset class="ui-field np-people">
      <legend>누구의 뉴런인가요?</legend>
      <div class="np-buttons">
        {PEOPLE.map(({ id, name, about }) => (
          <Button
            key={id}
            pressed={person === id}
            label={`${name}: ${about}`}
            onClick={() => onChange(withPerson(id, state.day))}
          >
            {name}
          </Button>
        ))}
      </div>
      <p>{PEOPLE.find(({ id }) => id === person)?.about ?? "슬라이더로 만든, 새로운 사람입니다"}.</p>
    </fieldset>
  );
}

interface InputsProps {
  state: NeuronState;
  set: (patch: Partial<NeuronState>) => void;
}

/** The day's numbers to guess from; they must not change under the answer. */
function Facts({ state }: { state: NeuronState }) {
  const { weights, bias } = neuronOf(state);
  return (
    <table class="np-facts">
      <caption class="visually-hidden">오늘의 입력과 이 사람의 가중치</caption>
      <thead>
        <tr>
          <th scope="col">무엇</th>
          <th scope="col">입력 x</th>
          <th scope="col">가중치 w</th>
        </tr>
      </thead>
      <tbody>
        {INPUTS.map(({ id, name }, i) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>{inputsOf(state)[i]!.toFixed(1)}</td>
            <td data-sign={weights[i]! < 0 ? "negative" : "positive"}>{signed(weights[i]!, 1)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">편향</th>
          <td />
          <td data-sign={bias < 0 ? "negative" : "positive"}>{signed(bias, 1)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Inputs({ state, set }: InputsProps) {
  const weights = ["w1", "w2", "w3"] as const;
  const weight = { min: -LIMIT, max: LIMIT, step: 0.1, format: (value: number) => signed(value, 1) };
  return (
    <div class="np-inputs">
      {INPUTS.map(({ id, name }, i) => (
        <fieldset key={id} class="np-input">
          <legend>{name}</legend>
          <Slider
            label={`입력 x${"₁₂₃"[i]}`}
            value={state[id]}
            min={0}
            max={1}
            step={0.1}
            format={(value) => value.toFixed(1)}
            onInput={(value) => set({ [id]: value })}
          />
          <Slider
            {...weight}
            label={`가중치 w${"₁₂₃"[i]}`}
            value={state[weights[i]!]}
            onInput={(value) => set({ [weights[i]!]: value })}
          />
        </fieldset>
      ))}
      <fieldset class="np-input">
        <legend>편향</legend>
        <Slider {...weight} label="b" value={state.b} onInput={(b) => set({ b })} />
      </fieldset>
    </div>
  );
}

function Guess({ day, onAnswer }: { day: number; onAnswer: (taken: boolean) => void }) {
  return (
    <div class="np-card np-guess" tabIndex={-1}>
      <p>
        <strong>{day}번째 날.</strong> 이 사람은 오늘 자전거를 탈까요? 머릿속으로 곱해서 더해 보고 고르세요.
      </p>
      <div class="np-buttons">
        <Button kind="primary" onClick={() => onAnswer(true)}>
          탄다
        </Button>
        <Button kind="primary" onClick={() => onAnswer(false)}>
          타지 않는다
        </Button>
      </div>
    </div>
  );
}

const NOT_COUNTED = {
  own: "직접 만든 뉴런은 횟수에 넣지 않습니다.",
  seen: "이미 결과를 본 날이라 횟수에 넣지 않습니다.",
} as const;

/** Everything the neuron has computed, and what mattered most. */
function Revealed({
  state,
  guess,
}: {
  state: NeuronState;
  guess: { taken: boolean; standing: Standing } | undefined;
}) {
  const z = sumOf(state);
  const { formula } = ACTIVATIONS.find(({ value }) => value === state.activation)!;
  return (
    <div class="np-card np-revealed" tabIndex={-1}>
      {guess !== undefined && (
        <p class="np-verdict" data-right={guess.taken === goes(z) ? "" : undefined}>
          {guess.taken === goes(z) ? "✓" : "✕"} {verdict(guess.taken === goes(z))}
          {guess.standing !== "counts" && <small>{NOT_COUNTED[guess.standing]}</small>}
        </p>
      )}
      <Sum neuron={neuronOf(state)} inputs={inputsOf(state)} />
      <p class="np-output">
        y = f(z) = <strong>{outputText(state)}</strong> <small>f(z): {formula}</small>
      </p>
      <p>
        자전거를 <strong>{decision(goes(z))}</strong>. {reason(state)}
      </p>
    </div>
  );
}

function outputText(state: NeuronState): string {
  return activate(state.activation, sumOf(state)).toFixed(state.activation === "step" ? 0 : 2);
}

/** The term with the largest share, in a sentence. */
function reason(state: NeuronState): string {
  const neuron = neuronOf(state);
  const index = strongest(neuron, inputsOf(state));
  if (index === undefined) return "모든 항이 0입니다.";
  const name = INPUTS[index]?.name ?? "편향";
  const value = contributions(neuron, inputsOf(state))[index] ?? neuron.bias;
  const terms = [...contributions(neuron, inputsOf(state)), neuron.bias];
  const up = terms.filter((term) => term > 0).reduce((total, term) => total + term, 0);
  const down = terms.filter((term) => term < 0).reduce((total, term) => total + term, 0);
  return `올리는 항을 모으면 ${signed(up, 2, true)}, 내리는 항을 모으면 ${signed(down)}입니다. 가장 크게 작용한 것은 ${josa(name, "으로/로")}, z를 ${Math.abs(value).toFixed(2)}만큼 ${value > 0 ? "올렸습니다" : "내렸습니다"}.`;
}
