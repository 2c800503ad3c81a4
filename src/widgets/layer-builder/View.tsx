import { useMemo, useRef, useState } from "preact/hooks";
import { Button, Readout, Select } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Depths } from "./Depths.tsx";
import { depthOf } from "./depth.ts";
import { derive } from "./derive.ts";
import { type Fix, fixesFor } from "./fixes.ts";
import { builderGoals, type Visit } from "./goals.ts";
import { INPUTS, inputOf, inputText } from "./inputs.ts";
import { freshLayer, type LayerKind } from "./layers.ts";
import { forwardBytes, obstacle } from "./limits.ts";
import { layerName } from "./names.ts";
import { NETWORKS, networkOf } from "./networks.ts";
import { Palette, type Refused } from "./Palette.tsx";
import { Stack } from "./Stack.tsx";
import { Strip } from "./Strip.tsx";
import { bytesText, shapeText, withCounter } from "./shapes.ts";
import { type BuilderState, builderState, knownNetwork, MOST_LAYERS, presetState } from "./state.ts";
import { TrialPanel } from "./TrialPanel.tsx";
import type { TrialFrame } from "./trial.ts";
import "./layer-builder.css";

/** The value of the list of networks when the layers are the learner's own. */
const OWN = "own";

interface Trial {
  readonly id: number;
  readonly train: boolean;
  readonly state: BuilderState;
}

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("layer-builder", builderState, presetState(preset), place);
  const { state } = widget;
  const [open, setOpen] = useState<number>();
  const [refused, setRefused] = useState<Refused>();
  const [visit, setVisit] = useState<Visit>({ repaired: false, trained: undefined });
  const [trial, setTrial] = useState<Trial>();
  const [said, setSaid] = useState("");
  const input = inputOf(state.input).shape;
  const derivation = useMemo(() => derive(input, state.layers), [input, state.layers]);
  const known = knownNetwork(state);

  /** Another network: what belonged to the one before goes. */
  const change = (patch: Partial<BuilderState>, announcement: string) => {
    setRefused(undefined);
    setTrial(undefined);
    setSaid(announcement);
    widget.set(patch);
  };
  const add = (kind: LayerKind) => {
    const at = open === undefined ? state.layers.length : open + 1;
    const layers = [...state.layers.slice(0, at), freshLayer(kind), ...state.layers.slice(at)];
    const tried = derive(input, layers);
    const step = tried.steps[at];
    if (step?.state === "joined") {
      setOpen(at);
      change({ layers }, `${layerName(step.layer)} 더함. 값의 모양은 ${shapeText(step.shape)}`);
      return;
    }
    const reason =
      step?.state === "refused"
        ? step.refusal.reason
        : "앞에 이어지지 않은 곳이 있습니다. 그곳을 먼저 고쳐 주세요.";
    const fixes = fixesFor(input, layers, at).filter(({ layers: fixed }) => fixed.length >= layers.length);
    setRefused({ kind, reason, fixes });
    setSaid(`이을 수 없습니다. ${reason}`);
  };
  const fix = ({ label, layers }: Fix) => {
    setOpen(undefined);
    setVisit((before) => ({ ...before, repaired: true }));
    change({ layers }, `${label}: 고쳤습니다.`);
  };
  const start = (train: boolean) => setTrial({ id: (trial?.id ?? 0) + 1, train, state });
  const onFrame = (frame: TrialFrame) => {
    if (frame.training && trial)
      setVisit((before) => ({ ...before, trained: { state: trial.state, frame } }));
  };

  const { totals, output, broken } = derivation;
  const summary =
    output === undefined
      ? `${(broken ?? 0) + 1}번째 층에서 이어지지 않습니다.`
      : `마지막 값의 모양은 ${shapeText(output)}, 파라미터는 ${withCounter(totals.parameters, "개")}입니다.`;
  const blocked = { forward: obstacle(derivation, false), train: obstacle(derivation, true) };

  return (
    <WidgetFrame
      widget="layer-builder"
      title={WIDGETS["layer-builder"].title}
      instruction="층을 눌러 값의 모양과 식을 보고, 아래에서 층을 더해 보세요. 손잡이를 끌면 순서가 바뀝니다."
      goals={builderGoals(state, visit)}
      description={`신경망을 층으로 조립합니다. 입력은 ${inputText(state.input)}. 지금 층은 차례로 ${state.layers.map(layerName).join(", ") || "없음"}입니다. ${summary} 한 번 답하는 데 곱셈이 ${withCounter(totals.products, "번")} 필요합니다.`}
      onReset={() => {
        setOpen(undefined);
        setRefused(undefined);
        setTrial(undefined);
        widget.reset();
      }}
      encodedState={() => builderState.encode(state)}
      notice={widget.notice}
      announcement={said}
    >
      <div class="lb" ref={place}>
        <div class="lb-choices">
          <Select
            label="신경망 불러오기"
            value={known?.id ?? OWN}
            options={[
              ...(known ? [] : [{ value: OWN, label: "내 신경망" }]),
              ...NETWORKS.map(({ id, name, published }) => ({
                value: id,
                label: published ? `${name} (${published.year})` : name,
              })),
            ]}
            onChange={(id) => {
              if (id === OWN) return;
              const { input: front, layers, name } = networkOf(id);
              setOpen(undefined);
              change({ input: front as BuilderState["input"], layers }, `${name}, 층 ${layers.length}개`);
            }}
          />
          <Select
            label="입력층"
            value={state.input}
            options={INPUTS.map(({ id }) => ({ value: id, label: inputText(id) }))}
            onChange={(next) => change({ input: next }, inputText(next))}
          />
        </div>
        <Strip input={input} derivation={derivation} open={open} />
        <div class="lb-readouts">
          <Readout label="파라미터" value={output ? withCounter(totals.parameters, "개") : "–"} />
          <Readout label="곱셈 (한 번 답할 때)" value={output ? withCounter(totals.products, "번") : "–"} />
          <Readout label="메모리 (답할 때)" value={output ? bytesText(forwardBytes(derivation)) : "–"} />
          <Readout label="가중치가 있는 층" value={output ? `${totals.weightLayers}층` : "–"} />
        </div>
        {known?.published && (
          <p class="lb-published">
            <strong>논문: {known.published.parameters}</strong>, 계산:{" "}
            {totals.parameters.toLocaleString("ko")}개. {known.published.difference}{" "}
            <small>{known.published.source}</small>
          </p>
        )}
        <p class="lb-input">
          입력층 <span>{shapeText(input)}</span>
        </p>
        <Stack
          input={input}
          derivation={derivation}
          open={open}
          onOpen={(index) => {
            setRefused(undefined);
            setOpen(index);
          }}
          onLayers={(layers, announcement) => change({ layers }, announcement || summary)}
          onFix={fix}
        />
        <Palette
          behind={open === undefined ? undefined : open + 1}
          refused={refused}
          full={state.layers.length >= MOST_LAYERS}
          onAdd={add}
          onFix={fix}
        />
        <div class="lb-run">
          <Button kind="primary" disabled={blocked.train !== undefined} onClick={() => start(true)}>
            만들어 훈련하기
          </Button>
          <Button disabled={blocked.forward !== undefined} onClick={() => start(false)}>
            한 번 돌려 시간 재기
          </Button>
          {(blocked.forward ?? blocked.train) !== undefined && (
            <p class="lb-hint">
              {blocked.forward === undefined ? `훈련은 할 수 없습니다. ${blocked.train}` : blocked.forward}
            </p>
          )}
        </div>
        {trial && (
          <TrialPanel
            key={trial.id}
            state={trial.state}
            train={trial.train}
            onFrame={onFrame}
            onSay={setSaid}
            onClose={() => setTrial(undefined)}
          />
        )}
        <Depths
          counted={state.counted}
          onCounted={(counted) => widget.set({ counted })}
          own={
            output && !known?.published
              ? {
                  id: OWN,
                  name: "지금 신경망",
                  year: undefined,
                  depth: depthOf(state.input, state.layers, state.counted === "all" ? "all" : "weights"),
                  parameters: totals.parameters,
                }
              : undefined
          }
        />
      </div>
    </WidgetFrame>
  );
}
