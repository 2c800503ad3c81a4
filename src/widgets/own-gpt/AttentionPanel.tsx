import { useState } from "preact/hooks";
import { Segmented, Slider } from "../../ui/controls.tsx";
import type { Attention } from "./experiment.ts";

const CELL = 10;

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }));

export interface AttentionPanelProps {
  attention: Attention | undefined;
  layers: number;
  heads: number;
}

/** Where one head looks: the whole table, and one symbol's row as bars over the symbols. */
export function AttentionPanel({ attention, layers, heads }: AttentionPanelProps) {
  const [layer, setLayer] = useState("0");
  const [head, setHead] = useState("0");
  const [place, setPlace] = useState(1000);
  const count = attention?.symbols.length ?? 0;
  const row = Math.min(place, count - 1);
  const own = Math.min(Number(layer), layers - 1) * heads + Math.min(Number(head), heads - 1);
  const weights = attention?.weights.subarray(own * count * count, (own + 1) * count * count);
  const symbols = attention?.symbols ?? [];
  return (
    <div class="og-attention">
      <p class="og-heading">어디를 보고 있을까요</p>
      <div class="og-choices">
        <Segmented
          label="층"
          value={String(Math.min(Number(layer), layers - 1))}
          options={numbered(layers)}
          onChange={setLayer}
        />
        <Segmented
          label="머리"
          value={String(Math.min(Number(head), heads - 1))}
          options={numbered(heads)}
          onChange={setHead}
        />
      </div>
      {weights && (
        <>
          <Slider
            label="보는 글자"
            value={row + 1}
            min={1}
            max={count}
            step={1}
            format={(value) => `${value}번째 ${symbols[value - 1] ?? ""}`}
            onInput={(value) => setPlace(value - 1)}
          />
          <div class="og-looks">
            <ol class="og-row">
              {symbols.map((symbol, i) => {
                const weight = weights[row * count + i]!;
                return (
                  <li key={i} class={i === row ? "og-here" : i > row ? "og-later" : ""}>
                    <span class="og-weight" aria-hidden="true">
                      <span style={{ blockSize: `${100 * weight}%` }} />
                    </span>
                    {symbol}
                    <span class="visually-hidden">{` ${Math.round(100 * weight)}%`}</span>
                  </li>
                );
              })}
            </ol>
            <svg
              class="og-table"
              viewBox={`0 0 ${count * CELL} ${count * CELL}`}
              aria-hidden="true"
              onClick={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                setPlace(Math.floor(((event.clientY - box.top) / box.height) * count));
              }}
            >
              {Array.from(weights, (weight, at) =>
                weight < 0.02 ? null : (
                  <rect
                    key={at}
                    x={(at % count) * CELL}
                    y={Math.floor(at / count) * CELL}
                    width={CELL}
                    height={CELL}
                    opacity={weight}
                  />
                ),
              )}
              <path class="og-diagonal" d={diagonal(count)} />
              <rect class="og-row-mark" x={0} y={row * CELL} width={count * CELL} height={CELL} />
            </svg>
          </div>
          <p class="og-hint">
            표의 가로줄 하나가 글자 하나입니다. 진할수록 그 글자를 많이 봅니다. 계단 오른쪽은 아직 오지 않은
            글자라 볼 수 없습니다.
          </p>
        </>
      )}
    </div>
  );
}

/** The staircase beyond which the future lies. */
function diagonal(count: number): string {
  const steps = Array.from({ length: count }, (_, i) => `H${(i + 1) * CELL}V${(i + 1) * CELL}`);
  return `M0 0${steps.join("")}`;
}
