import { useRef, useState } from "preact/hooks";
import { Button, Segmented, Select } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Axis } from "./Axis.tsx";
import { EventCard } from "./EventCard.tsx";
import { EVENTS, eventOf, PEOPLE } from "./events.ts";
import { Order } from "./Order.tsx";
import {
  checked,
  NO_PROGRESS,
  opened,
  shownEvents,
  timelineGoals,
  timelineState,
  withPerson,
} from "./state.ts";
import "./history-timeline.css";

const MODES = [
  { value: "look", label: "연대기 보기" },
  { value: "order", label: "순서 맞히기" },
] as const;
const WHO = [
  { value: "all", label: "모든 사건" },
  ...PEOPLE.map(({ id, name }) => ({ value: id, label: name })),
] as const;

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("history-timeline", timelineState, {}, place);
  const { state, set } = widget;
  const [progress, setProgress] = useState(NO_PROGRESS);
  const [said, setSaid] = useState("");
  const shown = shownEvents(state);
  const current = eventOf(state.event);
  const at = shown.indexOf(current);
  const go = (id: string) => {
    set({ event: id });
    setSaid(`${eventOf(id).year}년, ${eventOf(id).title}`);
  };
  return (
    <WidgetFrame
      widget="history-timeline"
      title={WIDGETS["history-timeline"].title}
      instruction={
        state.mode === "look"
          ? "사건을 하나씩 열어 보고, 그 생각을 만질 수 있는 위젯으로 건너가 보세요."
          : "다섯 사건을 일어난 순서대로 놓으세요. 확인한 뒤에 연도를 알려 드립니다."
      }
      goals={timelineGoals(progress)}
      description={`1943년부터 2024년까지 ${EVENTS.length}개의 사건. 지금은 ${current.year}년, ${current.title}.`}
      onReset={() => {
        setProgress(NO_PROGRESS);
        widget.reset();
      }}
      encodedState={() => timelineState.encode(state)}
      notice={widget.notice}
      announcement={said}
    >
      <div class="ht" ref={place}>
        <Segmented label="할 일" value={state.mode} options={MODES} onChange={(mode) => set({ mode })} />
        {state.mode === "look" ? (
          <>
            <Select
              label="누구의 사건을 볼까요?"
              value={state.person}
              options={WHO}
              onChange={(person) => set(withPerson(state, person))}
            />
            <Axis events={EVENTS} shown={shown} current={current} />
            <div class="ht-steps">
              <Button disabled={at <= 0} onClick={() => go(shown[at - 1]!.id)}>
                이전 사건
              </Button>
              <span>
                {at + 1} / {shown.length}
              </span>
              <Button disabled={at >= shown.length - 1} onClick={() => go(shown[at + 1]!.id)}>
                다음 사건
              </Button>
            </div>
            <EventCard
              key={current.id}
              event={current}
              onDispute={() => setProgress(opened(progress, current.id))}
            />
            <ul class="ht-list" aria-label="사건의 목록">
              {shown.map((event) => (
                <li key={event.id}>
                  <Button pressed={event === current} onClick={() => go(event.id)}>
                    {event.year} {event.title}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <Order
            key={state.round}
            round={state.round}
            streak={progress.streak}
            onCheck={(right, first) => {
              setProgress(checked(progress, right, first));
              setSaid(right ? "순서가 모두 맞습니다." : "아직 순서가 다릅니다.");
            }}
            onNext={() => set({ round: (state.round % 9999) + 1 })}
          />
        )}
      </div>
    </WidgetFrame>
  );
}
