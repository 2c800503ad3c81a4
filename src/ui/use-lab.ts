import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { createLab, type Lab, type WorkerLike } from "../lab/client.ts";
import type { Divergence, Pace } from "../lab/protocol.ts";

export interface LabOptions<Config, Live, Frame> {
  readonly startWorker: () => WorkerLike;
  /** Changes when another network is to be trained. */
  readonly configKey: string;
  /** Asked whenever `configKey` changes, with the last frame of the network before. */
  readonly config: (last: Frame | undefined) => Config;
  readonly live: Live;
  readonly pace: Pace;
  /** The configuration from which a worker that died goes on. */
  readonly checkpoint: (config: Config, frame: Frame) => Config;
  /** Training pauses while this is out of sight. */
  readonly place: RefObject<HTMLElement | null>;
}

export interface LabHandle<Frame, Command> {
  /** The last frame, a few times a second: for numbers that are read. */
  readonly frame: Frame | undefined;
  /** Calls `draw` with every frame, at once with the last one. Returns how to stop. */
  subscribe(draw: (frame: Frame) => void): () => void;
  readonly playing: boolean;
  play(): void;
  pause(): void;
  step(steps: number): void;
  command(command: Command): void;
  readonly divergence: Divergence | undefined;
  /** What happened to the worker, in Korean. */
  readonly failure: string | undefined;
}

/** Milliseconds between two renderings of numbers. */
const READING_PACE = 120;

/** A training worker for the life of a component. On the server nothing happens. */
export function useLab<Config, Live, Frame, Command = never>(
  options: LabOptions<Config, Live, Frame>,
): LabHandle<Frame, Command> {
  const { configKey, live, pace, place } = options;
  const latest = useRef(options);
  latest.current = options;
  const lab = useRef<Lab<Config, Live, Frame, Command>>(undefined);
  const feed = useRef(createFeed<Frame>()).current;
  const [frame, setFrame] = useState<Frame>();
  const [playing, setPlaying] = useState(false);
  const [divergence, setDivergence] = useState<Divergence>();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    const created = createLab<Config, Live, Frame, Command>(() => latest.current.startWorker(), {
      frame: feed.push,
      diverged: (where) => {
        setPlaying(false);
        setDivergence(where);
      },
      failed: (message, restarted) => {
        if (!restarted) setPlaying(false);
        setFailure(failureText(message, restarted));
      },
    });
    created.checkpoint = (config, last) => latest.current.checkpoint(config, last);
    lab.current = created;
    return () => created.dispose();
  }, [feed]);

  useEffect(() => throttle(feed, setFrame), [feed]);

  useEffect(() => {
    const { config } = latest.current;
    setDivergence(undefined);
    setFailure(undefined);
    lab.current?.configure(config(feed.last()), latest.current.live, latest.current.pace);
  }, [configKey, feed]);

  const liveKey = JSON.stringify([live, pace]);
  useEffect(() => {
    lab.current?.setLive(latest.current.live, latest.current.pace);
  }, [liveKey]);

  useWhileVisible(place, playing, lab);

  return {
    frame,
    subscribe: feed.subscribe,
    playing,
    play: () => {
      setDivergence(undefined);
      setFailure(undefined);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    step: (steps) => {
      setDivergence(undefined);
      lab.current?.step(steps);
    },
    command: (command) => lab.current?.command(command),
    divergence,
    failure,
  };
}

function failureText(message: string, restarted: boolean): string {
  return restarted
    ? "계산을 맡은 작업자가 멈춰서 다시 시작했습니다. 훈련이 이어집니다."
    : `계산을 이어 갈 수 없습니다. 페이지를 새로 고쳐 주세요. (${message || "원인을 알 수 없음"})`;
}

/** Runs training only while it plays, its place is in sight and the page is shown. */
function useWhileVisible(
  place: RefObject<HTMLElement | null>,
  playing: boolean,
  lab: RefObject<{ run(): void; pause(): void } | undefined>,
): void {
  useEffect(() => {
    if (!playing || !place.current) return;
    let inSight = true;
    const follow = () => {
      if (inSight && !document.hidden) lab.current?.run();
      else lab.current?.pause();
    };
    const observer = new IntersectionObserver((entries) => {
      // After a quick jump there are several; the last one is how it is now.
      inSight = entries.at(-1)?.isIntersecting ?? true;
      follow();
    });
    observer.observe(place.current);
    document.addEventListener("visibilitychange", follow);
    follow();
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", follow);
      lab.current?.pause();
    };
  }, [playing, place, lab]);
}

interface Feed<Frame> {
  readonly push: (frame: Frame) => void;
  readonly subscribe: (draw: (frame: Frame) => void) => () => void;
  readonly last: () => Frame | undefined;
}

function createFeed<Frame>(): Feed<Frame> {
  const readers = new Set<(frame: Frame) => void>();
  let last: Frame | undefined;
  return {
    push: (frame) => {
      last = frame;
      for (const draw of readers) draw(frame);
    },
    subscribe: (draw) => {
      readers.add(draw);
      if (last !== undefined) draw(last);
      return () => readers.delete(draw);
    },
    last: () => last,
  };
}

/** Hands on frames at reading pace; the last one always arrives. */
function throttle<Frame>(feed: Feed<Frame>, receive: (frame: Frame) => void): () => void {
  return feed.subscribe(atPace(READING_PACE, receive));
}

/** Calls `receive` at most once in so many milliseconds; the last value always arrives. */
export function atPace<T>(milliseconds: number, receive: (value: T) => void): (value: T) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly value: T } | undefined;
  const take = (value: T) => {
    if (timer !== undefined) {
      waiting = { value };
      return;
    }
    receive(value);
    timer = setTimeout(() => {
      timer = undefined;
      const next = waiting;
      waiting = undefined;
      if (next) take(next.value);
    }, milliseconds);
  };
  return take;
}
