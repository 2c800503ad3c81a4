import { Button } from "../../ui/controls.tsx";
import { MOST_TRAINING } from "./network.ts";
import { picturesIn, type Segment } from "./records.ts";
import { routeText, SOURCE_NAMES } from "./text.ts";

/** What the network learns from: each recording can be taken out again. */
export function Records({
  segments,
  busy,
  onRemove,
  onClear,
}: {
  segments: readonly Segment[];
  busy: boolean;
  onRemove: (at: number) => void;
  onClear: () => void;
}) {
  const all = picturesIn(segments);
  return (
    <div class="sd-records">
      <p class="sd-heading">
        운전 기록: 그림 {all.toLocaleString("ko")}장
        {all > MOST_TRAINING && ` (배울 때는 새것부터 ${MOST_TRAINING.toLocaleString("ko")}장)`}
      </p>
      {segments.length === 0 ? (
        <p class="sd-empty">1초에 열다섯 번, 카메라 그림과 그때의 바퀴 각도를 짝지어 적습니다.</p>
      ) : (
        <ol>
          {segments.map((segment, i) => (
            <li key={`${i} ${segment.source}`}>
              <span>
                {i + 1}. {SOURCE_NAMES[segment.source]} {picturesIn([segment])}장
                <small>
                  {routeText(segment.route)}
                  {segment.departures > 0 && `, 이탈 ${segment.departures}번`}
                </small>
              </span>
              <Button kind="quiet" disabled={busy} label={`${i + 1}번 기록 빼기`} onClick={() => onRemove(i)}>
                빼기
              </Button>
            </li>
          ))}
        </ol>
      )}
      {segments.length > 0 && (
        <Button kind="quiet" disabled={busy} onClick={onClear}>
          기록과 신경망 모두 지우기
        </Button>
      )}
    </div>
  );
}
