import { useRef } from "preact/hooks";
import type { MadeKind, MadeWord, NameFrame } from "./experiment.ts";
import { tallyOf } from "./tally.ts";

const KINDS: Readonly<Record<MadeKind, string>> = {
  new: "새 낱말",
  kept: "감춰 둔 낱말",
  known: "목록에 있던 낱말",
  broken: "글자가 안 되는 것",
};
/** So many of the hundred are shown. */
const SHOWN = 24;

/** Words the network made up, each marked by where it comes from, and the shares of the whole hundred. */
export function Made({ frame }: { frame: NameFrame | undefined }) {
  const tally = tallyOf(frame?.made ?? []);
  return (
    <div class="nm-made">
      <ul class="nm-words">
        {/* Empty places keep the height until the first words are there. */}
        {!frame && Array.from({ length: SHOWN }, (_, i) => <li key={i}>{"\u00a0"}</li>)}
        {(frame?.made ?? []).slice(0, SHOWN).map(({ text, kind }, i) => (
          <li key={i} class={`nm-${kind}`}>
            {text || "(빈 낱말)"}
            <span class="visually-hidden">, {KINDS[kind]}</span>
          </li>
        ))}
      </ul>
      <ul class="nm-shares">
        {(Object.keys(KINDS) as MadeKind[]).map((kind) => (
          <li key={kind} class={`nm-${kind}`}>
            {KINDS[kind]} <b>{frame ? `${Math.round(100 * tally.shares[kind])}%` : "–"}</b>
          </li>
        ))}
        <li>
          서로 다른 것 <b>{frame ? `${tally.distinct}/${tally.count}` : "–"}</b>
        </li>
      </ul>
    </div>
  );
}

/** Steps at which a few words are kept to look back on. */
const MARKS = [0, 20, 60, 120, 250, 500, 1000, 2000, 4000, 8000];
const PER_MARK = 5;

interface Mark {
  readonly steps: number;
  readonly words: readonly MadeWord[];
}

/** How the words changed while the network learned. */
export function Diary({ frame, network }: { frame: NameFrame | undefined; network: string }) {
  const kept = useRef<{ network: string; marks: Mark[] }>({ network: "", marks: [] });
  if (kept.current.network !== network) kept.current = { network, marks: [] };
  const { marks } = kept.current;
  if (frame) {
    const due = MARKS[marks.length];
    if (due !== undefined && frame.steps >= due && marks.at(-1)?.steps !== frame.steps) {
      marks.push({ steps: frame.steps, words: frame.made.slice(0, PER_MARK) });
    }
  }
  return (
    <div class="nm-diary">
      <p class="nm-heading">훈련하며 지은 낱말</p>
      <ol>
        {marks.map(({ steps, words }) => (
          <li key={steps}>
            <span class="nm-steps">{steps.toLocaleString("ko")}걸음</span>
            <span class="nm-samples">{words.map(({ text }) => text || "–").join(", ")}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
