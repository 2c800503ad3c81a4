import { Segmented } from "../../ui/controls.tsx";
import { RACER_LOOKS } from "./racers.tsx";
import type { Prediction, Race } from "./use-race.ts";

/** Who will be first? A word said before the first showing counts. */
export function Predict({ race }: { race: Race }) {
  const options = [
    ...race.racers.map((racer) => ({ value: racer, label: RACER_LOOKS[racer].label })),
    { value: "none", label: "아무도" },
  ] as const;
  return (
    <div class="dr-predict">
      <Segmented<Prediction | "">
        label="누가 먼저 닿을까요?"
        value={race.prediction ?? ""}
        options={options}
        disabled={!race.mayPredict || race.replay.step > 0 || race.replay.playing}
        onChange={(prediction) => {
          if (prediction !== "") race.predict(prediction);
        }}
      />
      <p class="dr-hint">
        {race.mayPredict
          ? "예측은 출발 전에 할 수 있습니다."
          : "이미 본 경주입니다. 설정을 바꾸면 새로 예측합니다."}
      </p>
    </div>
  );
}
