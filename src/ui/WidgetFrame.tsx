import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { learner } from "../learner/index.ts";
import { useRecord } from "../learner/use-record.ts";
import { Button } from "./controls.tsx";
import { SharePanel } from "./SharePanel.tsx";
import { useFullScreen } from "./use-full-screen.ts";
import "./widget-frame.css";

/** A short task judged from the widget's own state. */
export interface Goal {
  readonly id: string;
  readonly label: string;
  readonly done: boolean;
}

export interface WidgetFrameProps {
  /** Id in `widgets/registry.ts`. */
  widget: string;
  title: string;
  /** One sentence: what to do first. */
  instruction: string;
  goals: readonly Goal[];
  /** What the widget shows, in text, for those who cannot see it; kept current by the widget. */
  description: string;
  onReset: () => void;
  /** The state in its URL form (`StateSchema.encode`). */
  encodedState: () => string;
  /** A problem the learner must know of (unreadable link, diverged, worker restarted). */
  notice?: string | undefined;
  /** One short sentence, announced politely to screen readers whenever it changes. */
  announcement?: string | undefined;
  children: ComponentChildren;
}

/** What every widget has around it: title, instruction, goals, reset, share, full screen, description. */
export function WidgetFrame(props: WidgetFrameProps) {
  const frame = useRef<HTMLElement>(null);
  const { full, toggle } = useFullScreen(frame);
  const reached = useNewGoals(props.widget, props.goals);
  const [sharing, setSharing] = useState(false);
  return (
    <article ref={frame} class={full ? "widget widget-full" : "widget"} aria-label={props.title}>
      <header class="widget-header">
        <p class="widget-title">{props.title}</p>
        <p class="widget-instruction">{props.instruction}</p>
      </header>
      {props.notice !== undefined && (
        <p class="widget-notice" role="alert">
          {props.notice}
        </p>
      )}
      <div class="widget-body">{props.children}</div>
      {props.goals.length > 0 && <Goals widget={props.widget} goals={props.goals} />}
      <div class="widget-actions">
        <Button kind="quiet" onClick={props.onReset}>
          처음으로
        </Button>
        <Button kind="quiet" pressed={sharing} onClick={() => setSharing(!sharing)}>
          공유
        </Button>
        <Button kind="quiet" pressed={full} onClick={toggle}>
          {full ? "작게 보기" : "크게 보기"}
        </Button>
      </div>
      {sharing && (
        <SharePanel
          widget={props.widget}
          place={frame.current?.closest(".widget-place")?.id || props.widget}
          title={props.title}
          encoded={props.encodedState()}
        />
      )}
      <details class="widget-description">
        <summary>이 위젯 설명</summary>
        <p>{props.description}</p>
      </details>
      <p class="visually-hidden" role="status">
        {reached ?? props.announcement ?? ""}
      </p>
    </article>
  );
}

/** Records each goal as soon as it is reached; returns the sentence that announces the newest. */
function useNewGoals(widget: string, goals: readonly Goal[]): string | undefined {
  const [message, setMessage] = useState<string>();
  const done = goals.filter((goal) => goal.done);
  const key = done.map((goal) => goal.id).join(" ");
  const before = useRef("");
  useEffect(() => {
    learner.load();
    const known = before.current.split(" ");
    const fresh = done.filter((goal) => !known.includes(goal.id));
    before.current = key;
    for (const goal of fresh) learner.reachGoal(widget, goal.id);
    if (fresh.length > 0) setMessage(`목표를 이루었습니다: ${fresh.map((goal) => goal.label).join(", ")}`);
  }, [widget, key]);
  // The sentence leaves again, so that the widget's own announcements are heard.
  useEffect(() => {
    if (message === undefined) return;
    const timer = setTimeout(() => setMessage(undefined), 4000);
    return () => clearTimeout(timer);
  }, [message]);
  return message;
}

function Goals({ widget, goals }: { widget: string; goals: readonly Goal[] }) {
  const record = useRecord();
  const kept = Object.hasOwn(record.goals, widget) ? (record.goals[widget] ?? []) : [];
  const states = goals.map((goal) => ({
    ...goal,
    state: goal.done ? "now" : kept.includes(goal.id) ? "before" : "open",
  }));
  const count = states.filter(({ state }) => state !== "open").length;
  return (
    <div class="widget-goals">
      <p class="widget-goals-title">
        도전 목표{" "}
        <span class="widget-goals-count">
          {count}/{goals.length}
        </span>
      </p>
      <ul>
        {states.map(({ id, label, state }) => (
          <li key={id} data-state={state}>
            <span class="widget-goal-mark" aria-hidden="true">
              {state === "open" ? "" : "✓"}
            </span>
            <span>
              {label}
              {state === "now" && <small>지금 달성</small>}
              {state === "before" && <small>전에 달성</small>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
