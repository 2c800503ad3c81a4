import type { Direction } from "../../models/number-network.ts";
import { numberText } from "../../ui/number-text.ts";
import type { TranslatorFrame } from "./experiment.ts";
import { cellText, symbolsWithEnd } from "./words.ts";

export interface AlignmentProps {
  frame: TranslatorFrame;
  direction: Direction;
  target: number;
  source: number;
  onCell: (target: number, source: number) => void;
}

/** Every weight of the attention. Digits head the columns whichever way it goes, so that it fits a phone. */
export function Alignment({ frame, direction, target, source, onCell }: AlignmentProps) {
  const { attention, output } = frame.answers.attention;
  const targets = symbolsWithEnd(output).slice(0, attention.length);
  const sources = symbolsWithEnd(frame.source);
  const across = direction === "read" ? sources : targets;
  const down = direction === "read" ? targets : sources;
  const place = (row: number, column: number) =>
    direction === "read" ? ([row, column] as const) : ([column, row] as const);
  const weightAt = (t: number, s: number) => attention[t]?.[s] ?? 0;
  const [t, s] = [Math.min(target, targets.length - 1), Math.min(source, sources.length - 1)];
  return (
    <div class="nt-alignment">
      <p class="nt-heading">어디를 보고 썼을까요</p>
      <p class="nt-note">
        {direction === "read"
          ? "가로줄 하나가 쓴 글자 하나입니다. 가로줄마다 합이 1입니다."
          : "세로줄 하나가 쓴 글자 하나입니다. 세로줄마다 합이 1입니다."}{" "}
        칸을 눌러 보세요.
      </p>
      <div class="nt-columns">
        <div class="nt-scroll">
          <table>
            <thead>
              <tr>
                <td />
                {across.map((symbol, column) => (
                  <th key={column} scope="col">
                    {symbol}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {down.map((symbol, row) => (
                <tr key={row}>
                  <th scope="row">{symbol}</th>
                  {across.map((_, column) => {
                    const [at, from] = place(row, column);
                    const weight = weightAt(at, from);
                    return (
                      <td key={column}>
                        <button
                          type="button"
                          class="nt-cell"
                          style={{ "--nt-strength": `${Math.round(45 * weight)}%` }}
                          aria-pressed={at === t && from === s}
                          onClick={() => onCell(at, from)}
                        >
                          {numberText(weight)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Detail {...{ targets, sources, t, s, weightAt }} />
      </div>
    </div>
  );
}

interface DetailProps {
  targets: readonly string[];
  sources: readonly string[];
  t: number;
  s: number;
  weightAt: (target: number, source: number) => number;
}

/** What the chosen weight means, and the whole of its target's attention. */
function Detail({ targets, sources, t, s, weightAt }: DetailProps) {
  const chosen = targets[t] ?? "";
  return (
    <div class="nt-detail">
      <p>{cellText(chosen, sources[s] ?? "", weightAt(t, s))}</p>
      <p class="nt-rule">
        α = e<sup>점수</sup> ÷ Σ e<sup>점수</sup> = <b>{numberText(weightAt(t, s), 3)}</b>
      </p>
      <p class="nt-note">
        점수는 디코더의 지금 상태와 인코더가 이 자리에서 가진 상태가 얼마나 맞는지를 나타냅니다. 가져온 것은
        자리마다의 상태를 이 비율로 섞은 것입니다.
      </p>
      <ul class="nt-weights">
        {sources.map((symbol, i) => (
          <li key={i} class={i === s ? "nt-chosen" : undefined}>
            <span>{symbol}</span>
            <span class="nt-line" aria-hidden="true">
              <span style={{ inlineSize: `${100 * weightAt(t, i)}%` }} />
            </span>
            <span>{numberText(weightAt(t, i), 3)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
