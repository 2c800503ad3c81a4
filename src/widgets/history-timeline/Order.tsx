import { useState } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import type { HistoryEvent } from "./events.ts";
import { drawRound, inPlace, moved } from "./order-game.ts";

interface OrderProps {
  round: number;
  streak: number;
  /** @param first whether it was the first check of this round */
  onCheck: (right: boolean, first: boolean) => void;
  onNext: () => void;
}

/** Five events to be put in the order of time by moving them up and down. */
export function Order({ round, streak, onCheck, onNext }: OrderProps) {
  const [order, setOrder] = useState<readonly HistoryEvent[]>(() => drawRound(round));
  const [marks, setMarks] = useState<readonly boolean[]>();
  const [tries, setTries] = useState(0);
  const solved = marks?.every(Boolean) ?? false;
  const move = (from: number, by: -1 | 1) => {
    setOrder(moved(order, from, by));
    setMarks(undefined);
  };
  const check = () => {
    const now = inPlace(order);
    setMarks(now);
    setTries(tries + 1);
    onCheck(now.every(Boolean), tries === 0);
  };
  return (
    <div class="ht-order">
      <p>먼저 일어난 것을 위로 옮기세요.</p>
      <ol>
        {order.map((event, i) => (
          <li key={event.id} data-right={marks === undefined ? undefined : marks[i] ? "yes" : "no"}>
            <span class="ht-name">
              {marks !== undefined && <b>{marks[i] ? "✓" : "✕"} </b>}
              {event.title}
              {solved && <small> {event.year}년</small>}
            </span>
            <Button disabled={i === 0 || solved} label={`위로: ${event.title}`} onClick={() => move(i, -1)}>
              위로
            </Button>
            <Button
              disabled={i === order.length - 1 || solved}
              label={`아래로: ${event.title}`}
              onClick={() => move(i, 1)}
            >
              아래로
            </Button>
          </li>
        ))}
      </ol>
      <div class="ht-buttons">
        {solved ? (
          <Button kind="primary" onClick={onNext}>
            다른 다섯 사건
          </Button>
        ) : (
          <Button kind="primary" disabled={marks !== undefined} onClick={check}>
            순서 확인
          </Button>
        )}
        <p>
          {marks === undefined
            ? `첫 확인에 잇달아 맞힌 횟수: ${streak}`
            : solved
              ? tries === 1
                ? "한 번에 모두 맞혔습니다."
                : `${tries}번째 확인에 맞혔습니다.`
              : `${marks.filter(Boolean).length}개가 제자리에 있습니다. 자리를 바꾸면 다시 확인할 수 있습니다.`}
        </p>
      </div>
    </div>
  );
}
