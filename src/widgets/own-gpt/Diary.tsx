import { useRef } from "preact/hooks";
import type { OwnGptFrame } from "./experiment.ts";
import { percent } from "./text.ts";

/** Steps at which a sample is kept to look back on. */
const MARKS = [0, 20, 60, 120, 200, 300, 450, 700, 1200, 2500, 5000];
const SHOWN = 34;

interface Mark {
  readonly steps: number;
  readonly text: string;
}

/** How the writing changed while the network learned. */
export function Diary({ frame, network }: { frame: OwnGptFrame | undefined; network: string }) {
  const kept = useRef<{ network: string; marks: Mark[] }>({ network: "", marks: [] });
  if (kept.current.network !== network) kept.current = { network, marks: [] };
  const { marks } = kept.current;
  if (frame) {
    const due = MARKS[marks.length];
    if (due !== undefined && frame.steps >= due && marks.at(-1)?.steps !== frame.steps) {
      marks.push({ steps: frame.steps, text: summaryOf(frame) });
    }
  }
  return (
    <div class="og-diary">
      <p class="og-heading">훈련 일기</p>
      <ol>
        {marks.map(({ steps, text }) => (
          <li key={steps}>
            <span class="og-steps">{steps.toLocaleString("ko")}걸음</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function summaryOf({ look }: OwnGptFrame): string {
  if (look.kind === "text") {
    return `${look.start}${look.written}`.replaceAll("\n", " / ").slice(0, SHOWN);
  }
  const first = look.cases[0];
  return `정답률 ${percent(look.accuracy)}${first ? `, ${first.given}${first.answer}` : ""}`;
}
