import { josa } from "es-hangul";
import { DOODLES } from "../../data/datasets.ts";
import { Button } from "../../ui/controls.tsx";
import { ModelCard } from "../../ui/ModelCard.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { Bars } from "./Bars.tsx";
import { Confusions } from "./Confusions.tsx";
import { SIDE, topOf } from "./recognizer.ts";
import { ASKED_WORDS, type DoodleState } from "./state.ts";
import type { RecognizerHandle } from "./use-recognizer.ts";

const NAMES = DOODLES.classes;
const SHOWN = 5;

export interface KnownProps {
  state: DoodleState;
  recognizer: RecognizerHandle;
  picture: Float32Array | undefined;
  /** Of the picture that stands on the pad. */
  probabilities: Float32Array | undefined;
  recognised: ReadonlySet<number>;
  onNext: () => void;
}

/** The network's forty words: what it takes the drawing for, live. */
export function KnownAnswers({ state, picture, probabilities, recognised, onNext }: KnownProps) {
  const asked = ASKED_WORDS[state.asked]!;
  const top = probabilities && picture ? topOf(probabilities, SHOWN) : [];
  const bars = Array.from({ length: SHOWN }, (_, place) => {
    const index = top[place];
    return index === undefined
      ? { name: "–", share: -1 }
      : { name: NAMES[index]!, share: probabilities![index]!, isWanted: index === asked };
  });
  return (
    <div class="dr-answers">
      <p class="dr-ask">
        <strong>{josa(NAMES[asked]!, "을/를")}</strong> 그려 보세요.{" "}
        {recognised.has(asked) && <span class="dr-good">맞혔습니다.</span>}
      </p>
      <Button onClick={onNext}>다른 낱말</Button>
      <div class="dr-seen">
        <PixelPicture values={picture} rows={SIDE} columns={SIDE} label="신경망이 보는 28×28 그림" />
        <p class="dr-hint">신경망이 보는 그림입니다. 그린 것을 가운데로 옮기고 28×28로 줄였습니다.</p>
      </div>
      <Bars bars={bars} label="가장 큰 확률 다섯" />
      <p class="dr-hint dr-line">{verdict(top, probabilities, asked)}</p>
    </div>
  );
}

/** What the drawing is taken for, in a sentence. */
export function verdict(
  top: readonly number[],
  probabilities: Float32Array | undefined,
  asked: number,
): string {
  if (top.length === 0 || !probabilities) return "그리는 동안 바로바로 답합니다.";
  const [first, second] = [NAMES[top[0]!]!, NAMES[top[1]!]!];
  const gap = probabilities[top[0]!]! - probabilities[top[1]!]!;
  if (gap < 0.15) return `${josa(first, "와/과")} ${second} 사이에서 망설입니다.`;
  if (top[0] === asked) return `${josa(first, "이라/라")}고 맞혔습니다.`;
  return `${josa(first, "이라/라")}고 봅니다. 마흔 낱말 밖의 것을 그려도 그 가운데 하나를 고릅니다.`;
}

/** What it mixes up, and the card. */
export function KnownMeasured({ recognizer }: { recognizer: RecognizerHandle }) {
  const { status } = recognizer;
  return (
    <div class="dr-measured">
      <Confusions recognizer={recognizer} />
      <details class="dr-words">
        <summary>알아보는 낱말 {NAMES.length}개</summary>
        <p>{NAMES.join(", ")}</p>
      </details>
      {status.kind === "ready" && <ModelCard card={status.card} />}
    </div>
  );
}
