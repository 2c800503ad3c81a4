import { useId } from "preact/hooks";
import { readableText } from "../../models/sentiment-network.ts";
import { Button } from "../../ui/controls.tsx";
import type { Reading } from "./experiment.ts";
import { readingText } from "./results.ts";
import { EXAMPLES, LONGEST_TEXT } from "./state.ts";

export interface SentenceProps {
  text: string;
  onText: (text: string) => void;
  /** Of exactly this text. */
  reading: Reading | undefined;
  /** Whether the network has learned anything yet. */
  isTrained: boolean;
  onTeach: (label: number) => void;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** The learner's sentence, what it is taken for, and what each of its words does. */
export function Sentence({ text, onText, reading, isTrained, onTeach }: SentenceProps) {
  const id = useId();
  return (
    <section class="st-sentence" aria-label="내 문장">
      <label class="st-text" for={id}>
        문장을 적어 보세요
        <textarea
          id={id}
          class="ui-text"
          rows={2}
          value={text}
          onInput={(event) => onText(event.currentTarget.value.slice(0, LONGEST_TEXT))}
        />
      </label>
      <div class="st-buttons">
        {EXAMPLES.map((example) => (
          <Button key={example} pressed={text === example} onClick={() => onText(example)}>
            {example}
          </Button>
        ))}
      </div>
      <p class="st-answer">
        {readingText(reading, text)}
        {text.length >= LONGEST_TEXT && ` 문장은 ${LONGEST_TEXT}자까지 받습니다.`}
        {!isTrained && " 아직 훈련하지 않아 아무렇게나 답합니다."}
      </p>
      <Scale positive={reading?.positive} />
      <Words text={text} reading={reading} />
      <fieldset class="ui-field st-teach">
        <legend>답이 틀렸나요? 바로잡으면 그 문장을 넣어 처음부터 다시 훈련합니다.</legend>
        <div class="st-buttons">
          <Button disabled={!reading || !isTrained} onClick={() => onTeach(1)}>
            이 문장은 긍정
          </Button>
          <Button disabled={!reading || !isTrained} onClick={() => onTeach(0)}>
            이 문장은 부정
          </Button>
        </div>
      </fieldset>
    </section>
  );
}

function Scale({ positive }: { positive: number | undefined }) {
  const share = positive ?? 0.5;
  return (
    <div class="st-scale">
      <span>부정 {positive === undefined ? "–" : percent(1 - share)}</span>
      <span>긍정 {positive === undefined ? "–" : percent(share)}</span>
      <span class="st-scale-bar" aria-hidden="true">
        <span
          data-side={share < 0.5 ? "negative" : "positive"}
          style={{
            insetInlineStart: percent(Math.min(share, 0.5)),
            inlineSize: percent(Math.abs(share - 0.5)),
          }}
        />
      </span>
    </div>
  );
}

/** ln(p / (1 − p)), the difference of the two logits; at most ±13. */
function logOdds(positive: number): number {
  const p = Math.min(1 - 2e-6, Math.max(2e-6, positive));
  return Math.log(p / (1 - p));
}

/**
 * How much each word adds to the difference of the logits: with it minus without it. The words stand there before the
 * answer comes, so that nothing moves while somebody types.
 */
function Words({ text, reading }: { text: string; reading: Reading | undefined }) {
  const waiting = readableText(text).split(" ").filter(Boolean);
  return (
    <>
      <ul class="st-words">
        {!reading &&
          waiting.map((word, i) => (
            // The same word may come twice.
            <li key={`${i}-${word}`}>
              <span>{word}</span>
              <small>–</small>
            </li>
          ))}
        {reading?.words.map(({ word, without }, i) => {
          const part = logOdds(reading.positive) - logOdds(without);
          const strength = Math.round(Math.min(1, Math.abs(part) / 4) * 100);
          return (
            <li
              // The same word may come twice.
              key={`${i}-${word}`}
              data-side={part < 0 ? "negative" : "positive"}
              style={{ "--strength": `${strength}%` }}
            >
              <span>{word}</span>
              <small>{`${part < 0 ? "−" : "+"}${Math.abs(part).toFixed(1)}`}</small>
            </li>
          );
        })}
      </ul>
      <p class="st-hint">
        낱말을 하나씩 빼고 다시 물었습니다. 수는 그 낱말이 긍정과 부정의 로짓 차이에 보탠 양입니다. 파란
        낱말은 긍정 쪽으로, 주황 낱말은 부정 쪽으로 끌고 있습니다.
      </p>
    </>
  );
}
