import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface TermCardProps {
  /** The word as the sentence has it. */
  label: string;
  term: string;
  english: string;
  definition: string;
  /** Its place in the glossary. */
  href: string;
}

const GAP = 8;
const inBrowser = typeof window !== "undefined";
const useBrowserLayoutEffect = inBrowser ? useLayoutEffect : useEffect;

/** A word that shows its definition by pointing, focus or tap; Escape or a tap elsewhere closes the card. */
export default function TermCard({ label, term, english, definition, href }: TermCardProps) {
  const [alive, setAlive] = useState(false);
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const card = useRef<HTMLSpanElement>(null);
  const id = useId();
  useEffect(() => setAlive(true), []);
  useBrowserLayoutEffect(() => {
    if (open && place.current && card.current) position(place.current, card.current);
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setOpen(false);
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
    };
    const close = () => setOpen(false);
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onDown);
    addEventListener("scroll", close, { passive: true });
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onDown);
      removeEventListener("scroll", close);
    };
  }, [open]);

  if (!alive) {
    return (
      <a class="term" href={href}>
        {label}
      </a>
    );
  }
  return (
    <span
      ref={place}
      class="term-place"
      onPointerEnter={(event) => event.pointerType === "mouse" && setOpen(true)}
      onPointerLeave={(event) => event.pointerType === "mouse" && setOpen(false)}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && place.current?.contains(to))) setOpen(false);
      }}
    >
      <button
        type="button"
        class="term"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      <span ref={card} id={id} class="term-card" hidden={!open}>
        <strong>
          {term} {english !== "" && <small lang="en">{english}</small>}
        </strong>
        <span>{definition}</span>
        <a href={href}>용어집에서 보기</a>
      </span>
    </span>
  );
}

/** Under the word, inside the window; above it where there is no room. */
function position(place: HTMLElement, card: HTMLElement): void {
  const word = place.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(word.left, document.documentElement.clientWidth - width - GAP));
  const below = word.bottom + height < window.innerHeight;
  card.style.left = `${left}px`;
  card.style.top = `${below ? word.bottom : Math.max(GAP, word.top - height)}px`;
}
