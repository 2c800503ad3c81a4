import type { Measurement } from "./records.ts";
import { CONDITION_NAMES, outcomeText } from "./text.ts";
import { type Condition, type Outcome, TRIAL_LENGTH } from "./trials.ts";

/** How far the network came at first, and how far it comes now. */
export function Results({
  measurements,
  conditions,
}: {
  measurements: readonly Measurement[];
  conditions: readonly Condition[];
}) {
  const [first, last] = [measurements[0], measurements.at(-1)];
  const of = (measurement: Measurement | undefined, condition: Condition) =>
    measurement?.outcomes.find((outcome) => outcome.condition === condition);
  return (
    <table class="sd-results">
      <caption>이탈할 때까지 달린 거리 (시험마다 {TRIAL_LENGTH} m)</caption>
      <thead>
        <tr>
          <th scope="col">어디에서</th>
          <th scope="col">처음 배운 뒤</th>
          <th scope="col">지금</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((condition) => (
          <tr key={condition}>
            <th scope="row">{CONDITION_NAMES[condition]}</th>
            <Cell outcome={of(first, condition)} kind="before" />
            <Cell outcome={measurements.length > 1 ? of(last, condition) : undefined} kind="now" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ outcome, kind }: { outcome: Outcome | undefined; kind: "before" | "now" }) {
  if (!outcome) return <td>–</td>;
  return (
    <td>
      <span class={`sd-bar sd-bar-${kind}`} aria-hidden="true">
        <span style={{ inlineSize: `${(100 * outcome.metres) / TRIAL_LENGTH}%` }} />
      </span>
      {outcomeText(outcome)}
      {outcome.departures > 0 && <small>혼자 달린 시간 {Math.round(100 * outcome.alone)}%</small>}
    </td>
  );
}
