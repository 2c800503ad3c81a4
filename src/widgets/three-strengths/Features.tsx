import { Button, Toggle } from "../../ui/controls.tsx";
import type { Cell } from "./experiment.ts";
import { HAND_MADE, type HandMadeId } from "./hand-made.ts";
import { featuresText, learnedCell, percent } from "./results.ts";

export interface FeaturesProps {
  chosen: readonly HandMadeId[];
  onChosen: (chosen: readonly HandMadeId[]) => void;
  cells: readonly Cell[];
  busy: boolean;
  onHandMade: () => void;
  onLearned: () => void;
}

/** The learner as the one who thinks up features, against the network that finds its own. */
export function Features({ chosen, onChosen, cells, busy, onHandMade, onLearned }: FeaturesProps) {
  const tries = cells.filter(({ job }) => job === "hand-made");
  const learned = learnedCell(cells);
  const rows = learned ? [...tries, learned] : tries;
  return (
    <div class="ts-part">
      <fieldset class="ui-field ts-choice">
        <legend>글자 그림에서 무엇을 잴까요?</legend>
        {HAND_MADE.map(({ id, label, about, width }) => (
          <div key={id}>
            <Toggle
              label={label}
              checked={chosen.includes(id)}
              onChange={(on) => onChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
            />
            <p class="ts-hint">
              {about}, 수 {width}개
            </p>
          </div>
        ))}
      </fieldset>
      <div class="ts-buttons">
        <Button kind="primary" disabled={busy || chosen.length === 0} onClick={onHandMade}>
          이 특징으로 재기
        </Button>
        <Button disabled={busy} onClick={onLearned}>
          신경망에게 픽셀만 주고 재기
        </Button>
      </div>
      {rows.length > 0 && (
        <table>
          <caption>같은 훈련 그림 2,400장, 같은 시험 그림 600장</caption>
          <thead>
            <tr>
              <th scope="col">특징</th>
              <th scope="col">입력</th>
              <th scope="col">배우는 수</th>
              <th scope="col">정확도</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((cell, i) => (
              <tr key={i} data-learned={cell.job === "learned" ? "" : undefined}>
                <th scope="row">{nameOf(cell)}</th>
                <td>{cell.inputs}</td>
                <td>{cell.parameters.toLocaleString("ko")}</td>
                <td>{percent(cell.accuracy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>{featuresText(cells)}</p>
    </div>
  );
}

const nameOf = ({ job, features }: Cell): string =>
  job === "learned"
    ? "신경망이 찾은 특징"
    : HAND_MADE.filter(({ id }) => features.includes(id))
        .map(({ label }) => label)
        .join(", ");
