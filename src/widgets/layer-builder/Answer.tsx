import { useEffect, useRef } from "preact/hooks";
import { inputOf } from "./inputs.ts";
import { classesFor, taskFor } from "./small-data.ts";
import type { BuilderState } from "./state.ts";
import type { TrialFrame } from "./trial.ts";

/** Larger first. */
function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

const MOST_ROWS = 4;

/** One test example and the network's answer to it. */
export function Answer({ state, frame }: { state: BuilderState; frame: TrialFrame }) {
  const { shape } = inputOf(state.input);
  const task = taskFor(shape);
  const classes = classesFor(task, frame.outputs.length);
  // Outputs for every token, or a single number, are no choice between classes.
  if (frame.outputs.length > 4096 || classes < 2) return null;
  const rows = softmax([...frame.outputs])
    .map((share, index) => ({
      share,
      name: index < classes ? task.classes[index]! : `이름 없는 답 ${index + 1}`,
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_ROWS);
  return (
    <div class="lb-answer">
      {shape.kind === "image" && <Example values={frame.example} shape={shape} />}
      <div>
        <p class="lb-hint">
          시험 보기 하나: 정답은 <strong>{task.classes[frame.label]}</strong>
          {frame.training && frame.training.steps > 0
            ? "입니다."
            : "입니다. 가중치가 무작위라 아직 아무렇게나 답합니다."}
        </p>
        <ul class="lb-shares">
          {rows.map(({ name, share }) => (
            <li key={name}>
              <span>{name}</span>
              <span class="lb-share-bar" aria-hidden="true">
                <span style={{ inlineSize: `${100 * share}%` }} />
              </span>
              <span class="lb-share">{(100 * share).toFixed(1)}%</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A picture of one or three channels, values 0 to 1. */
function Example({
  values,
  shape: { channels, rows, columns },
}: {
  values: Float32Array;
  shape: { readonly channels: number; readonly rows: number; readonly columns: number };
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, rows);
    const plane = rows * columns;
    for (let at = 0; at < plane; at++) {
      for (let channel = 0; channel < 3; channel++) {
        image.data[4 * at + channel] = 255 * values[(channel % channels) * plane + at]!;
      }
      image.data[4 * at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [values, channels, rows, columns]);
  return (
    <canvas
      ref={canvas}
      class="lb-example"
      width={columns}
      height={rows}
      role="img"
      aria-label="시험 보기 그림"
    />
  );
}
