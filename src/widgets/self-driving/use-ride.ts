import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Push, Ride, Route } from "./drive.ts";
import type { Hands } from "./hands.ts";
import { type Glance, LiveRide, LONGEST_GAP, NO_GLANCE, type Pilot, type RideEvents } from "./live-ride.ts";

export interface RideHandle {
  /** `undefined` while the car stands still. */
  readonly pilot: Pilot | undefined;
  /** The ride as it was at the last look, a few times a second: for numbers that are read. */
  readonly glance: Glance;
  readonly hands: Hands;
  /** The live ride, for pictures. */
  readonly current: () => Ride;
  /** Called with every picture drawn. Returns how to stop. */
  subscribe(draw: () => void): () => void;
  start(pilot: Pilot): void;
  stop(): void;
  /** Lets so many seconds pass; only where time does not pass by itself. */
  pass(seconds: number): void;
  push(push: Push): void;
}

/** Milliseconds between two glances. */
const GLANCE_EVERY = 200;

/**
 * A ride on the page. Time passes in whole steps, and while the network is asked it stands still, so that a ride is the
 * same however fast the machine draws.
 * @param steady time passes only when it is asked to.
 */
export function useRide(
  route: Route,
  steady: boolean,
  place: RefObject<HTMLElement | null>,
  events: RideEvents,
): RideHandle {
  const latest = useRef(events);
  latest.current = events;
  const [pilot, setPilot] = useState<Pilot>();
  const [glance, setGlance] = useState<Glance>(NO_GLANCE);
  const key = JSON.stringify(route);
  const live = useRef<LiveRide>(undefined);
  live.current ??= new LiveRide(route, () => latest.current);
  const readers = useRef(new Set<() => void>()).current;
  const draw = () => {
    for (const reader of readers) reader();
  };
  const stop = () => {
    live.current?.finish();
    setPilot(undefined);
    setGlance(live.current?.glance() ?? NO_GLANCE);
    draw();
  };

  useEffect(() => {
    if (live.current?.key === key) return;
    stop();
    live.current = new LiveRide(route, () => latest.current);
    setGlance(NO_GLANCE);
    draw();
  }, [key]);

  useEffect(() => {
    if (pilot === undefined || steady || !place.current) return;
    let [before, told, inSight] = [performance.now(), 0, true];
    let frame = requestAnimationFrame(function next(now) {
      const gap = Math.min(LONGEST_GAP, (now - before) / 1000);
      before = now;
      if (inSight && !document.hidden) live.current?.offer(gap);
      draw();
      if (now - told > GLANCE_EVERY) {
        told = now;
        setGlance(live.current?.glance() ?? NO_GLANCE);
      }
      if (live.current?.ride.hasEnded) stop();
      else frame = requestAnimationFrame(next);
    });
    const observer = new IntersectionObserver((entries) => {
      inSight = entries.at(-1)?.isIntersecting ?? true;
    });
    observer.observe(place.current);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [pilot, steady]);

  return {
    ...{ pilot, glance, stop },
    hands: live.current.hands,
    current: () => live.current!.ride,
    subscribe: (reader) => {
      readers.add(reader);
      reader();
      return () => readers.delete(reader);
    },
    start: (next) => {
      live.current?.finish();
      live.current = new LiveRide(route, () => latest.current, next);
      setPilot(next);
      setGlance(NO_GLANCE);
      draw();
    },
    pass: (seconds) => {
      live.current?.offer(seconds, () => {
        if (live.current?.ride.hasEnded) stop();
        setGlance(live.current?.glance() ?? NO_GLANCE);
        draw();
      });
    },
    push: (push) => {
      live.current?.ride.push(push);
      draw();
    },
  };
}
