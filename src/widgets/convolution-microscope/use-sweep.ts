import { useEffect, useRef, useState } from "preact/hooks";

/** Seconds from the first place to the last. */
const DURATION = 10;
/** Where less movement is wanted, rows a second that appear at once. */
const CALM_ROWS = 4;

export interface Sweep {
  /** Places shown so far; `undefined` when all are. */
  readonly shown: number | undefined;
  readonly playing: boolean;
  toggle(): void;
  /** Shows everything again. */
  end(): void;
}

/** Runs over the places of a result of rows × columns, row by row; `visit` moves the window along. */
export function useSweep(rows: number, columns: number, visit: (row: number, column: number) => void): Sweep {
  const total = rows * columns;
  const [shown, setShown] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const at = useRef(0);
  const latest = useRef(visit);
  latest.current = visit;
  // Another result is shown whole.
  useEffect(() => {
    setShown(undefined);
    setPlaying(false);
    at.current = 0;
  }, [rows, columns]);
  useEffect(() => {
    if (!playing || total === 0) return undefined;
    const show = (count: number) => {
      at.current = Math.min(total, count);
      const last = Math.max(0, Math.ceil(at.current) - 1);
      latest.current(Math.floor(last / columns), last % columns);
      setShown(Math.ceil(at.current));
      if (at.current < total) return;
      at.current = 0;
      setShown(undefined);
      setPlaying(false);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const timer = setInterval(() => show(at.current + columns), 1000 / CALM_ROWS);
      return () => clearInterval(timer);
    }
    let before: number | undefined;
    let frame = 0;
    const tick = (now: number) => {
      const seconds = before === undefined ? 0 : Math.min(0.1, (now - before) / 1000);
      before = now;
      show(at.current + Math.max(1 / 60, seconds) * (total / DURATION));
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [playing, total, columns]);
  const end = () => {
    setPlaying(false);
    setShown(undefined);
    at.current = 0;
  };
  return { shown, playing, toggle: () => setPlaying(!playing), end };
}
