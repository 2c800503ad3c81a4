import { useEffect, useRef } from "preact/hooks";
import { STORY_END, type StoryTokens } from "../../data/story-tokens.ts";
import { startTokens, tokenLabel } from "./story.ts";

export interface TextProps {
  tokenizer: StoryTokens;
  start: string;
  written: readonly number[];
  /** Place among the written tokens whose distribution is shown; their number for the next one. */
  place: number;
  onPlace: (place: number) => void;
}

/** The text in its tokens: given ones to look at, written ones to go back to. */
export function Text({ tokenizer, start, written, place, onPlace }: TextProps) {
  const given = startTokens(tokenizer, start);
  const list = useRef<HTMLOListElement>(null);
  // The newest token stays in sight while the list is written on.
  useEffect(() => {
    if (place === written.length && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [written, place]);
  return (
    <div class="kg-text">
      <p class="kg-story" lang="ko">
        <span class="kg-given">{tokenizer.decode(given)}</span>
        {tokenizer.decode([...given, ...written]).slice(tokenizer.decode(given).length)}
      </p>
      <ol ref={list} class="kg-tokens" aria-label="토큰">
        {given.map((token, i) => (
          <li key={`given ${i}`} class="kg-token kg-token-given">
            {tokenLabel(tokenizer, token)}
          </li>
        ))}
        {written.map((token, i) => (
          <li key={`written ${i}`}>
            <button
              type="button"
              class={token === STORY_END ? "kg-token kg-token-end" : "kg-token"}
              aria-pressed={i === place}
              onClick={() => onPlace(i === place ? written.length : i)}
            >
              {tokenLabel(tokenizer, token)}
            </button>
          </li>
        ))}
        {place === written.length && <li class="kg-token kg-token-next">다음?</li>}
      </ol>
      <p class="kg-hint">
        ␣는 토큰 앞의 띄어쓰기입니다. 토큰 {given.length + written.length}개
        {written.length > 0 && ". 쓴 토큰을 누르면 그 자리의 확률을 다시 봅니다."}
      </p>
    </div>
  );
}
