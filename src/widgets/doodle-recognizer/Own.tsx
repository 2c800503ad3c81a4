import { useId, useMemo, useState } from "preact/hooks";
import { DOODLES } from "../../data/datasets.ts";
import { prepareStrokes, type Stroke } from "../../data/strokes.ts";
import { Button } from "../../ui/controls.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { Bars } from "./Bars.tsx";
import {
  addDrawing,
  addWord,
  canTeach,
  FEWEST_DRAWINGS,
  FEWEST_WORDS,
  MOST_DRAWINGS,
  MOST_WORDS,
  type OwnWord,
  readName,
  removeDrawing,
  removeWord,
  WANTED_DRAWINGS,
} from "./own-words.ts";
import { type Looked, SIDE } from "./recognizer.ts";

export const PREPARATION = DOODLES.preparation as Exclude<typeof DOODLES.preparation, { kind: "none" }>;

export interface OwnProps {
  words: readonly OwnWord[];
  onWords: (words: readonly OwnWord[]) => void;
  strokes: readonly Stroke[];
  /** Wipes the pad, once its drawing is taken. */
  onTaken: () => void;
  own: Looked["own"];
  onExamples: () => void;
}

/** The learner's words: what the drawing is taken for, and the buttons that put it among a word's drawings. */
export function OwnAnswers({ words, onWords, strokes, onTaken, own, onExamples }: OwnProps) {
  const isEmpty = strokes.length === 0;
  const shares = own && !isEmpty && own.probabilities.length === words.length ? own.probabilities : undefined;
  return (
    <div class="dr-answers">
      <NewWord words={words} onWords={onWords} />
      {words.length === 0 && (
        <div class="dr-empty">
          <p>
            신경망이 모르는 낱말을 {FEWEST_WORDS}개에서 {MOST_WORDS}개까지 만들고, {WANTED_DRAWINGS}장씩 그려
            주세요.
          </p>
          <Button onClick={onExamples}>예시로 해 보기 (하트, 세모, 물결)</Button>
        </div>
      )}
      {words.length > 0 && (
        <>
          <Bars
            label="내 낱말의 확률"
            bars={words.map(({ name }, i) => ({ name, share: shares ? shares[i]! : -1 }))}
          />
          <p class="dr-hint dr-line">{ownVerdict(words, shares, own?.nearest)}</p>
          <fieldset class="ui-field dr-take">
            <legend>이 그림은 무엇인가요?</legend>
            <div class="dr-buttons">
              {words.map(({ name, drawings }, i) => (
                <Button
                  key={name}
                  disabled={isEmpty || drawings.length >= MOST_DRAWINGS}
                  onClick={() => {
                    onWords(addDrawing(words, i, strokes));
                    onTaken();
                  }}
                >
                  {name}에 넣기
                </Button>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </div>
  );
}

function ownVerdict(
  words: readonly OwnWord[],
  shares: Float32Array | undefined,
  nearest: number | undefined,
): string {
  if (!canTeach(words)) {
    const needed = words.length < FEWEST_WORDS ? "낱말이 하나 더 있어야 배웁니다." : "";
    return needed || `낱말마다 ${FEWEST_DRAWINGS}장부터 배웁니다. ${WANTED_DRAWINGS}장이면 충분합니다.`;
  }
  if (!shares || nearest === undefined) return "배웠습니다. 새로 그려서 시험해 보세요.";
  const first = words[shares.indexOf(Math.max(...shares))]!.name;
  const other = words[nearest]!.name;
  return first === other
    ? `특징으로 보아도, 픽셀로 견주어도 ${first}입니다.`
    : `특징으로는 ${first}, 픽셀이 가장 가까운 그림은 ${other}입니다.`;
}

function NewWord({ words, onWords }: Pick<OwnProps, "words" | "onWords">) {
  const id = useId();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  return (
    <form
      class="dr-new"
      onSubmit={(event) => {
        event.preventDefault();
        const named = readName(text.slice(0, 200), words);
        setProblem("problem" in named ? named.problem : "");
        if ("problem" in named) return;
        onWords(addWord(words, named.name));
        setText("");
      }}
    >
      <label for={id}>새 낱말</label>
      <input
        id={id}
        class="ui-text"
        type="text"
        value={text}
        autocomplete="off"
        placeholder="예: 하트"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="ui-button ui-button-plain" disabled={words.length >= MOST_WORDS}>
        만들기
      </button>
      <p class="dr-problem" role="status">
        {problem}
      </p>
    </form>
  );
}

/** Every drawing of every word, each with a way to take it out. */
export function OwnDrawings({ words, onWords }: Pick<OwnProps, "words" | "onWords">) {
  return (
    <ul class="dr-collection">
      {words.map((word, i) => (
        <li key={word.name}>
          <div class="dr-word">
            <strong>{word.name}</strong>
            <span>
              {word.drawings.length}/{WANTED_DRAWINGS}장
            </span>
            <Button kind="quiet" onClick={() => onWords(removeWord(words, i))}>
              {word.name} 지우기
            </Button>
          </div>
          <div class="dr-drawings">
            {word.drawings.map((strokes, at) => (
              <button
                key={at}
                type="button"
                class="dr-drawing"
                aria-label={`${word.name} ${at + 1}번 그림 빼기`}
                onClick={() => onWords(removeDrawing(words, i, at))}
              >
                <Thumbnail strokes={strokes} />
              </button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ strokes }: { strokes: readonly Stroke[] }) {
  const values = useMemo(() => prepareStrokes(strokes, PREPARATION), [strokes]);
  return <PixelPicture values={values} rows={SIDE} columns={SIDE} />;
}
