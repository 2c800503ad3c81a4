import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { Button, More, Segmented, Select, Slider } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curve, Formula } from "./Formula.tsx";
import type { Place } from "./geometry.ts";
import { startLearning, stepLearning, toNextCorrection } from "./learning.ts";
import { mostCorrections } from "./margin.ts";
import { ACTIVATIONS, countRight, type Weights, weightedSum } from "./model.ts";
import { Plane, type Tool } from "./Plane.tsx";
import { Rule } from "./Rule.tsx";
import {
  examplesOf,
  isGate,
  LIMIT,
  MAX_POINTS,
  type PerceptronState,
  perceptronGoals,
  perceptronState,
  presetState,
} from "./state.ts";
import { TruthTable } from "./TruthTable.tsx";
import "./perceptron-lab.css";

const TASKS = [
  { value: "and", label: "AND" },
  { value: "or", label: "OR" },
  { value: "nand", label: "NAND" },
  { value: "xor", label: "XOR" },
  { value: "points", label: "흩어진 점" },
  { value: "own", label: "내 점" },
] as const;
const MODES = [
  { value: "hand", label: "손으로" },
  { value: "rule", label: "학습 규칙으로" },
] as const;
const TOOLS = [
  { value: "choose", label: "고르기" },
  { value: "one", label: "1로 찍기" },
  { value: "zero", label: "0으로 찍기" },
  { value: "erase", label: "지우개" },
] as const;
/** How near an own point must be to be rubbed out, in units of the plane. */
const REACH = 0.12;

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("perceptron-lab", perceptronState, presetState(preset), place);
  const { state, set } = widget;
  const [run, setRun] = useState(() => startLearning());
  /** Whose numbers the learner asked for since the rule's last step. */
  const [picked, setPicked] = useState(false);
  const [tool, setTool] = useState<Tool>("choose");
  const examples = useMemo(() => examplesOf(state), [state.task, state.points, state.seed]);
  const byRule = state.mode === "rule";
  const most = useMemo(() => (byRule ? mostCorrections(examples) : undefined), [byRule, examples]);
  const weights: Weights = byRule ? run.weights : state;
  const chosen =
    byRule && run.last && !picked
      ? examples.indexOf(run.last.example)
      : Math.min(state.chosen, examples.length - 1);
  const example = examples[chosen];
  const right = countRight(weights, examples);

  const choose = (index: number) => {
    setPicked(true);
    set({ chosen: index });
  };
  /** Another task for the rule begins from zero. */
  const change = (patch: Partial<PerceptronState>) => {
    setRun(startLearning());
    set(patch);
  };
  const onStep = useCallback(() => {
    setPicked(false);
    setRun((current) => stepLearning(current, examples, Number(state.rate)));
  }, [examples, state.rate]);
  const changeMode = (mode: PerceptronState["mode"]) => {
    // What the rule has found is taken over, as far as the sliders reach.
    if (mode === "hand" && run.steps > 0) set({ mode, ...bounded(run.weights) });
    else change({ mode });
  };

  return (
    <WidgetFrame
      widget="perceptron-lab"
      title={WIDGETS["perceptron-lab"].title}
      instruction={
        byRule
          ? "한 걸음을 눌러, 틀린 점이 직선을 어떻게 돌리는지 보세요."
          : "화살표 w의 끝이나 직선을 끌어, 파란 점은 파란 쪽에, 주황 점은 주황 쪽에 두세요."
      }
      goals={perceptronGoals(state, run)}
      description={`점 ${examples.length}개가 놓인 평면입니다. 동그란 파란 점은 정답이 1, 네모난 주황 점은 정답이 0입니다. 직선 w₁x₁ + w₂x₂ + b = 0이 평면을 둘로 나누고, 화살표 w가 가리키는 쪽이 1입니다. 지금 w₁ = ${weights.w1.toFixed(2)}, w₂ = ${weights.w2.toFixed(2)}, b = ${weights.b.toFixed(2)}이고 ${right}개를 맞힙니다. 틀린 점에는 가위표가 있습니다.`}
      onReset={() => {
        setRun(startLearning());
        setTool("choose");
        widget.reset();
      }}
      encodedState={() => perceptronState.encode({ ...state, ...bounded(weights) })}
      notice={widget.notice}
      announcement={examples.length === 0 ? "" : `${examples.length}개 가운데 ${right}개 맞음`}
    >
      <div class="pl" ref={place}>
        <div class="pl-choices">
          <Segmented
            label="문제"
            value={state.task}
            options={TASKS}
            onChange={(task) => change({ task, chosen: 3 })}
          />
          <Segmented label="가중치를 정하는 법" value={state.mode} options={MODES} onChange={changeMode} />
        </div>
        <div class="pl-stage">
          <div class="pl-left-side">
            <Plane
              weights={weights}
              examples={examples}
              chosen={chosen}
              movable={!byRule}
              tool={state.task === "own" ? tool : "choose"}
              onWeights={set}
              onChoose={choose}
              onDraw={(at) => change({ points: drawn(state, tool, at) })}
            />
            <p class="pl-score" data-all={right === examples.length && right > 0 ? "" : undefined}>
              {examples.length === 0
                ? "점이 없습니다. 아래에서 도구를 골라 평면에 찍으세요."
                : `점 ${examples.length}개 가운데 ${right}개를 맞혔습니다.`}
            </p>
            {state.task === "own" && (
              <Segmented label="평면을 누르면" value={tool} options={TOOLS} onChange={setTool} />
            )}
            {state.task === "points" && (
              <div class="pl-buttons">
                <Button onClick={() => change({ seed: (state.seed % 9999) + 1 })}>다른 점들로</Button>
                <Button onClick={() => choose((chosen + 1) % examples.length)}>다음 점의 계산 보기</Button>
              </div>
            )}
          </div>
          <div class="pl-right-side">
            {byRule ? (
              <Rule
                run={run}
                count={examples.length}
                rate={state.rate}
                most={most}
                onStep={onStep}
                onNextCorrection={() => {
                  setPicked(false);
                  setRun((current) => toNextCorrection(current, examples, Number(state.rate)));
                }}
                onRestart={() => setRun(startLearning())}
                onRate={(rate) => change({ rate })}
              />
            ) : (
              <Sliders state={state} set={set} />
            )}
            <Formula weights={weights} example={example} activation={byRule ? "step" : state.activation} />
            {isGate(state.task) && (
              <TruthTable
                name={TASKS.find(({ value }) => value === state.task)!.label}
                examples={examples}
                weights={weights}
                activation={byRule ? "step" : state.activation}
                chosen={chosen}
                onChoose={choose}
              />
            )}
            {!byRule && (
              <More label="활성화 함수 바꾸기">
                <Select
                  label="활성화 함수 f"
                  value={state.activation}
                  options={ACTIVATIONS.map(({ id, label }) => ({ value: id, label }))}
                  onChange={(activation) => set({ activation })}
                />
                <Curve activation={state.activation} z={example ? weightedSum(weights, example) : 0} />
              </More>
            )}
          </div>
        </div>
      </div>
    </WidgetFrame>
  );
}

