import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Cell, LearnerId } from "./experiment.ts";
import { countText, curveOf } from "./results.ts";
import { BOX, percentAt, ticks, xOf, yOf } from "./scale.ts";
import { type MoreDataState, SIZES } from "./state.ts";

export interface ChartProps {
  state: MoreDataState;
  cells: readonly Cell[];
  /** The guess may be moved. */
  open: boolean;
  onGuess: (guess: readonly number[]) => void;
}

/** The large network's marks lie on top. */
const DRAWN: readonly LearnerId[] = ["nearest", "small", "large"];

/** Keys and how far they move a point, in percent. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
};

/** Measured curves, and the learner's own, whose points are dragged. */
export function Chart({ state, cells, open, onGuess }: ChartProps) {
  const picture = useRef<SVGSVGElement>(null);
  const dragged = useRef<number>(undefined);
  const { guess, logError } = state;
  // Keys may come faster than the picture is drawn anew.
  const latest = useRef(guess);
  latest.current = guess;
  const put = (size: number, percent: number) => {
    const bounded = Math.max(0, Math.min(100, percent));
    latest.current = latest.current.map((value, i) => (i === size ? bounded : value));
    onGuess(latest.current);
  };
  const follow = (event: PointerEvent) => {
    const box = picture.current?.getBoundingClientRect();
    if (!box || dragged.current === undefined) return;
    put(dragged.current, percentAt(((event.clientY - box.top) / box.height) * BOX.height, logError));
  };
  const path = (values: readonly (number | undefined)[]) =>
    values
      .flatMap((value, size) => (value === undefined ? [] : [`${xOf(size)} ${yOf(value, logError)}`]))
      .map((point, i) => `${i === 0 ? "M" : "L"}${point}`)
      .join("");
  const view = `0 0 ${BOX.width} ${BOX.height}`;
  return (
    <fieldset class="md-chart">
      <legend class="visually-hidden">훈련 그림 수에 따른 시험 정확도</legend>
      <svg viewBox={view} aria-hidden="true">
        <Axes logError={logError} size={state.size} />
        <path class="md-guess" d={path(guess.map((value) => value / 100))} />
        {DRAWN.map((learner) => (
          <Curve key={learner} learner={learner} cells={cells} logError={logError}>
            <path d={path(curveOf(cells, learner))} />
          </Curve>
        ))}
      </svg>
      <svg
        ref={picture}
        class="md-touch"
        viewBox={view}
        role="presentation"
        onPointerMove={follow}
        onPointerUp={() => {
          dragged.current = undefined;
        }}
        onPointerCancel={() => {
          dragged.current = undefined;
        }}
      >
        {guess.map((value, size) => (
          <g
            key={SIZES[size]}
            class="md-handle"
            role="slider"
            tabindex={open ? 0 : -1}
            aria-label={`예측: 훈련 그림 ${countText(SIZES[size]!)}일 때 큰 신경망의 정확도`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={value}
            aria-valuetext={`${value}%`}
            aria-disabled={!open}
            onPointerDown={(event) => {
              if (!open) return;
              dragged.current = size;
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onKeyDown={(event) => {
              const step = STEPS[event.key];
              if (!open || step === undefined) return;
              event.preventDefault();
              put(size, latest.current[size]! + step);
            }}
          >
            <rect
              class="md-reach"
              x={xOf(size) - 22}
              y={yOf(value / 100, logError) - 22}
              width={44}
              height={44}
            />
            <circle cx={xOf(size)} cy={yOf(value / 100, logError)} r={open ? 8 : 4} />
          </g>
        ))}
      </svg>
    </fieldset>
  );
}

function Axes({ logError, size }: { logError: boolean; size: number }) {
  return (
    <g>
      <rect
        class="md-read"
        x={xOf(size) - 10}
        y={BOX.top}
        width={20}
        height={BOX.height - BOX.top - BOX.bottom}
      />
      {ticks(logError).map((accuracy) => (
        <g key={accuracy}>
          <line
            class="md-grid"
            x1={BOX.left}
            x2={BOX.width - BOX.right}
            y1={yOf(accuracy, logError)}
            y2={yOf(accuracy, logError)}
          />
          <text class="md-label" x={BOX.left - 14} y={yOf(accuracy, logError) + 4} text-anchor="end">
            {`${Math.round(100 * (logError ? 1 - accuracy : accuracy))}%`}
          </text>
        </g>
      ))}
      {SIZES.map((count, i) => (
        <text
          key={count}
          class="md-label"
          x={xOf(i)}
          y={BOX.height - 10}
          text-anchor={i === SIZES.length - 1 ? "end" : "middle"}
        >
          {count.toLocaleString("en")}
        </text>
      ))}
    </g>
  );
}

interface CurveProps {
  learner: LearnerId;
  cells: readonly Cell[];
  logError: boolean;
  children: ComponentChildren;
}

/** The mean as a line and every single run as a mark. */
function Curve({ learner, cells, logError, children }: CurveProps) {
  return (
    <g class={`md-curve md-${learner}`}>
      {children}
      {cells
        .filter((cell) => cell.learner === learner)
        .map(({ size, repetition, accuracy }) => (
          <Mark key={`${size} ${repetition}`} learner={learner} x={xOf(size)} y={yOf(accuracy, logError)} />
        ))}
    </g>
  );
}

/** Each learner has its own shape, so that colour is not needed to tell them apart. */
export function Mark({ learner, x, y }: { learner: LearnerId; x: number; y: number }) {
  if (learner === "large") return <circle class={`md-mark md-${learner}`} cx={x} cy={y} r={4} />;
  const shape =
    learner === "small" ? `M${x} ${y - 5}L${x + 5} ${y + 4}H${x - 5}Z` : `M${x - 4} ${y - 4}h8v8h-8Z`;
  return <path class={`md-mark md-${learner}`} d={shape} />;
}
