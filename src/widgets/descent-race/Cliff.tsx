import { RACERS, type Racer } from "./race.ts";
import { Mark, RACER_LOOKS } from "./racers.tsx";
import { rateText } from "./Scoreboard.tsx";
import { STEPS } from "./score.ts";
import { LEAST_RATE, MOST_RATE } from "./state.ts";
import { stableBelow } from "./theory.ts";
import type { Bottom, Sweep } from "./trainer.ts";

const BOX = { width: 360, height: 190 };
const PLOT = { left: 34, right: 8, top: 34, bottom: 24 };
/** Where the rows above the plot lie: those who did not arrive, and those who diverged. */
const SHORT_ROW = 24;
const LOST_ROW = 9;

const across = (rate: number) =>
  PLOT.left +
  ((Math.log10(rate) - LEAST_RATE) / (MOST_RATE - LEAST_RATE)) * (BOX.width - PLOT.left - PLOT.right);
/** Steps from 1 to `STEPS` on a logarithmic axis. */
const down = (steps: number) =>
  PLOT.top + (1 - Math.log(Math.max(1, steps)) / Math.log(STEPS)) * (BOX.height - PLOT.top - PLOT.bottom);

export interface CliffProps {
  readonly sweep: Sweep;
  readonly entrants: readonly Racer[];
  readonly rate: number;
  readonly bottoms: readonly Bottom[];
  readonly onRate: (rate: number) => void;
}

/** Steps to the goal over the learning rate: where each line ends is its racer's cliff. */
export function Cliff({ sweep, entrants, rate, bottoms, onRate }: CliffProps) {
  const largest = Math.min(...bottoms.map((bottom) => bottom.largest));
  const bound = entrants.includes("sgd") ? stableBelow("sgd", largest) : undefined;
  const choose = (event: PointerEvent & { readonly currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * BOX.width;
    const share = (x - PLOT.left) / (BOX.width - PLOT.left - PLOT.right);
    onRate(10 ** (LEAST_RATE + Math.max(0, Math.min(1, share)) * (MOST_RATE - LEAST_RATE)));
  };
  return (
    <figure class="dr-cliff">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        role="img"
        aria-label={`학습률마다 목표까지 걸린 걸음. ${entrants.map((racer) => summaryOf(sweep, racer)).join(" ")}`}
        onPointerUp={choose}
      >
        <Axes />
        {bound !== undefined && bound < 10 ** MOST_RATE && (
          <g class="dr-bound">
            <path d={`M${across(bound)} ${PLOT.top}V${BOX.height - PLOT.bottom}`} />
            <text x={across(bound) + 3} y={BOX.height - PLOT.bottom - 4}>
              2/λ
            </text>
          </g>
        )}
        <path class="dr-now" d={`M${across(rate)} ${PLOT.top - 32}V${BOX.height - PLOT.bottom}`} />
        {entrants.map((racer) => (
          <Line key={racer} sweep={sweep} racer={racer} />
        ))}
      </svg>
      <figcaption>
        가로축은 학습률, 세로축은 목표까지 걸린 걸음입니다. 낮을수록 빠릅니다. 위의 두 줄은 {STEPS}걸음 안에
        못 닿은 것과 발산한 것입니다. 그림을 누르면 그 학습률을 고릅니다.
        <span class="dr-keys">
          {entrants.map((racer) => (
            <span key={racer}>
              <Mark racer={racer} /> {RACER_LOOKS[racer].label}
            </span>
          ))}
        </span>
      </figcaption>
    </figure>
  );
}

function Axes() {
  const decades = Array.from({ length: MOST_RATE - LEAST_RATE + 1 }, (_, i) => 10 ** (LEAST_RATE + i));
  return (
    <svg class="dr-axes" width={BOX.width} height={BOX.height} aria-hidden="true">
      {decades.map((rate) => (
        <g key={rate}>
          <path d={`M${across(rate)} ${PLOT.top}V${BOX.height - PLOT.bottom}`} />
          <text x={across(rate)} y={BOX.height - 8} text-anchor="middle">
            {rateText(rate)}
          </text>
        </g>
      ))}
      {[1, 10, 100, STEPS].map((steps) => (
        <g key={steps}>
          <path d={`M${PLOT.left} ${down(steps)}H${BOX.width - PLOT.right}`} />
          <text x={PLOT.left - 4} y={down(steps) + 4} text-anchor="end">
            {steps}
          </text>
        </g>
      ))}
      <text x={PLOT.left - 4} y={SHORT_ROW + 4} text-anchor="end">
        못 닿음
      </text>
      <text x={PLOT.left - 4} y={LOST_ROW + 4} text-anchor="end">
        발산
      </text>
    </svg>
  );
}

function Line({ sweep, racer }: { sweep: Sweep; racer: Racer }) {
  const i = RACERS.indexOf(racer);
  const arrivals = sweep.arrivals[i]!;
  // Racers lie a little beside each other, so that equal ones stay visible.
  const shift = (i - 2) * 1.5;
  let pen = "M";
  const line = sweep.rates.map((rate, at) => {
    const steps = arrivals[at];
    const move = pen;
    pen = steps === undefined ? "M" : "L";
    return steps === undefined ? "" : `${move}${across(rate)} ${down(steps)}`;
  });
  return (
    <g style={{ color: `var(--racer-${racer})` }}>
      <path class="dr-line" d={line.join("")} stroke-dasharray={RACER_LOOKS[racer].dash.join(" ")} />
      {sweep.rates.map((rate, at) => {
        const steps = arrivals[at];
        const y = steps !== undefined ? down(steps) : sweep.diverged[i]![at] ? LOST_ROW : SHORT_ROW;
        return (
          <circle
            key={rate}
            class={steps === undefined ? "dr-miss" : "dr-hit"}
            cx={across(rate)}
            cy={y + (steps === undefined ? shift : 0)}
            r={steps === undefined ? 1.3 : 2.2}
          />
        );
      })}
    </g>
  );
}

/** In words: the quickest learning rate, and the smallest with which a racer diverges. */
export function summaryOf({ rates, arrivals, diverged }: Sweep, racer: Racer): string {
  const i = RACERS.indexOf(racer);
  const steps = arrivals[i]!.map((arrival) => arrival ?? Number.POSITIVE_INFINITY);
  const best = steps.indexOf(Math.min(...steps));
  const cliff = diverged[i]!.indexOf(true);
  const { label } = RACER_LOOKS[racer];
  const quickest = Number.isFinite(steps[best])
    ? `${label}: η = ${rateText(rates[best]!)}에서 ${steps[best]}걸음으로 가장 빠름`
    : `${label}: 어느 학습률로도 못 닿음`;
  return `${quickest}${cliff < 0 ? "" : `, ${rateText(rates[cliff]!)}부터 발산`}.`;
}
