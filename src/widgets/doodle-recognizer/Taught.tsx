import { Button, Segmented } from "../../ui/controls.tsx";
import { percent } from "./Bars.tsx";
import type { LeftOut, Taught as Lesson } from "./recognizer.ts";
import type { FeatureId } from "./state.ts";
import type { Progress } from "./use-recognizer.ts";

export interface TaughtProps {
  taught: { readonly taught: Lesson; readonly took: number } | undefined;
  leftOut: LeftOut | undefined;
  leaving: Progress | undefined;
  features: FeatureId;
  onFeatures: (features: FeatureId) => void;
  onLeaveOut: () => void;
}

/** What the last training did, and what it is worth on drawings it did not see. */
export function Taught({ taught, leftOut, leaving, features, onFeatures, onLeaveOut }: TaughtProps) {
  return (
    <section class="dr-taught" aria-label="배운 결과">
      <Segmented
        label="새 마지막 층이 읽는 특징"
        value={features}
        options={[
          { value: "p3", label: "마지막 합성곱층 864개" },
          { value: "a4", label: "마지막 은닉층 96개" },
        ]}
        onChange={onFeatures}
      />
      <p>{taught ? taughtText(taught.taught, taught.took) : "아직 배우지 않았습니다."}</p>
      {leaving ? (
        <>
          <p>
            한 장씩 빼고 재는 중입니다: {leaving.done} / {leaving.total}
          </p>
          <progress max={leaving.total} value={leaving.done} aria-label="잰 그림" />
        </>
      ) : (
        <Button disabled={!taught} onClick={onLeaveOut}>
          한 장씩 빼고 재기
        </Button>
      )}
      {leftOut && <LeftOutTable leftOut={leftOut} />}
    </section>
  );
}

function taughtText({ losses, parameters, right, count }: Lesson, took: number): string {
  const [first, last] = [losses[0]!, losses.at(-1)!];
  return (
    `그림 ${count}장으로 새 마지막 층의 수 ${parameters.toLocaleString("ko")}개를 ${losses.length}걸음 훈련했습니다. ` +
    `손실 ${first.toFixed(3)} → ${last.toFixed(3)}, 걸린 시간 ${Math.max(1, Math.round(took))} ms. ` +
    `배운 그림 가운데 ${right}장을 맞힙니다. 배운 그림이니 당연한 점수입니다.`
  );
}

function LeftOutTable({ leftOut }: { leftOut: LeftOut }) {
  const rows = [
    ["특징 + 새 마지막 층", leftOut.features],
    ["픽셀 784개 + 새 마지막 층", leftOut.pixels],
    ["픽셀이 가장 가까운 그림의 답", leftOut.nearest],
  ] as const;
  return (
    <>
      <table>
        <caption>한 장을 빼고 배운 뒤 그 한 장을 맞히기: 그림마다 한 번씩 {leftOut.count}번</caption>
        <thead>
          <tr>
            <th scope="col">방법</th>
            <th scope="col">맞힌 그림</th>
            <th scope="col">정확도</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, right]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {right}/{leftOut.count}
              </td>
              <td>{percent(right / leftOut.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dr-hint">{findingOf(leftOut)}</p>
    </>
  );
}

/** What the three numbers allow to say; few drawings allow little. */
export function findingOf({ count, features, pixels, nearest }: LeftOut): string {
  const best = Math.max(pixels, nearest);
  const gap = features - best;
  const few = `그림 ${count}장으로는 한 장이 ${percent(1 / count, 1)}p라서, 한두 장 차이는 우연일 수 있습니다.`;
  if (gap > 2) return `같은 그림으로 배웠는데 특징을 쓴 쪽이 ${gap}장 더 맞혔습니다. ${few}`;
  if (gap < -2)
    return `이번에는 픽셀을 쓴 쪽이 ${-gap}장 더 맞혔습니다. 이 낱말들에는 배워 둔 특징이 맞지 않습니다. ${few}`;
  return `특징을 쓴 쪽과 픽셀을 쓴 쪽 가운데 나은 것의 차이가 ${Math.abs(gap)}장입니다. 더 닮은 낱말로, 크기와 기울기를 바꾸어 그려 보세요. ${few}`;
}
