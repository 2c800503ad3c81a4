import { SENTIMENTS } from "../../data/sentiment.ts";
import { Button, More } from "../../ui/controls.tsx";
import type { SentimentFrame } from "./experiment.ts";
import { KINDS, mistakesOf, type Score, scoreOf } from "./results.ts";

const shareText = ({ right, count }: Score) => `${((100 * right) / count).toFixed(0)}%`;

export interface MeasuredProps {
  /** `undefined` until the network stands. */
  frame: SentimentFrame | undefined;
  /** Of the training before, to compare with. */
  before: Float32Array | undefined;
  onText: (text: string) => void;
}

/** How the network does on sentences written apart from the training, and where it fails. */
export function Measured({ frame, before, onText }: MeasuredProps) {
  const mistakes = frame ? mistakesOf(frame.test) : [];
  return (
    <section class="st-measured" aria-label="시험 문장으로 잰 것">
      <table>
        <caption>훈련 문장과 따로 쓴 시험 문장을 맞힌 비율. 아무렇게나 찍으면 절반입니다.</caption>
        <thead>
          <tr>
            <th scope="col">시험 문장</th>
            <th scope="col">맞힌 수</th>
            <th scope="col">비율</th>
            <th scope="col">앞 훈련</th>
          </tr>
        </thead>
        <tbody>
          {[...KINDS, { id: undefined, label: "모두" }].map(({ id, label }) => {
            const score = frame && scoreOf(frame.test, id);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{score ? `${score.right}/${score.count}` : "–"}</td>
                <td>{score ? shareText(score) : "–"}</td>
                <td>{before ? shareText(scoreOf(before, id)) : "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <More label={`틀린 시험 문장 ${frame ? mistakes.length : "–"}개 보기`}>
        <ul class="st-mistakes">
          {mistakes.map(({ text, kind, label, sureness }) => (
            <li key={text}>
              <Button kind="quiet" onClick={() => onText(text)}>
                {text}
              </Button>
              <small>
                {KINDS.find(({ id }) => id === kind)!.label} · 정답 {SENTIMENTS[label]!}, 틀린 답의 확률{" "}
                {(100 * sureness).toFixed(0)}%
              </small>
            </li>
          ))}
        </ul>
      </More>
    </section>
  );
}
