import { DATASETS } from "../../data/datasets.ts";
import { Button, Segmented, Slider } from "../../ui/controls.tsx";
import { DrawingPad } from "../../ui/DrawingPad.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { type HandwritingFrame, NETWORKS } from "./experiment.ts";
import { SIDE } from "./networks.ts";
import { type HandwritingState, TEST_COUNT } from "./state.ts";
import { NAMES, percent } from "./text.ts";

const SOURCES = [
  { value: "drawing", label: "내가 쓰기" },
  { value: "sample", label: "시험 그림" },
] as const;

interface RecogniseProps {
  state: HandwritingState;
  set: (patch: Partial<HandwritingState>) => void;
  frame: HandwritingFrame | undefined;
  classes: readonly string[];
}

/** What both networks read in the learner's writing, or in a test picture, at this moment. */
export function Recognise({ state, set, frame, classes }: RecogniseProps) {
  const { preparation } = DATASETS[state.data];
  const count = TEST_COUNT[state.data];
  const sample = Math.min(state.sample, count - 1);
  const isBlank = state.source === "drawing" && state.strokes.length === 0;
  return (
    <div class="hl-recognise">
      <div class="hl-source">
        <Segmented
          label="무엇을 읽힐까"
          value={state.source}
          options={SOURCES}
          onChange={(source) => set({ source })}
        />
        {state.source === "drawing" && preparation.kind !== "none" ? (
          <DrawingPad
            what={state.data === "digits" ? "숫자" : "자모"}
            strokes={state.strokes}
            preparation={preparation}
            onChange={({ strokes }) => set({ strokes })}
          />
        ) : (
          <>
            <Slider
              label="시험 그림"
              value={sample + 1}
              min={1}
              max={count}
              step={1}
              unit="번"
              onInput={(value) => set({ sample: value - 1 })}
            />
            <Button onClick={() => set({ sample: (sample + 1) % count })}>다음 그림</Button>
          </>
        )}
      </div>
      <div class="hl-read">
        <div class="hl-seen">
          <PixelPicture
            values={isBlank ? undefined : frame?.shown.picture}
            rows={SIDE}
            columns={SIDE}
            label="신경망이 받는 28×28 그림"
          />
          {frame?.shown.label !== undefined && <p>정답 {classes[frame.shown.label]}</p>}
        </div>
        {NETWORKS.map((id) => (
          <Answer
            key={id}
            name={NAMES[id]}
            probabilities={isBlank ? undefined : frame?.shown.probabilities[id]}
            classes={classes}
          />
        ))}
      </div>
    </div>
  );
}

interface AnswerProps {
  name: string;
  probabilities: Float32Array | undefined;
  classes: readonly string[];
}

const SHOWN = 3;

function Answer({ name, probabilities, classes }: AnswerProps) {
  const best = probabilities
    ? Array.from(probabilities, (share, index) => ({ share, index }))
        .sort((a, b) => b.share - a.share)
        .slice(0, SHOWN)
    : Array.from({ length: SHOWN }, (_, index) => ({ share: undefined, index }));
  return (
    <div class="hl-answer">
      <p class="hl-heading">{name}의 답</p>
      <ol>
        {best.map(({ share, index }) => (
          <li key={index}>
            <span class="hl-class">{share === undefined ? "–" : classes[index]}</span>
            <span class="hl-bar" aria-hidden="true">
              <span style={{ inlineSize: percent(share ?? 0) }} />
            </span>
            <span class="hl-share">{share === undefined ? "" : percent(share)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
