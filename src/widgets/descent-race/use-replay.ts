/** Shows a race that has been run: a position that moves over its steps, drawn with every picture. */
import { useEffect, useRef, useState } from "preact/hooks";

export interface Replay {
  /** Steps shown, whole, a few times a second: for what is read. */
  readonly step: number;
  readonly playing: boolean;
  play(): void;
  pause(): void;
  /** Moves by whole steps and stops. */
  move(by: number): void;
  toStart(): void;
  /** Calls `draw` with the exact position whenever it moves, and at once. Returns how to stop. */
  subscribe(draw: (position: number) => void): () => void;
}

/** Milliseconds between two renderings of what is read. */
const READING_PACE = 120;
/** With reduced motion the picture changes so seldom. */
const STILL_PACE = 500;

export interface ReplayOptions {
  /** The last step. */
  readonly end: number;
  /** Steps a second. */
  readonly pace: number;
  readonly onEnd: () => void;
}

export function useReplay(options: ReplayOptions): Replay {
  const latest = useRef(options);
  latest.current = options;
  const position = useRef(0);
  const readers = useRef(new Set<(position: number) => void>()).current;
  const [step, setStep] = useState(0);
  const [playing, setPlaying] = useState(false);
  const show = (to: number) => {
    position.current = Math.max(0, Math.min(latest.current.end, to));
    for (const draw of readers) draw(position.current);
  };

  useEffect(() => {
    if (!playing) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let request = 0;
    let [drawn, read] = [performance.now(), performance.now()];
    const tick = (now: number) => {
      request = requestAnimationFrame(tick);
      if (still && now - drawn < STILL_PACE) return;
      // A tab that slept does not jump.
      show(position.current + (Math.min(still ? STILL_PACE : 50, now - drawn) / 1000) * latest.current.pace);
      drawn = now;
      const over = position.current >= latest.current.end;
      if (over || now - read >= READING_PACE) {
        read = now;
        setStep(Math.floor(position.current));
      }
      if (over) {
        setPlaying(false);
        latest.current.onEnd();
      }
    };
    request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(request);
  }, [playing]);

  const jump = (to: number) => {
    show(to);
    setStep(Math.floor(position.current));
  };
  return {
    step,
    playing,
    play: () => setPlaying(true),
    pause: () => {
      setPlaying(false);
      setStep(Math.floor(position.current));
    },
    move: (by) => {
      setPlaying(false);
      const before = position.current;
      jump(Math.floor(before) + by);
      if (before < latest.current.end && position.current >= latest.current.end) latest.current.onEnd();
    },
    toStart: () => {
      setPlaying(false);
      jump(0);
    },
    subscribe: (draw) => {
      readers.add(draw);
      draw(position.current);
      return () => readers.delete(draw);
    },
  };
}
