import type { ComponentChildren } from "preact";

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

export function WidgetFrame(props: WidgetFrameProps) {
  return (
    <section class="widget" id={props.widget} aria-label={props.title}>
      <h3 class="widget-title">{props.title}</h3>
      <p class="widget-instruction">{props.instruction}</p>
      {props.children}
    </section>
  );
}
