import { SIDE } from "../../models/digit-gan-network.ts";
import { Button, Segmented } from "../../ui/controls.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { type Card, scoreDuel } from "./duel.ts";
import type { DuelView } from "./experiment.ts";
import type { ForgerState } from "./state.ts";
import { intervalText, percent, scoreText, verdictPercent } from "./text.ts";

export interface DuelProps {
  state: ForgerState;
  view: DuelView | undefined;
  /** Whether the learner called each card real, as far as they have got. */
  answers: readonly boolean[];
  /** Whether the last answered card is being shown with its truth. */
  shown: boolean;
  onDeal: () => void;
  onAnswer: (isReal: boolean) => void;
  onNext: () => void;
  set: (patch: Partial<ForgerState>) => void;
}

/** The same pictures for both: real or fake? */
export function Duel({ state, view, answers, shown, onDeal, onAnswer, onNext, set }: DuelProps) {
  if (!view) {
    return (
      <div class="fd-duel-start">
        <Segmented
          label="몇 장을 겨룰까요"
          value={state.length}
          options={[
            { value: "10", label: "10장" },
            { value: "20", label: "20장" },
          ]}
          onChange={(length) => set({ length })}
        />
        <Button kind="primary" onClick={onDeal}>
          겨루기 시작
        </Button>
        <p class="fd-note">
          진짜는 두 신경망이 훈련에서 본 적 없는 손글씨이고, 가짜는 지금 막 그린 그림입니다. 동전을 던져 어느
          쪽을 보일지 정하므로 진짜와 가짜의 수가 꼭 같지는 않습니다.
        </p>
      </div>
    );
  }
  const { cards } = view;
  const at = shown ? answers.length - 1 : answers.length;
  const done = answers.length === cards.length && !shown;
  return (
    <div class="fd-duel">
      {done ? (
        <Review cards={cards} answers={answers} onDeal={onDeal} />
      ) : (
        <Turn
          card={cards[at]!}
          title={`${at + 1}/${cards.length}`}
          answer={shown ? answers[at] : undefined}
          last={answers.length === cards.length}
          onAnswer={onAnswer}
          onNext={onNext}
        />
      )}
      <Board view={view} answers={answers} />
    </div>
  );
}

interface TurnProps {
  card: Card;
  title: string;
  answer: boolean | undefined;
  last: boolean;
  onAnswer: (isReal: boolean) => void;
  onNext: () => void;
}

const nameOf = (isReal: boolean) => (isReal ? "진짜" : "가짜");

function Turn({ card, title, answer, last, onAnswer, onNext }: TurnProps) {
  const { picture, isReal, real } = card;
  const open = answer !== undefined;
  return (
    <div class="fd-turn">
      <p class="fd-turn-title">{title}</p>
      <div class={open ? `fd-card fd-card-${isReal ? "real" : "fake"}` : "fd-card"}>
        <PixelPicture values={picture} rows={SIDE} columns={SIDE} label="진짜인지 가짜인지 가릴 그림" />
      </div>
      <div class="fd-buttons fd-answers">
        {open ? (
          <Button kind="primary" onClick={onNext}>
            {last ? "결과 보기" : "다음 그림"}
          </Button>
        ) : (
          <>
            <Button kind="primary" onClick={() => onAnswer(true)}>
              진짜
            </Button>
            <Button kind="primary" onClick={() => onAnswer(false)}>
              가짜
            </Button>
          </>
        )}
      </div>
      <p class="fd-truth" aria-live="polite">
        {open
          ? `${isReal ? "진짜 손글씨입니다." : "위조범이 그린 가짜입니다."} ${answer === isReal ? "맞혔습니다." : "틀렸습니다."} 감별사는 진짜일 확률을 ${verdictPercent(real)}로 보았습니다(${real > 0.5 === isReal ? "맞음" : "틀림"}).`
          : "\u00a0"}
      </p>
    </div>
  );
}

function Review({
  cards,
  answers,
  onDeal,
}: Pick<DuelProps, "answers" | "onDeal"> & { cards: readonly Card[] }) {
  return (
    <div class="fd-review">
      <ul>
        {cards.map(({ picture, isReal, real }, i) => (
          <li key={`card ${i}`} class={isReal ? "fd-card-real" : "fd-card-fake"}>
            <PixelPicture values={picture} rows={SIDE} columns={SIDE} />
            <span>{nameOf(isReal)}</span>
            <span>나 {answers[i] === isReal ? "○" : "×"}</span>
            <span>감별사 {real > 0.5 === isReal ? "○" : "×"}</span>
          </li>
        ))}
      </ul>
      <p>{scoreText(scoreDuel(cards, answers))}</p>
      <Button kind="primary" onClick={onDeal}>
        다른 그림으로 다시
      </Button>
    </div>
  );
}

function Board({ view, answers }: { view: DuelView; answers: readonly boolean[] }) {
  const { judged, human, detective } = scoreDuel(view.cards, answers);
  const { real, fake, each } = view.detective;
  const row = (name: string, right: number) => (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {right}/{judged}
      </td>
      <td>{judged === 0 ? "–" : intervalText(right, judged)}</td>
    </tr>
  );
  return (
    <div class="fd-board">
      <table>
        <thead>
          <tr>
            <th scope="col">누가</th>
            <th scope="col">맞힌 수</th>
            <th scope="col">정답률의 95% 구간</th>
          </tr>
        </thead>
        <tbody>
          {row("나", human)}
          {row("감별사", detective)}
        </tbody>
      </table>
      <p class="fd-note">
        감별사의 본디 실력: 처음 보는 진짜 {each}장 가운데 {percent(real)}, 새로 그린 가짜 {each}장 가운데{" "}
        {percent(fake)}를 맞힙니다. 몇 판의 점수보다 이 값이 믿을 만합니다.
      </p>
    </div>
  );
}
