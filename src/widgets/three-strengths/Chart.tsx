import type { LearnerId } from "./experiment.ts";
import { NAMES, percent } from "./results.ts";

export interface Line {
  readonly learner: LearnerId;
  readonly accuracies: readonly (number | undefined)[];
}

export interface ChartProps {
  label: string;
  /** What stands below each place. */
  places: readonly string[];
  lines: readonly Line[];
  /** Share at the foot of the chart. */
  least: number;
}

const [WIDTH, HEIGHT] = [320, 200];
const [LEFT, RIGHT, TOP, BOTTOM] = [38, 300, 12, 170];

/** Accuracies as lines with one mark for each learner, and the same numbers as a table. */
export function Chart({ label, places, lines, least }: ChartProps) {
  const x = (place: number) => LEFT + 12 + (place * (RIGHT - LEFT - 12)) / (places.length - 1);
  const y = (accuracy: number) => BOTTOM - (Math.max(0, accuracy - least) / (1 - least)) * (BOTTOM - TOP);
  return (
    <figure class="ts-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, 0.25, 0.5, 0.75, 1]
          .map((part) => least + part * (1 - least))
          .map((share) => (
            <g key={share}>
              <path class="ts-grid" d={`M${LEFT} ${y(share)}H${RIGHT + 10}`} />
              <text class="ts-axis" x={LEFT - 6} y={y(share) + 4} text-anchor="end">
                {percent(share, 0)}
              </text>
            </g>
          ))}
        {places.map((place, i) => (
          <text key={place} class="ts-axis" x={x(i)} y={BOTTOM + 18} text-anchor="middle">
            {place}
          </text>
        ))}
        {lines.map(({ learner, accuracies }) => {
          const known = accuracies.flatMap((accuracy, i) =>
            accuracy === undefined ? [] : [{ x: x(i), y: y(accuracy) }],
          );
          return (
            <g key={learner} data-learner={learner}>
              <path class="ts-line" d={known.map((p, i) => `${i === 0 ? "M" : "L"}${p.x} ${p.y}`).join("")} />
              {known.map((p) => (
                <Mark key={p.x} learner={learner} x={p.x} y={p.y} />
              ))}
            </g>
          );
        })}
      </svg>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">방법</th>
            {places.map((place) => (
              <th key={place} scope="col">
                {place}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ learner, accuracies }) => (
            <tr key={learner}>
              <th scope="row">
                <svg class="ts-key" viewBox="0 0 16 16" aria-hidden="true" data-learner={learner}>
                  <Mark learner={learner} x={8} y={8} />
                </svg>{" "}
                {NAMES[learner]}
              </th>
              {accuracies.map((accuracy, i) => (
                <td key={places[i]}>{accuracy === undefined ? "–" : percent(accuracy)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** Told apart by form, not by colour alone. */
function Mark({ learner, x, y }: { learner: LearnerId; x: number; y: number }) {
  if (learner === "network") return <circle class="ts-mark" cx={x} cy={y} r={5} />;
  if (learner === "nearest") return <path class="ts-mark" d={`M${x} ${y - 6}l6 11h-12z`} />;
  if (learner === "pixels") return <rect class="ts-mark" x={x - 5} y={y - 5} width={10} height={10} />;
  return <path class="ts-mark" d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} />;
}
