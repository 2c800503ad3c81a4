import { describe, expect, test } from "vitest";
import { createLab, type WorkerLike } from "../../src/lab/client.ts";
import type { FromWorker, Pace, Trainer } from "../../src/lab/protocol.ts";
import { type Clock, type Scope, serve } from "../../src/lab/serve.ts";

interface Frame {
  readonly steps: number;
}
interface Config {
  readonly start: number;
  /** The step after which values are not finite any more. */
  readonly divergesAt?: number;
  readonly broken?: boolean;
}

class Counter implements Trainer<number, Frame, number> {
  live = 0;
  #steps: number;
  readonly #limit: number;

  constructor({ start, divergesAt = Number.POSITIVE_INFINITY, broken }: Config) {
    if (broken) throw new Error("점이 없습니다.");
    this.#steps = start;
    this.#limit = divergesAt;
  }
  setLive(live: number) {
    this.live = live;
  }
  command(steps: number) {
    this.#steps = steps;
  }
  advance(steps: number) {
    const done = Math.min(steps, this.#limit - this.#steps);
    this.#steps += done;
    return done;
  }
  frame() {
    return { frame: { steps: this.#steps }, transfer: [] };
  }
  divergence() {
    return this.#steps === this.#limit ? { step: this.#limit + 1, node: "z2" } : undefined;
  }
  dispose() {}
}

/** A page and its worker in one thread; time passes only in `wait`. A mute worker never answers. */
function together({ mute = false } = {}) {
  let now = 0;
  let callback: (() => void) | undefined;
  const clock: Clock = {
    now: () => now,
    soon: (next) => {
      callback = next;
    },
    later: (next) => {
      callback = next;
    },
  };
  const frames: number[] = [];
  const told: string[] = [];
  let pictures: (() => void)[] = [];
  /** Frames under way that the page has not drawn yet, per worker. */
  let received = 0;
  const workers: (WorkerLike & { die(): void })[] = [];
  const startWorker = () => {
    let listener: ((event: { readonly data: unknown }) => void) | undefined;
    const worker: WorkerLike & { die(): void } = {
      onmessage: null,
      onerror: null,
      postMessage: (data: unknown) => listener?.({ data }),
      terminate: () => {
        listener = undefined;
      },
      die: () => worker.onerror?.({ message: "memory" } as ErrorEvent),
    };
    const scope: Scope = {
      postMessage: (data) => {
        if (mute) return;
        if ((data as FromWorker<Frame>).type === "frame") received += 1;
        worker.onmessage?.({ data } as MessageEvent);
      },
      addEventListener: (_type, added) => {
        listener = added;
      },
    };
    serve<Config, number, Frame, number>((config) => new Counter(config), scope, clock);
    workers.push(worker);
    return worker;
  };
  const lab = createLab<Config, number, Frame, number>(
    startWorker,
    {
      frame: ({ steps }) => frames.push(steps),
      diverged: ({ step, node }) => told.push(`diverged ${step} ${node}`),
      failed: (message, restarted) => told.push(`failed ${message} ${restarted}`),
    },
    (draw) => pictures.push(draw),
  );
  return {
    ...{ lab, frames, told, workers },
    draw: () => {
      const due = pictures;
      pictures = [];
      received = 0;
      for (const picture of due) picture();
      return received;
    },
    wait: (milliseconds: number) => {
      for (const end = now + milliseconds; now < end; now += 4) {
        const due = callback;
        callback = undefined;
        due?.();
      }
    },
    configure: (config: Config, pace: Pace = 1000) => lab.configure(config, 0, pace),
  };
}

describe("a page and its training worker", () => {
  test("keeps to its pace", () => {
    const { lab, configure, wait, draw, frames } = together();
    configure({ start: 0 }, 500);
    lab.run();
    for (let picture = 0; picture < 60; picture++) {
      wait(16);
      draw();
    }
    // 0.96 s at 500 steps a second.
    expect(frames.at(-1)).toBeGreaterThan(440);
    expect(frames.at(-1)).toBeLessThan(500);
  });

  test("sends one frame a picture, also after the network was changed while a frame was drawn", () => {
    const { lab, configure, wait, draw } = together();
    configure({ start: 0 });
    lab.run();
    wait(40);
    for (let change = 0; change < 5; change++) {
      configure({ start: 0 });
      wait(4);
      draw();
    }
    for (let picture = 0; picture < 10; picture++) {
      wait(16);
      expect(draw()).toBeLessThanOrEqual(1);
    }
  });

  test("drops what an earlier network still says", () => {
    const { lab, configure, wait, draw, frames } = together();
    configure({ start: 0 });
    lab.run();
    wait(100);
    draw();
    configure({ start: 1_000_000 });
    const before = frames.length;
    wait(40);
    draw();
    expect(frames.slice(before).every((steps) => steps >= 1_000_000)).toBe(true);
    expect(frames.length).toBeGreaterThan(before);
  });

  test("tells where it diverged, and stops", () => {
    const { lab, configure, wait, told, frames, draw } = together();
    configure({ start: 0, divergesAt: 30 }, "full");
    lab.run();
    wait(200);
    draw();
    expect(told).toEqual(["diverged 31 z2"]);
    const count = frames.length;
    wait(200);
    expect(frames.length).toBe(count);
  });

  test("a configuration that cannot be built is told with its reason", () => {
    const { lab, configure, told } = together();
    configure({ start: 0, broken: true });
    lab.run();
    expect(told[0]).toBe("failed 점이 없습니다. false");
  });

  test("a worker that dies is started again from its last frame and goes on training", () => {
    const { lab, configure, wait, draw, workers, told, frames } = together();
    lab.checkpoint = (config, frame) => ({ ...config, start: frame.steps });
    configure({ start: 0 });
    lab.run();
    wait(100);
    draw();
    const reached = frames.at(-1)!;
    expect(reached).toBeGreaterThan(50);
    workers[0]!.die();
    expect(told).toEqual(["failed memory true"]);
    wait(100);
    draw();
    expect(workers).toHaveLength(2);
    expect(frames.at(-1)).toBeGreaterThan(reached);
  });

  test("a worker that dies again and again without a frame is given up", () => {
    const { configure, workers, told } = together({ mute: true });
    configure({ start: 0 });
    while (told.length < workers.length) workers.at(-1)!.die();
    expect(told).toEqual(["failed memory true", "failed memory true", "failed memory false"]);
    expect(workers).toHaveLength(3);
  });

  test("steps and commands act while it pauses", () => {
    const { lab, configure, draw, frames } = together();
    configure({ start: 0 });
    draw();
    lab.step(7);
    draw();
    expect(frames.at(-1)).toBe(7);
    lab.command(42);
    draw();
    expect(frames.at(-1)).toBe(42);
  });
});
