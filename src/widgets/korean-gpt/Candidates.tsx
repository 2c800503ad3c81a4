import type { StoryTokens } from "../../data/story-tokens.ts";
import type { Candidate, Fate } from "./candidates.ts";
import { tokenLabel } from "./story.ts";

/** Tokens shown at most. */
const SHOWN = 12;

const FATES: Readonly<Record<Fate, string>> = {
  kept: "",
  temperature: "온도에서 빠짐",
  "top-k": "top-k에서 빠짐",
  "top-p": "top-p에서 빠짐",
};

/** What is possible is never written as nothing. */
function percent(share: number): string {
  if (share > 0 && share < 0.00005) return "<0.01%";
  return `${(100 * share).toFixed(share > 0 && share < 0.001 ? 2 : 1)}%`;
}

export interface CandidatesProps {
  tokenizer: StoryTokens;
  candidates: readonly Candidate[] | undefined;
  /** The token that stands at the place, if one does. */
  chosen: number | undefined;
  onChoose: (token: number) => void;
}

/** The likeliest next tokens: what the network gives each, and what is left of it to draw from. */
export function Candidates({ tokenizer, candidates, chosen, onChoose }: CandidatesProps) {
  const shown = candidates?.slice(0, SHOWN) ?? [];
  // The token that was drawn is always in sight, however unlikely it was.
  const drawn = candidates?.find(({ token }) => token === chosen);
  if (drawn && !shown.includes(drawn)) shown.splice(SHOWN - 1, 1, drawn);
  const rest = candidates?.filter((each) => !shown.includes(each)) ?? [];
  const sum = (part: "given" | "drawn") => rest.reduce((total, each) => total + each[part], 0);
  const kept = candidates?.filter(({ fate }) => fate === "kept").length ?? 0;
  return (
    <div class="kg-candidates">
      <p class="kg-legend">
        <span class="kg-key kg-key-given">신경망이 낸 확률</span>
        <span class="kg-key kg-key-drawn">뽑을 때 쓰는 확률</span>
      </p>
      <ol class="kg-bars">
        {Array.from({ length: SHOWN }, (_, i) => {
          const candidate = shown[i];
          if (!candidate && i === 0 && !candidates) {
            return (
              <li key={i} class="kg-empty kg-hint">
                모델을 받으면 다음 토큰의 확률이 여기에 나옵니다.
              </li>
            );
          }
          if (!candidate) return <li key={i} class="kg-empty" aria-hidden="true" />;
          return (
            <li key={candidate.token}>
              <button
                type="button"
                class={candidate.fate === "kept" ? "kg-bar-row" : "kg-bar-row kg-cut"}
                aria-pressed={candidate.token === chosen}
                onClick={() => onChoose(candidate.token)}
              >
                <span class="kg-label">{tokenLabel(tokenizer, candidate.token)}</span>
                <span class="kg-track" aria-hidden="true">
                  <span class="kg-given-bar" style={{ inlineSize: `${100 * candidate.given}%` }} />
                  <span class="kg-drawn-bar" style={{ inlineSize: `${100 * candidate.drawn}%` }} />
                </span>
                <span class="kg-number">{percent(candidate.given)}</span>
                <span class="kg-number kg-fate">
                  {candidate.fate === "kept" ? `→ ${percent(candidate.drawn)}` : FATES[candidate.fate]}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {candidates && (
        <p class="kg-hint">
          나머지 토큰 {rest.length.toLocaleString("ko")}개를 합쳐 {percent(sum("given"))} →{" "}
          {percent(sum("drawn"))}. 뽑힐 수 있는 토큰은 {kept.toLocaleString("ko")}개입니다.
        </p>
      )}
    </div>
  );
}
