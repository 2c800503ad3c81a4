import { linePath } from "../../draw/series.ts";
import type { CellName } from "../../nn/recurrent.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import { CELLS, type CellFrame, type RaceCommand, type RaceFrame } from "./experiment.ts";
import { CELL_TITLES, percent, SYMBOL_TEXTS, shrinkageText } from "./words.ts";

const BOX = { width: 300, height: 60 };
/** Powers of ten between which gradients are drawn. */
const DECADES = { low: -10, high: 2 };
const TICKS = [0, -3, -6, -9] as const;
const TICK_TEXTS: Readonly<Record<(typeof TICKS)[number], string>> = {
  0: "1",
  [-3]: "10⁻³",
  [-6]: "10⁻⁶",
  [-9]: "10⁻⁹",
};
const BARS = { width: 300, height: 110 };

interface CellsProps {
  lab: LabHandle<RaceFrame, RaceCommand>;
  frame: RaceFrame | undefined;
  /** Step whose bar is marked. */
  step: number;
  onStep: (step: number) => void;
}

/** The three cells beside each other: how often each is right, and how far its gradient reaches back. */
export function Cells({ lab, frame, step, onStep }: CellsProps) {
  const key = frame?.key ?? "";
  const series = useSeries(lab, key, CELLS.length, (fresh) =>
    fresh.key === key ? [fresh.steps, CELLS.map((cell) => fresh.cells[cell].accuracy)] : undefined,
  );
  return (
    <ul class="mc-cells">
      {CELLS.map((cell, i) => (
        <li key={cell}>
          <p class="mc-cell-title">
            <b>{CELL_TITLES[cell]}</b>
            <span class="mc-share">{frame ? percent(frame.cells[cell].accuracy) : "–"}</span>
          </p>
          <Accuracy steps={series.steps} values={series.values[i]!} />
          <Bars cell={cell} own={frame?.cells[cell]} step={step} onStep={onStep} />
          <p class="mc-answer">{frame ? answerText(frame.cells[cell], frame.seen.tokens[0]!) : "–"}</p>
        </li>
      ))}
    </ul>
  );
}

function answerText({ answer, stopped }: CellFrame, first: number): string {
  if (stopped !== undefined) return `${stopped}번째 걸음에서 값이 셀 수 없이 커져 멈췄습니다.`;
  const most = answer.indexOf(Math.max(...answer));
  return `답: ${SYMBOL_TEXTS[most]} (${percent(answer[most]!)})${most === first ? ", 맞음" : ", 틀림"}`;
}

/** Share of right answers so far, with the line of pure chance. */
function Accuracy({ steps, values }: { steps: readonly number[]; values: readonly number[] }) {
  const range = { step: [steps[0] ?? 0, Math.max(1, steps.at(-1) ?? 1)], value: [0, 1] } as const;
  return (
    <figure class="mc-curve">
      <figcaption>
        맞힌 비율 <small>점선 25%</small>
      </figcaption>
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        <line class="mc-chance" x1={0} x2={BOX.width} y1={0.75 * BOX.height} y2={0.75 * BOX.height} />
        <path class="mc-line" d={linePath(steps, values, range, BOX)} />
      </svg>
    </figure>
  );
}

const heightOf = (power: number) =>
  Math.max(0, Math.min(1, (power - DECADES.low) / (DECADES.high - DECADES.low)));

interface BarsProps {
  cell: CellName;
  own: CellFrame | undefined;
  step: number;
  onStep: (step: number) => void;
}

/** Length of the answer's gradient at every step, on a logarithmic scale. */
function Bars({ cell, own, step, onStep }: BarsProps) {
  const slopes = own?.slopes ?? new Float32Array(1);
  const slot = BARS.width / slopes.length;
  const path = Array.from(slopes, (slope, i) => {
    const height = slope > 0 ? Math.max(2, BARS.height * heightOf(Math.log10(slope))) : 0;
    return `M${((i + 0.12) * slot).toFixed(2)} ${BARS.height}v${(-height).toFixed(2)}h${(0.76 * slot).toFixed(2)}V${BARS.height}z`;
  }).join("");
  const choose = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * slopes.length);
    onStep(Math.max(0, Math.min(slopes.length - 1, at)));
  };
  return (
    <figure class="mc-bars">
      <figcaption>
        시간을 거슬러 온 기울기 <small>{cell === "lstm" ? "|∂답/∂c|" : "|∂답/∂h|"}</small>
      </figcaption>
      <div class="mc-plot">
        {TICKS.map((power) => (
          <span key={power} style={{ insetBlockEnd: `${100 * heightOf(power)}%` }} aria-hidden="true">
            {TICK_TEXTS[power]}
          </span>
        ))}
        <svg
          viewBox={`0 0 ${BARS.width} ${BARS.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={choose}
        >
          {TICKS.map((power) => (
            <line
              key={power}
              class="mc-grid"
              x1={0}
              x2={BARS.width}
              y1={BARS.height * (1 - heightOf(power))}
              y2={BARS.height * (1 - heightOf(power))}
            />
          ))}
          <rect class="mc-marked" x={step * slot} y={0} width={slot} height={BARS.height} />
          <path class="mc-slopes" d={path} />
        </svg>
      </div>
      <p class="mc-ends">
        <span>처음</span>
        <span class="mc-shrunk">{own ? shrinkageText(own.slopes) : "–"}</span>
        <span>답할 때</span>
      </p>
    </figure>
  );
}
