import { useRef } from "preact/hooks";
import { GridStage, type StageProps } from "./GridStage.tsx";
import type { Chosen, JourneyFrame, Reason, ReasonSource, StageFrame } from "./journey.ts";
import { brief, classesOf, countOf, type Look, lookOf, nameOf, percent, signed } from "./stages.ts";
import { WaveStage } from "./WaveStage.tsx";
import "./stages.css";

export interface StagesProps {
  frame: JourneyFrame;
  view: "values" | "change";
  reason: Reason | undefined;
  onChoose: (chosen: Chosen) => void;
}

/** Changes smaller than this are rounding. */
const SAME = 1e-4;

/** What a stage shows in the view, and the value of the full colour. */
export function shownOf(stage: StageFrame, view: "values" | "change") {
  const largest = (values: ArrayLike<number>) => {
    let most = 0;
    for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
    return most;
  };
  const { values, before } = stage;
  if (view === "values" || !before) return { shown: values, scale: largest(values) || 1, changed: 0 };
  const shown = values.map((value, i) => value - before[i]!);
  const changed = shown.reduce((count, value) => count + (Math.abs(value) > SAME ? 1 : 0), 0);
  return { shown, scale: Math.max(largest(shown), 0.05 * largest(values)) || 1, changed };
}

/** The way of the signal, one card for each layer. */
export function Stages({ frame, view, reason, onChoose }: StagesProps) {
  return (
    <ol class="sj-stages">
      {frame.stages.map((stage, at) => (
        <StageCard key={stage.id} {...{ frame, stage, at, view, reason, onChoose }} />
      ))}
    </ol>
  );
}

function Body({ look, ...props }: StageProps & { look: Look; kind: JourneyFrame["kind"] }) {
  switch (look) {
    case "grid":
      return <GridStage {...props} />;
    case "wave":
      return <WaveStage {...props} />;
    case "tokens":
      return <Tokens {...props} />;
    case "units":
      return <Units {...props} />;
    case "probabilities":
      return <Probabilities {...props} />;
  }
}

function StageCard(props: StagesProps & { stage: StageFrame; at: number }) {
  const { frame, stage, at, view, reason, onChoose } = props;
  const { look, title, what } = lookOf(frame.kind, stage.id);
  const { shown, scale, changed } = shownOf(stage, view);
  const count = countOf(stage, frame);
  const chosen = reason?.stage === at ? reason.index : -1;
  return (
    <li class="sj-stage" data-source={reason?.sourceStage === at ? "" : undefined}>
      <p class="sj-title">
        <strong>{title}</strong>
        <span>{sizeText(frame, stage, count)}</span>
        {view === "change" && stage.before && (
          <span class="sj-changed">{changedText(stage, changed, count)}</span>
        )}
      </p>
      <p class="sj-what">{what}</p>
      <Body
        {...{ look, stage, shown, scale, chosen }}
        kind={frame.kind}
        tokens={frame.tokens}
        label={`${title}, 수 ${count}개. 화살표로 옮깁니다. ${chosen < 0 ? "" : `${nameOf(frame, stage, chosen)}, ${signed(stage.values[chosen] ?? 0)}`}`}
        sources={reason?.sourceStage === at ? strongest(reason.sources) : []}
        onChoose={(index) => onChoose({ stage: at, index })}
      />
    </li>
  );
}

/** Of very many, those that contributed most. */
function strongest(sources: readonly ReasonSource[]): readonly ReasonSource[] {
  const most = 150;
  if (sources.length <= most) return sources;
  const size = ({ value, weight }: ReasonSource) => Math.abs(value * weight);
  return [...sources].sort((a, b) => size(b) - size(a)).slice(0, 40);
}

function sizeText({ tokens }: JourneyFrame, { id, shape }: StageFrame, count: number): string {
  if (id === "tokens") return `토큰 ${count}개`;
  const extents = id === "embedding" ? [tokens.length, shape.at(-1)!] : shape.filter((extent) => extent > 1);
  return extents.length > 1 ? `${extents.join(" × ")} = ${count.toLocaleString("ko")}개` : `${count}개`;
}

