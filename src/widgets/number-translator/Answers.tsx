import type { Direction, Translation } from "../../models/number-network.ts";
import { KINDS, type TranslatorFrame } from "./experiment.ts";
import { KIND_TITLES, percent, shown, symbolsWithEnd } from "./words.ts";

/** What both networks wrote, symbol by symbol with its probability. */
export function Answers({
  frame,
  direction,
  truth,
}: {
  frame: TranslatorFrame;
  direction: Direction;
  truth: string | undefined;
}) {
  return (
    <ul class="nt-answers">
      {KINDS.map((kind) => {
        const answer = frame.answers[kind];
        return (
          <li key={kind}>
            <p class="nt-kind">
              {KIND_TITLES[kind]}
              {truth !== undefined && (
                <b class={answer.output === truth ? "nt-right" : "nt-wrong"}>
                  {answer.output === truth ? "✓ 맞음" : "✗ 틀림"}
                </b>
              )}
            </p>
            <p class="nt-output">{shown(answer.output, direction) || "(빈 답)"}</p>
            <Sureness answer={answer} />
          </li>
        );
      })}
    </ul>
  );
}

/** How sure the network was of every symbol it chose. */
function Sureness({ answer }: { answer: Translation }) {
  const symbols = symbolsWithEnd(answer.output);
  return (
    <ol class="nt-sureness">
      {answer.probabilities.map((probability, i) => (
        <li key={i}>
          <span class="nt-bar" aria-hidden="true">
            <span style={{ blockSize: `${100 * probability}%` }} />
          </span>
          <b>{symbols[i]}</b>
          <small>{percent(probability)}</small>
        </li>
      ))}
    </ol>
  );
}
