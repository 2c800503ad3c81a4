import type { ToyLook } from "./experiment.ts";

/** A few puzzles kept back: given, the network's answer, and where it differs. */
export function Cases({ look }: { look: ToyLook | undefined }) {
  return (
    <div class="og-cases">
      <p class="og-heading">본 적 없는 문제에 내는 답</p>
      <ul>
        {(look?.cases ?? []).map(({ given, solution, answer }, i) => (
          <li key={i} class={answer === solution ? "og-right" : "og-wrong"}>
            <span class="og-mark" aria-hidden="true">
              {answer === solution ? "✓" : "✗"}
            </span>
            <span class="og-given">{given}</span>
            <span class="og-answer">
              {[...answer].map((symbol, at) =>
                symbol === [...solution][at] ? symbol : <del key={at}>{symbol}</del>,
              )}
            </span>
            <span class="og-solution">{answer === solution ? "맞음" : `정답 ${solution}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
