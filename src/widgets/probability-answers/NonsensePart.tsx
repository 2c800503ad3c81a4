import { useState } from "preact/hooks";
import { DIGITS } from "../../data/datasets.ts";
import { Button } from "../../ui/controls.tsx";
import { DrawingPad } from "../../ui/DrawingPad.tsx";
import { FetchNetwork } from "../../ui/FetchNetwork.tsx";
import { ModelCard } from "../../ui/ModelCard.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import type { DigitNetwork } from "../../ui/use-digit-network.ts";
import { CHANCES, type Chance, ODDITIES, PREPARATION, SIDE } from "./nonsense.ts";
import { Bar, type PartProps } from "./SoftmaxPart.tsx";
import { largest, softmax } from "./softmax.ts";
import { percent } from "./text.ts";
import type { AskFrame, Survey } from "./trainer.ts";

export interface NonsenseProps extends PartProps {
  network: DigitNetwork;
  frame: AskFrame | undefined;
  picture: readonly number[];
  onSurvey: (kind: Chance) => void;
}

/** Pictures that are no digits, put before a network that has only ten answers. */
export function NonsensePart({ state, set, network, frame, picture, onSurvey }: NonsenseProps) {
  return (
    <div class="pa-part">
      <div class="pa-side pa-draw">
        <DrawingPad
          what="아무것이나"
          strokes={state.strokes}
          preparation={PREPARATION}
          onChange={({ strokes }) => set({ strokes })}
        />
        <fieldset class="ui-field">
          <legend>숫자가 아닌 그림</legend>
          <div class="pa-buttons">
            {ODDITIES.map(({ id, name, strokes }) => (
              <Button key={id} label={`${name} 그림`} onClick={() => set({ strokes })}>
                {name}
              </Button>
            ))}
          </div>
        </fieldset>
      </div>
      <div class="pa-side">
        {!network.result && <FetchNetwork network={network} />}
        {network.result && !frame && <p class="pa-note">신경망을 준비하고 있습니다.</p>}
        {frame && (
          <>
            <Verdict frame={frame} picture={picture} />
            <Surveys surveys={frame.surveys} onSurvey={onSurvey} />
          </>
        )}
        {network.result && <ModelCard card={network.result.card} />}
      </div>
    </div>
  );
}

function Verdict({ frame, picture }: { frame: AskFrame; picture: readonly number[] }) {
  const probabilities = softmax(frame.logits);
  const top = largest(probabilities);
  const isEmpty = picture.every((value) => value === 0);
  return (
    <>
      <div class="pa-seen">
        <PixelPicture values={picture} rows={SIDE} columns={SIDE} label="신경망이 보는 그림" />
        <p class="pa-headline">
          {isEmpty ? "빈 종이에도 답합니다. " : ""}
          <strong>{DIGITS.classes[top]}</strong>, {percent(probabilities[top]!)}
        </p>
      </div>
      <div class="pa-digits">
        {DIGITS.classes.map((name, i) => (
          <Bar key={name} name={name} value={probabilities[i]!} />
        ))}
      </div>
      <p class="pa-note">
        답은 열 개뿐이고 확률은 더해서 1이어야 합니다. ‘모르겠다’나 ‘숫자가 아니다’는 답할 자리가 없습니다.
      </p>
    </>
  );
}

type Range = "few" | "some" | "most";
const RANGES = [
  { value: "few", label: "거의 없다 (10% 미만)" },
  { value: "some", label: "10~50%" },
  { value: "most", label: "절반 넘게" },
] as const satisfies readonly { value: Range; label: string }[];

export const rangeOf = (share: number): Range => (share < 0.1 ? "few" : share <= 0.5 ? "some" : "most");

/** Many pictures by chance at once; how often the network is sure, guessed first. */
function Surveys({ surveys, onSurvey }: { surveys: readonly Survey[]; onSurvey: (kind: Chance) => void }) {
  const [guesses, setGuesses] = useState<Partial<Record<Chance, Range>>>({});
  const [kind, setKind] = useState<Chance>("pixels");
  const survey = surveys.find((each) => each.kind === kind);
  const guess = guesses[kind];
  const share = survey ? survey.above[1] / survey.count : 0;
  return (
    <section class="pa-predict" aria-label="엉뚱한 그림 300장">
      <div class="pa-buttons">
        {CHANCES.map(({ value, label }) => (
          <Button key={value} pressed={kind === value} onClick={() => setKind(value)}>
            {label}
          </Button>
        ))}
      </div>
      {guess === undefined ? (
        <>
          <p>
            <strong>예측해 보세요.</strong> 이런 그림 300장을 보여 주면, 90% 넘게 확신하는 답은 얼마나 될까요?
          </p>
          <div class="pa-buttons">
            {RANGES.map(({ value, label }) => (
              <Button
                key={value}
                kind="primary"
                onClick={() => {
                  setGuesses({ ...guesses, [kind]: value });
                  onSurvey(kind);
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        </>
      ) : survey ? (
        <div class="pa-seen">
          <PixelPicture values={survey.picture} rows={SIDE} columns={SIDE} label="가장 확신한 그림" />
          <div>
            <p class="pa-verdict" data-right={guess === rangeOf(share) ? "" : undefined}>
              {guess === rangeOf(share) ? "✓ 예측이 맞았습니다." : "✕ 예측과 달랐습니다."} {survey.count}장
              가운데 {survey.above[1]}장에 90% 넘게 확신했습니다.
            </p>
            <p>
              평균 확신은 {percent(survey.mean)}입니다. 왼쪽 그림의 답은 ‘{DIGITS.classes[survey.answer]}’,
              확신은 {percent(survey.confidence)}입니다.
            </p>
          </div>
        </div>
      ) : (
        <p>묻고 있습니다.</p>
      )}
    </section>
  );
}
