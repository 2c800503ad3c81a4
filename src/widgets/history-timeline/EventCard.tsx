import { useState } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { link } from "../../ui/link.ts";
import { type HistoryEvent, PEOPLE } from "./events.ts";

/** One event: what was shown, by whom, where it is written, what is disputed, and where it can be touched. */
export function EventCard({ event, onDispute }: { event: HistoryEvent; onDispute: () => void }) {
  return (
    <div class="ht-card">
      <p class="ht-title">
        <strong>{event.year}년</strong> {event.title}
      </p>
      <p>{event.what}</p>
      <p class="ht-source">
        {event.authors}, <a href={event.url}>{event.source}</a>
        {event.people.length > 0 && (
          <span class="ht-people">
            {event.people.map((id) => (
              <span key={id} class="badge">
                {PEOPLE.find((person) => person.id === id)?.name}
              </span>
            ))}
          </span>
        )}
      </p>
      {event.dispute !== undefined && <Dispute text={event.dispute} onOpen={onDispute} />}
      {event.touch && (
        <p>
          <a class="ht-touch" href={link(event.touch.path)}>
            만져 보기: {event.touch.name}
          </a>
        </p>
      )}
    </div>
  );
}

function Dispute({ text, onOpen }: { text: string; onOpen: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="ht-dispute">
      <Button
        pressed={open}
        onClick={() => {
          if (!open) onOpen();
          setOpen(!open);
        }}
      >
        다른 말도 있습니다
      </Button>
      {open && <p>{text}</p>}
    </div>
  );
}
