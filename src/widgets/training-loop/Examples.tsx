import { NumberInput } from "../../ui/NumberInput.tsx";
import { numberText } from "../../ui/number-text.ts";
import { NEAR } from "./goals.ts";
import type { Example } from "./network.ts";
import { LIMIT, type LoopState } from "./state.ts";

interface ExamplesProps {
  state: LoopState;
  examples: readonly Example[];
  predictions: readonly { readonly output: number; readonly loss: number }[];
  /** The example at hand has been computed. */
  computed: boolean;
  onChoose: (index: number) => void;
  onOwn: (own: readonly number[]) => void;
}

/** The four examples with what the network says of each; one of them is at hand. */
export function Examples({ state, examples, predictions, computed, onChoose, onOwn }: ExamplesProps) {
  const own = state.data === "own";
  const change = (at: number, value: number) => {
    const bounded = Math.max(-LIMIT, Math.min(LIMIT, value));
    onOwn(state.own.map((old, i) => (i === at ? bounded : old)));
  };
  const cell = (row: number, column: number, value: number, label: string) =>
    own ? (
      <NumberInput
        value={value}
        step={0.1}
        digits={6}
        label={`예 ${row + 1}의 ${label}`}
        onChange={(entered) => change(3 * row + column, entered)}
      />
    ) : (
      numberText(value, 0)
    );
  return (
    <table class="tl-examples">
      <caption>예 네 개와 지금의 예측</caption>
      <thead>
        <tr>
          <th scope="col">볼 예</th>
          <th scope="col">x₁</th>
          <th scope="col">x₂</th>
          <th scope="col">정답 t</th>
          <th scope="col">예측 y</th>
        </tr>
      </thead>
      <tbody>
        {examples.map(({ x, target }, i) => (
          <tr key={i} data-chosen={state.example === i ? "" : undefined}>
            <td>
              <button
                type="button"
                class="tl-choose"
                aria-pressed={state.example === i}
                onClick={() => onChoose(i)}
              >
                예 {i + 1}
              </button>
            </td>
            <td>{cell(i, 0, x[0], "x₁")}</td>
            <td>{cell(i, 1, x[1], "x₂")}</td>
            <td>{cell(i, 2, target, "정답")}</td>
            <td>
              {computed || i !== state.example ? (
                <Prediction output={predictions[i]!.output} target={target} />
              ) : (
                "?"
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Prediction({ output, target }: { output: number; target: number }) {
  return (
    <>
      {numberText(output)}
      {Math.abs(output - target) < NEAR && (
        <span class="tl-near">
          <span aria-hidden="true"> ✓</span>
          <span class="visually-hidden"> 정답에 가까움</span>
        </span>
      )}
    </>
  );
}
