import { useEffect, useRef } from "preact/hooks";
import { Button, Readout, Segmented, Select } from "../../ui/controls.tsx";
import { numberText } from "../../ui/number-text.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Blame, Question } from "./Blame.tsx";
import { withOperation, withoutNode, withValue } from "./edit.ts";
import { graphGoals } from "./goals.ts";
import { Heading, Inspector, type InspectorProps } from "./Inspector.tsx";
import { emptySlot } from "./model.ts";
import type { OperationKind } from "./operations.ts";
import { Palette } from "./Palette.tsx";
import { Picture } from "./Picture.tsx";
import { PRESET_NAMES, PRESETS } from "./presets.ts";
import { graphState, presetState, RATES, soundState } from "./state.ts";
import { description } from "./text.ts";
import { useGraph } from "./use-graph.ts";
import "./backprop-graph.css";
import "./picture.css";

/** What has happened last: the verdict on a guess, or the node that was chosen. */
function spokenState({ opening, names, evaluation, chosen }: ReturnType<typeof useGraph>, selected: number) {
  if (opening.verdict?.index === selected) return opening.verdict.text;
  if (chosen === undefined) return "";
  const { value, gradient } = evaluation.nodes[chosen]!;
  const slope = gradient !== undefined && opening.isOpen(chosen) ? `, 기울기 ${numberText(gradient, 3)}` : "";
  return `마디 ${names[chosen]}, ${value === undefined ? "값 없음" : `값 ${numberText(value)}`}${slope}.`;
}

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("backprop-graph", graphState, presetState(preset), place);
  const { set } = widget;
  const state = soundState(widget.state);
  const graph = useGraph(state, set);
  const { names, evaluation, opening, connecting, chosen, facts, message, overflow } = graph;

  useEffect(() => {
    if (!connecting) return;
    const cancel = (event: KeyboardEvent) => {
      if (event.key === "Escape") graph.setConnecting(undefined);
    };
    document.addEventListener("keydown", cancel);
    return () => document.removeEventListener("keydown", cancel);
  }, [connecting]);

  /** The button that was pressed leaves with the question: the keyboard goes on at the answer. */
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (opening.verdict && document.activeElement === document.body)
      panel.current?.focus({ preventScroll: true });
  }, [opening.verdict]);

  const addOperation = (kind: OperationKind) => {
    const patch = withOperation(state, kind);
    if (!patch) return;
    graph.edit(patch, true);
    const added = patch.nodes!.length - 1;
    const slot = emptySlot(patch.nodes![added]!);
    graph.setConnecting(slot === undefined ? undefined : { target: added, slot });
  };
  const startOver = () => {
    opening.close();
    graph.setConnecting(undefined);
  };
  const loss = evaluation.loss;
  /** Where numbers have run out, their derivatives mean nothing. */
  const gradient = chosen === undefined || overflow ? undefined : evaluation.nodes[chosen]!.gradient;
  const inspected: InspectorProps | undefined =
    chosen === undefined
      ? undefined
      : {
          ...{ state, names, evaluation, index: chosen },
          onNodes: (nodes) => graph.edit({ nodes }),
          onJoin: (slot, source) => graph.join(chosen, slot, source),
          onPick: (slot) => graph.setConnecting({ target: chosen, slot }),
          onOutput: () => graph.edit({ output: chosen }, true),
          onRemove: () => graph.edit(withoutNode(state, chosen), true),
        };
  const waiting = connecting && names[connecting.target];
  const notice = state.cut
    ? "링크의 연결 가운데 이을 수 없는 것(고리를 이루거나 없는 마디를 가리키는 것)은 끊었습니다."
    : undefined;

  return (
    <WidgetFrame
      widget="backprop-graph"
      title={WIDGETS["backprop-graph"].title}
      instruction="고른 마디의 값을 조금 키우면 L은 어떻게 될까요? 짐작하고 확인하세요. 마디는 모두 고칠 수 있습니다."
      goals={graphGoals(state, facts)}
      description={description(state, names, evaluation, opening.isOpen)}
      onReset={() => {
        startOver();
        widget.reset();
      }}
      encodedState={() => graphState.encode(widget.state)}
      notice={widget.notice ?? notice}
      announcement={overflow ?? message ?? spokenState(graph, state.selected)}
    >
      <div class="bg" ref={place}>
        <div class="bg-bar">
          <Button kind="primary" onClick={graph.backward}>
            책임 거슬러 가기
          </Button>
          <Button onClick={graph.descend}>가중치 한 걸음 고치기</Button>
          <Readout label="L" value={loss === undefined ? "–" : numberText(loss, 4)} />
          <Readout label="걸음" value={state.steps} />
          <Readout label="맞힌 짐작" value={`${opening.score.right} / ${opening.score.total}`} />
          <Readout label="잇달아" value={opening.score.streak.length} />
        </div>
        <Picture
          state={state}
          names={names}
          evaluation={evaluation}
          isOpen={opening.isOpen}
          connecting={connecting}
          onTap={graph.tap}
        />
        <p class="bg-message" data-alert={overflow ? "" : undefined}>
          {waiting ? (
            <>
              <strong>{waiting}</strong>에 이을 마디를 누르세요.{" "}
              <Button kind="quiet" onClick={() => graph.setConnecting(undefined)}>
                그만두기
              </Button>
            </>
          ) : (
            (overflow ?? message ?? "")
          )}
        </p>
        <div class="bg-work">
          <div class="bg-panel" ref={panel} tabIndex={-1}>
            {inspected ? (
              <>
                <Heading {...inspected} />
                {gradient !== undefined && !graph.open && (
                  <Question
                    name={names[inspected.index]!}
                    onGuess={(sign) => opening.guess(inspected.index, sign, names[inspected.index]!)}
                  />
                )}
                {opening.verdict?.index === chosen && graph.open && state.mode === "guess" && (
                  <p class="bg-verdict" data-right={opening.verdict?.right ? "" : undefined}>
                    {opening.verdict?.right ? "✓" : "✕"} {opening.verdict?.text}
                  </p>
                )}
                {gradient !== undefined && graph.open && (
                  <Blame {...inspected} difference={graph.difference} />
                )}
              </>
            ) : (
              <p>
                계산은 값에서 L로 흐르고, 책임은 L에서 거꾸로 흐릅니다. 마디 하나를 누르면 그 마디의 계산과
                책임이 여기에 나옵니다.
              </p>
            )}
          </div>
          <div class="bg-tools">
            {inspected && <Inspector {...inspected} />}
            <Palette
              from={chosen === undefined ? undefined : names[chosen]}
              count={state.nodes.length}
              onValue={(role) => {
                const patch = withValue(state, role);
                if (patch) graph.edit(patch, true);
              }}
              onOperation={addOperation}
            />
          </div>
        </div>
        <div class="bg-settings">
          <Segmented
            label="기울기"
            value={state.mode}
            options={[
              { value: "guess", label: "짐작하고 보기" },
              { value: "all", label: "모두 보기" },
            ]}
            onChange={(mode) => set({ mode })}
          />
          <Select
            label="학습률 η"
            value={state.rate}
            options={RATES.map((value) => ({ value, label: value }))}
            onChange={(rate) => set({ rate })}
          />
          <fieldset class="ui-field">
            <legend>다른 그래프</legend>
            <div class="bg-presets">
              {PRESET_NAMES.map((name) => (
                <Button
                  key={name}
                  onClick={() => {
                    startOver();
                    set(presetState(name));
                  }}
                >
                  {PRESETS[name].label}
                </Button>
              ))}
            </div>
          </fieldset>
        </div>
      </div>
    </WidgetFrame>
  );
}
