import type { PlanePoint } from "../../data/plane.ts";
import { PLANE_EXTENT } from "../../data/plane.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { ContestFrame } from "./experiment.ts";
import { Picture } from "./Picture.tsx";
import type { NetworkShape } from "./shapes.ts";
import { spreadOf } from "./verdict.ts";

export interface RowsProps {
  lab: LabHandle<ContestFrame, never>;
  frame: ContestFrame | undefined;
  shapes: readonly NetworkShape[];
  /** Training points of the shown repetition. */
  points: readonly PlanePoint[];
  /** Index of the shown repetition. */
  shown: number;
}

/** The left end of the scale; a coin reaches about a half. */
const LOW = 0.4;
const position = (share: number) => `${(100 * Math.max(0, share - LOW)) / (1 - LOW)}%`;
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** One row for each shape: its picture, and where its repetitions have come to. */
export function Rows({ lab, frame, shapes, points, shown }: RowsProps) {
  return (
    <div class="wd-rows">
      {shapes.map(({ hidden, parameters }, shape) => {
        const accuracies = frame?.accuracies[shape];
        const spread = accuracies && spreadOf(accuracies);
        return (
          <section key={hidden.length} class="wd-row" aria-label={`은닉층 ${hidden.length}개`}>
            <div class="wd-picture" aria-hidden="true">
              <Picture lab={lab} shape={shape} />
              <Dots points={points} />
            </div>
            <div class="wd-text">
              <p class="wd-shape">
                은닉층 {hidden.length}개 <small>뉴런 {hidden.join("–")}</small>
              </p>
              <p class="wd-parameters">파라미터 {parameters}개</p>
            </div>
            <div class="wd-scale">
              <div class="wd-track">
                {spread && (
                  <>
                    <span
                      class="wd-range"
                      style={{
                        insetInlineStart: position(spread.low),
                        insetInlineEnd: `calc(100% - ${position(spread.high)})`,
                      }}
                    />
                    <span class="wd-median" style={{ insetInlineStart: position(spread.median) }} />
                  </>
                )}
                {accuracies?.map((accuracy, repetition) => (
                  <span
                    key={`seed-${repetition + 1}`}
                    class="wd-dot"
                    data-shown={repetition === shown ? "" : undefined}
                    style={{ insetInlineStart: position(accuracy) }}
                  />
                ))}
              </div>
              <p class="wd-numbers">
                {spread
                  ? `가운뎃값 ${percent(spread.median)} (${percent(spread.low)}~${percent(spread.high)})`
                  : "가운뎃값 –"}
              </p>
            </div>
          </section>
        );
      })}
      <p class="wd-axis" aria-hidden="true">
        <span>40%</span>
        <span>시험 정확도</span>
        <span>100%</span>
      </p>
    </div>
  );
}

/** Half of the points are enough to see the data behind a small picture. */
function Dots({ points }: { points: readonly PlanePoint[] }) {
  const size = 2 * PLANE_EXTENT;
  return (
    <svg viewBox={`${-PLANE_EXTENT} ${-PLANE_EXTENT} ${size} ${size}`} aria-hidden="true">
      {points
        .filter((_, i) => i % 2 === 0)
        .map(({ x, y, target }) => (
          <circle
            key={`${x} ${y}`}
            class={target > 0 ? "wd-positive" : "wd-negative"}
            cx={x}
            cy={-y}
            r={0.24}
          />
        ))}
    </svg>
  );
}
