/** The page's side of a training worker: one configuration at a time, at most one frame per picture drawn. */
import type { Divergence, FromWorker, Pace, ToWorker } from "./protocol.ts";

/** The part of `Worker` that is needed; tests pass their own. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onerror: ((event: ErrorEvent) => unknown) | null;
}

export interface LabEvents<Frame> {
  /** At most once per animation frame. */
  frame(frame: Frame): void;
  diverged(divergence: Divergence): void;
  /** The worker died or could not build the network; `restarted` tells whether a fresh one goes on. */
  failed(message: string, restarted: boolean): void;
}

export interface Lab<Config, Live, Frame, Command = never> {
  configure(config: Config, live: Live, pace: Pace): void;
  setLive(live: Live, pace: Pace): void;
  run(): void;
  pause(): void;
  step(steps: number): void;
  command(command: Command): void;
  /** The configuration from which a worker that died is to go on, made from its last frame. */
  checkpoint: ((config: Config, frame: Frame) => Config) | undefined;
  dispose(): void;
}

/** Deaths in a row, without a frame between, after which no new worker is started. */
const MOST_DEATHS = 3;

export function createLab<Config, Live, Frame, Command = never>(
  startWorker: () => WorkerLike,
  events: LabEvents<Frame>,
  nextPicture: (callback: () => void) => void = (callback) => requestAnimationFrame(callback),
): Lab<Config, Live, Frame, Command> {
  let worker: WorkerLike | undefined;
  let id = 0;
  let current: { config: Config; live: Live; pace: Pace } | undefined;
  let running = false;
  let deaths = 0;
  let last: Frame | undefined;

  const send = (message: ToWorker<Config, Live, Command>) => worker?.postMessage(message);
  const configure = () => {
    if (current) send({ type: "configure", id, ...current });
    if (running) send({ type: "run" });
  };
  const receive = (message: FromWorker<Frame>) => {
    if (message.id !== id) return;
    if (message.type === "failed") {
      running = false;
      events.failed(message.message, false);
    } else if (message.type === "diverged") {
      running = false;
      events.diverged(message.divergence);
    } else {
      deaths = 0;
      last = message.frame;
      events.frame(message.frame);
      nextPicture(() => send({ type: "acknowledge", id: message.id }));
    }
  };
  const die = (message: string) => {
    worker?.terminate();
    worker = undefined;
    deaths += 1;
    const restarted = deaths < MOST_DEATHS;
    if (restarted) {
      if (current && last && lab.checkpoint)
        current = { ...current, config: lab.checkpoint(current.config, last) };
      id += 1;
      start();
    } else running = false;
    events.failed(message, restarted);
  };
  const start = () => {
    worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<FromWorker<Frame>>) => receive(data);
    worker.onerror = (event) => die(event.message ?? "");
    configure();
  };
  const lab: Lab<Config, Live, Frame, Command> = {
    checkpoint: undefined,
    configure(config, live, pace) {
      id += 1;
      last = undefined;
      current = { config, live, pace };
      if (worker) configure();
      else {
        deaths = 0;
        start();
      }
    },
    setLive(live, pace) {
      if (!current) return;
      current = { ...current, live, pace };
      send({ type: "live", live, pace });
    },
    run() {
      running = true;
      send({ type: "run" });
    },
    pause() {
      running = false;
      send({ type: "pause" });
    },
    step: (steps) => send({ type: "step", steps }),
    command: (command) => send({ type: "command", command }),
    dispose() {
      worker?.terminate();
      worker = undefined;
      running = false;
    },
  };
  return lab;
}