function Sliders({ state, set }: { state: PerceptronState; set: (patch: Partial<PerceptronState>) => void }) {
  const common = {
    min: -LIMIT,
    max: LIMIT,
    step: 0.1,
    format: (value: number) => value.toFixed(2).replace("-", "−"),
  };
  return (
    <div class="pl-sliders">
      <Slider {...common} label="가중치 w₁" value={state.w1} onInput={(w1) => set({ w1 })} />
      <Slider {...common} label="가중치 w₂" value={state.w2} onInput={(w2) => set({ w2 })} />
      <Slider {...common} label="편향 b" value={state.b} onInput={(b) => set({ b })} />
    </div>
  );
}

const within = (value: number) => Math.max(-LIMIT, Math.min(LIMIT, Math.round(value * 100) / 100));

const bounded = ({ w1, w2, b }: Weights): Weights => ({ w1: within(w1), w2: within(w2), b: within(b) });

/** The own points after a tap with a drawing tool. */
function drawn({ points }: PerceptronState, tool: Tool, { x, y }: Place): PerceptronState["points"] {
  const [x1, x2] = [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
  if (tool === "erase") {
    const distances = points.map((point) => Math.hypot(point.x1 - x1, point.x2 - x2));
    const best = distances.indexOf(Math.min(...distances));
    return best >= 0 && distances[best]! < REACH ? points.filter((_, index) => index !== best) : points;
  }
  if (points.length >= MAX_POINTS) return points;
  return [...points, { x1, x2, target: tool === "one" ? 1 : 0 }];
}