function changedText({ id }: StageFrame, changed: number, count: number): string {
  if (id === "tokens") return changed === 0 ? "번호가 모두 그대로" : "번호가 달라짐";
  if (changed === 0) return "모두 그대로";
  return `${Math.min(changed, count).toLocaleString("ko")}개가 달라짐`;
}

/** The arrow keys go round among the buttons of a row; only one of them is in the order of Tab. */
function useRoving(count: number, chosen: number) {
  const row = useRef<HTMLDivElement>(null);
  const at = chosen >= 0 && chosen < count ? chosen : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(row.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step === undefined || now < 0) return;
    event.preventDefault();
    buttons[(now + step + buttons.length) % buttons.length]?.focus();
  };
  return { row, onKeyDown, tabIndexOf: (index: number) => (index === at ? 0 : -1) };
}

function Tokens({ tokens, stage, chosen, sources, onChoose, label }: StageProps) {
  const { row, onKeyDown, tabIndexOf } = useRoving(tokens.length, chosen);
  if (tokens.length === 0) return <p class="sj-empty">아직 글자가 없습니다.</p>;
  const isSource = (index: number) => sources.some((source) => source.index === index);
  return (
    <div ref={row} class="sj-tokens" role="toolbar" aria-label={label} onKeyDown={onKeyDown}>
      {tokens.map(({ text, id }, i) => (
        <button
          key={i}
          type="button"
          tabIndex={tabIndexOf(i)}
          aria-pressed={chosen === i}
          data-new={stage.before && stage.before[i] !== stage.values[i] ? "" : undefined}
          data-source={isSource(i) ? "" : undefined}
          onClick={() => onChoose(i)}
        >
          <span>{text}</span>
          <small>{id === 0 ? "0 모름" : id}</small>
        </button>
      ))}
    </div>
  );
}

function Units({
  stage,
  shown,
  scale,
  chosen,
  sources,
  onChoose,
  label,
  kind,
}: StageProps & { kind: JourneyFrame["kind"] }) {
  const { row, onKeyDown, tabIndexOf } = useRoving(shown.length, chosen);
  const names = stage.id === "logits" ? classesOf(kind) : undefined;
  const isSource = (index: number) => sources.some((source) => source.index === index);
  return (
    <div ref={row} class="sj-units" role="toolbar" aria-label={label} onKeyDown={onKeyDown}>
      {Array.from(shown, (value, i) => (
        <button
          key={i}
          type="button"
          tabIndex={tabIndexOf(i)}
          aria-pressed={chosen === i}
          aria-label={names ? undefined : `${i + 1}번 ${brief(value)}`}
          data-source={isSource(i) ? "" : undefined}
          onClick={() => onChoose(i)}
        >
          {names && <span class="sj-name">{names[i]}</span>} <span class="sj-number">{brief(value)}</span>
          <span class="sj-bar" data-sign={value < 0 ? "negative" : "positive"} aria-hidden="true">
            <span style={{ inlineSize: `${Math.min(100, (100 * Math.abs(value)) / scale)}%` }} />
          </span>
        </button>
      ))}
    </div>
  );
}

function Probabilities({
  stage,
  chosen,
  onChoose,
  label,
  kind,
}: StageProps & { kind: JourneyFrame["kind"] }) {
  const { row, onKeyDown, tabIndexOf } = useRoving(stage.values.length, chosen);
  const top = Math.max(...stage.values);
  return (
    <div ref={row} class="sj-answers" role="toolbar" aria-label={label} onKeyDown={onKeyDown}>
      {classesOf(kind).map((name, i) => {
        const value = stage.values[i] ?? 0;
        const before = stage.before?.[i];
        return (
          <button
            key={name}
            type="button"
            tabIndex={tabIndexOf(i)}
            aria-pressed={chosen === i}
            data-top={value === top ? "" : undefined}
            onClick={() => onChoose(i)}
          >
            <span class="sj-class">{name}</span>
            <span class="sj-track" aria-hidden="true">
              <span class="sj-fill" style={{ inlineSize: `${100 * value}%` }} />
              {before !== undefined && (
                <span class="sj-before" style={{ insetInlineStart: `${100 * before}%` }} />
              )}
            </span>
            <span class="sj-percent">{percent(value)}</span>
          </button>
        );
      })}
    </div>
  );
}
