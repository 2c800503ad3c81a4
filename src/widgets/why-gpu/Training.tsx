import { Segmented, Select } from "../../ui/controls.tsx";
import { powerText, speedText } from "./numbers.ts";
import type { Measured } from "./protocol.ts";
import { speedOf, YEARS, type Years, yearsOf } from "./state.ts";
import { WAY_LABELS } from "./text.ts";
import {
  bytesText,
  NETWORKS,
  type NetworkId,
  secondsFor,
  timeText,
  V100_PEAK,
  weightBytes,
} from "./training.ts";

export interface TrainingProps {
  readonly measured: Measured | undefined;
  readonly network: NetworkId;
  readonly years: Years | undefined;
  readonly onNetwork: (network: NetworkId) => void;
  readonly onYears: (years: Years) => void;
}

/** How long a known training would take at each rate, with the arithmetic. */
export function Training({ measured, network, years, onNetwork, onYears }: TrainingProps) {
  const chosen = NETWORKS.find(({ id }) => id === network) ?? NETWORKS[1];
  const hidden = chosen.id === "gpt3" && years === undefined;
  const one = measured && speedOf(measured, "one-core");
  return (
    <section class="wg-training" aria-label="훈련에 걸릴 시간">
      <Select
        label="이 속도로 훈련한다면"
        value={network}
        options={NETWORKS.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={onNetwork}
      />
      <p class="wg-facts">
        훈련 전체의 계산은 {powerText(chosen.flops)}번입니다. ({chosen.source})
      </p>
      {chosen.id === "gpt3" && (
        <Segmented<Years | "">
          label="이 기기의 한 코어로는 얼마나 걸릴까요?"
          value={years ?? ""}
          options={YEARS}
          disabled={years !== undefined}
          onChange={(value) => {
            if (value !== "") onYears(value);
          }}
        />
      )}
      {!measured && <p class="wg-facts">위에서 먼저 재면, 잰 속도로 계산합니다.</p>}
      {measured && hidden && <p class="wg-facts">먼저 어림해 보세요. 고르면 계산이 나옵니다.</p>}
      {measured && !hidden && (
        <table class="wg-table">
          <thead>
            <tr>
              <th scope="col">계산하는 것</th>
              <th scope="col">걸리는 시간</th>
            </tr>
          </thead>
          <tbody>
            {measured.speeds.map(({ way, median }) => (
              <tr key={way}>
                <th scope="row">{WAY_LABELS[way]}</th>
                <td>{timeText(secondsFor(chosen.flops, median))}</td>
              </tr>
            ))}
            <tr class="wg-reference">
              <th scope="row">
                NVIDIA V100 한 장 <small>재지 않은 값: 제조사의 최고치 125 TFLOP/s(반정밀도)</small>
              </th>
              <td>{timeText(secondsFor(chosen.flops, V100_PEAK))}</td>
            </tr>
          </tbody>
        </table>
      )}
      {one && !hidden && (
        <p class="wg-facts">
          한 코어: {powerText(chosen.flops)} ÷ ({speedText(one.median)} × 10⁹번/초) ={" "}
          {powerText(secondsFor(chosen.flops, one.median))}초 ={" "}
          {timeText(secondsFor(chosen.flops, one.median))}.
          {chosen.id === "gpt3" &&
            years !== undefined &&
            ` 어림은 ${yearsOf(one.median) === years ? "맞았습니다" : "빗나갔습니다"}.`}
        </p>
      )}
      <p class="wg-facts">
        잰 속도를 훈련 내내 낸다고 본 어림입니다. 메모리도 있어야 합니다. 이 신경망은 가중치만{" "}
        {bytesText(weightBytes(chosen))}(32비트)이고, 훈련에는 기울기와 중간값을 둘 자리가 더 듭니다.
      </p>
    </section>
  );
}
