import type { Reliability } from "./calibration.ts";
import { percent } from "./text.ts";

/** Side of the square, and height of the counts below it. */
const SIDE = 300;
const COUNTS = 60;
const LEFT = 34;

/** Confidence to the right, accuracy upwards; below, how many answers each bin holds. */
export function Diagram({ reliability, label }: { reliability: Reliability; label: string }) {
  const { bins } = reliability;
  const width = SIDE / bins.length;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <svg
      class="pa-diagram"
      viewBox={`0 0 ${LEFT + SIDE + 6} ${SIDE + COUNTS + 56}`}
      role="img"
      aria-label={label}
    >
      <g transform={`translate(${LEFT} 6)`}>
        <rect class="pa-plate" width={SIDE} height={SIDE} />
        {bins.map(({ from, count, confidence, accuracy }) => {
          if (count === 0) return null;
          const [x, y] = [from * SIDE, (1 - accuracy) * SIDE];
          const gap = (1 - confidence) * SIDE;
          return (
            <g key={from}>
              <rect class="pa-right" x={x + 1} y={y} width={width - 2} height={accuracy * SIDE} />
              <rect
                class={confidence > accuracy ? "pa-over" : "pa-under"}
                x={x + 1}
                y={Math.min(y, gap)}
                width={width - 2}
                height={Math.abs(y - gap)}
              />
              <rect
                class="pa-count"
                x={x + 1}
                y={SIDE + 26 + COUNTS * (1 - count / most)}
                width={width - 2}
                height={(COUNTS * count) / most}
              />
              <text class="pa-number" x={x + width / 2} y={SIDE + 22 + COUNTS * (1 - count / most)}>
                {count}
              </text>
            </g>
          );
        })}
        <path class="pa-diagonal" d={`M0 ${SIDE}L${SIDE} 0`} />
        {[0, 0.5, 1].map((value) => (
          <text key={value} class="pa-axis" x={-6} y={(1 - value) * SIDE + 4} text-anchor="end">
            {value * 100}
          </text>
        ))}
      </g>
      <text class="pa-axis" x={LEFT} y={SIDE + COUNTS + 50}>
        0
      </text>
      <text class="pa-axis" x={LEFT + SIDE / 2} y={SIDE + COUNTS + 50} text-anchor="middle">
        확신(%)
      </text>
      <text class="pa-axis" x={LEFT + SIDE} y={SIDE + COUNTS + 50} text-anchor="end">
        100
      </text>
    </svg>
  );
}

/** The same in numbers. */
export function BinTable({ reliability }: { reliability: Reliability }) {
  return (
    <table class="pa-table">
      <thead>
        <tr>
          <th scope="col">확신의 칸</th>
          <th scope="col">답의 수</th>
          <th scope="col">평균 확신</th>
          <th scope="col">맞은 비율</th>
        </tr>
      </thead>
      <tbody>
        {reliability.bins
          .filter(({ count }) => count > 0)
          .map(({ from, count, confidence, accuracy }) => (
            <tr key={from}>
              <th scope="row">
                {Math.round(from * 100)}~{Math.round(from * 100) + 10}%
              </th>
              <td>{count}</td>
              <td>{percent(confidence)}</td>
              <td>{percent(accuracy)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
