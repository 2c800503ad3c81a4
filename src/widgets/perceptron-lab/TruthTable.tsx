import {
  type ActivationId,
  activationOf,
  classOf,
  type Example,
  isRight,
  type Weights,
  weightedSum,
} from "./model.ts";

export interface TruthTableProps {
  name: string;
  examples: readonly Example[];
  weights: Weights;
  activation: ActivationId;
  chosen: number;
  onChoose: (index: number) => void;
}

/** The gate's four rows, each checked as the weights change. */
export function TruthTable({ name, examples, weights, activation, chosen, onChoose }: TruthTableProps) {
  const f = activationOf(activation);
  return (
    <table class="pl-table">
      <caption class="visually-hidden">{name} 진리표</caption>
      <thead>
        <tr>
          <th scope="col">x₁, x₂</th>
          <th scope="col">z</th>
          <th scope="col">y</th>
          <th scope="col">판정</th>
          <th scope="col">정답</th>
        </tr>
      </thead>
      <tbody>
        {examples.map((example, index) => {
          const z = weightedSum(weights, example);
          const right = isRight(weights, example);
          return (
            <tr key={`${example.x1}${example.x2}`} data-right={right ? "" : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="ui-button pl-row"
                  aria-pressed={index === chosen}
                  aria-label={`${example.x1}, ${example.x2}: 계산 보기`}
                  onClick={() => onChoose(index)}
                >
                  {example.x1}, {example.x2}
                </button>
              </th>
              <td>{z.toFixed(2).replace("-", "−")}</td>
              <td>
                {f
                  .value(z)
                  .toFixed(activation === "step" ? 0 : 2)
                  .replace("-", "−")}
              </td>
              <td>{classOf(z)}</td>
              <td>
                {example.target} <span class="pl-mark">{right ? "✓" : "✕"}</span>
                <span class="visually-hidden">{right ? "맞음" : "틀림"}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
