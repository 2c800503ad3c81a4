import { useState } from "preact/hooks";
import { Button, Segmented } from "../../ui/controls.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { type HandwritingFrame, NETWORKS, type NetworkId } from "./experiment.ts";
import { SIDE } from "./networks.ts";
import { SHIFTS } from "./scores.ts";
import { NAMES, percent, quoted, shiftText } from "./text.ts";

const WHICH = NETWORKS.map((value) => ({ value, label: NAMES[value] }));

/** What scrolls must be reachable by keyboard. */
const SCROLLED = { role: "region", "aria-label": "혼동 행렬", tabIndex: 0 } as const;

/** Confusion and the worst mistakes of one of the networks. */
export function Mistakes({ frame, classes }: { frame: HandwritingFrame; classes: readonly string[] }) {
  const [id, setId] = useState<NetworkId>("cnn");
  const { confusion, mistakes } = frame.scores[id];
  return (
    <section class="hl-mistakes" aria-label="틀린 것들">
      <Segmented label="어느 신경망" value={id} options={WHICH} onChange={setId} />
      <p class="hl-hint">혼동 행렬: 왼쪽이 정답, 위가 신경망의 답, 칸은 시험 그림의 수</p>
      <div class="hl-scroll" {...SCROLLED}>
        <Confusion confusion={confusion} classes={classes} />
      </div>
      <p class="hl-heading">가장 크게 틀린 그림</p>
      <ul class="hl-wrong">
        {mistakes.map(({ picture, label, answer, share }, i) => (
          <li key={i}>
            <PixelPicture values={picture} rows={SIDE} columns={SIDE} />
            <span>
              {quoted(classes[label]!, "을/를")} {quoted(classes[answer]!, "이라/라")}고 {percent(share, 0)}
            </span>
          </li>
        ))}
        {mistakes.length === 0 && <li>틀린 그림이 없습니다.</li>}
      </ul>
    </section>
  );
}

function Confusion({ confusion, classes }: { confusion: Int32Array; classes: readonly string[] }) {
  const size = classes.length;
  const rows = classes.map((_, label) => confusion.subarray(label * size, (label + 1) * size));
  const most = Math.max(1, ...rows.flatMap((row, label) => [...row].filter((_, answer) => answer !== label)));
  return (
    <table class={size > 10 ? "hl-confusion hl-many" : "hl-confusion"}>
      <caption class="visually-hidden">혼동 행렬</caption>
      <thead>
        <tr>
          <th scope="col">정답</th>
          {classes.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, label) => (
          <tr key={label}>
            <th scope="row">{classes[label]}</th>
            {Array.from(row, (count, answer) => (
              <td
                key={answer}
                class={answer === label ? "hl-right" : count > 0 ? "hl-error" : ""}
                style={{ "--share": `${Math.round((60 * count) / (answer === label ? 1e9 : most))}%` }}
              >
                {count > 0 ? count : ""}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const CHART = { width: 320, height: 150, left: 34, bottom: 24, top: 8, right: 8 };
const xOf = (index: number) =>
  CHART.left + (index / (SHIFTS.length - 1)) * (CHART.width - CHART.left - CHART.right);
const yOf = (share: number) => CHART.top + (1 - share) * (CHART.height - CHART.top - CHART.bottom);

/** Accuracy of both against how far the test pictures are moved, measured when asked for. */
export function Shift({ frame, onMeasure }: { frame: HandwritingFrame; onMeasure: () => void }) {
  const { shift } = frame;
  const path = (scores: readonly number[]) =>
    scores.map((share, i) => `${i === 0 ? "M" : "L"}${xOf(i).toFixed(1)} ${yOf(share).toFixed(1)}`).join("");
  return (
    <section class="hl-shift" aria-label="옮긴 그림">
      <p class="hl-heading">그림을 옆으로 옮기면</p>
      <Button onClick={onMeasure}>지금의 두 신경망으로 재기</Button>
      <svg viewBox={`0 0 ${CHART.width} ${CHART.height}`} aria-hidden="true">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              class="hl-grid"
              x1={CHART.left}
              x2={CHART.width - CHART.right}
              y1={yOf(share)}
              y2={yOf(share)}
            />
            <text class="hl-label" x={CHART.left - 4} y={yOf(share) + 4} text-anchor="end">
              {100 * share}%
            </text>
          </g>
        ))}
        {SHIFTS.map((by, i) => (
          <text key={by} class="hl-label" x={xOf(i)} y={CHART.height - 8} text-anchor="middle">
            {by < 0 ? `−${-by}` : by}
          </text>
        ))}
        {shift &&
          NETWORKS.map((id) => <path key={id} class={`hl-curve hl-test hl-${id}`} d={path(shift[id])} />)}
      </svg>
      <p class="hl-keys" aria-hidden="true">
        {NETWORKS.map((id) => (
          <span key={id}>
            <span class={`hl-key hl-${id}`} />
            {NAMES[id]}
          </span>
        ))}
      </p>
      <p class="hl-hint">
        가로축: 옮긴 픽셀 수(−는 왼쪽). 세로축: 시험 그림 1,000장의 정확도. 훈련 그림은 옮기지 않습니다.
      </p>
      <p>
        {shift
          ? `${shift.steps.toLocaleString("ko")}걸음에서 쟀습니다. ${shiftText(shift)}`
          : "아직 재지 않았습니다."}
      </p>
    </section>
  );
}
