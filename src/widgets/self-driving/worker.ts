import { corrections, demonstration } from "./drive.ts";
import { Driver, LEARNING_RATE, splitRecordings } from "./network.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { trialsOf, tryOut } from "./trials.ts";

/** Steps between two looks at the messages, and pieces between two reports. */
const PIECE = 8;
const REPORT_EVERY = 3;

let driver: Driver | undefined;
/** Number of the work that goes on; 0 when none does. */
let current = 0;

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
/** Lets waiting messages in: the car that is driving meanwhile asks for its angle. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

async function train({
  id,
  recordings,
  steps,
  seed,
  fresh,
}: Extract<ToWorker, { type: "train" }>): Promise<void> {
  if (fresh || !driver) driver = new Driver(seed);
  const trained = driver;
  const { train: learned, held } = splitRecordings(recordings);
  trained.learnFrom(learned, held, seed);
  const report = () => post({ type: "progress", id, steps: trained.steps, ...trained.errors() });
  report();
  for (let done = 0, piece = 1; done < steps; done += PIECE, piece++) {
    // The last third goes in ever smaller strides.
    const rate = LEARNING_RATE * Math.min(1, (3 * (steps - done)) / steps);
    if (trained.train(PIECE, rate) < PIECE) {
      post({ type: "diverged", id });
      return;
    }
    if (piece % REPORT_EVERY === 0) report();
    await breath();
    if (current !== id) return;
  }
  report();
  post({ type: "trained", id });
}

async function tryAll(id: number, home: Parameters<typeof trialsOf>[0]): Promise<void> {
  const trials = trialsOf(home);
  for (const [i, trial] of trials.entries()) {
    const { condition } = trial;
    const driven = tryOut(trial, steer);
    post({ type: "trial", id, condition, driven, left: trials.length - 1 - i });
    await breath();
    if (current !== id) return;
  }
}

const steer = (picture: Float32Array): number => driver?.steer(picture) ?? 0;

async function work(message: Exclude<ToWorker, { type: "steer" | "stop" }>): Promise<void> {
  const { id } = message;
  if (message.type === "train") return train(message);
  if (message.type === "try") return tryAll(id, message.home);
  const recordings =
    message.type === "demonstrate"
      ? demonstration(message.route, message.until)
      : corrections(message.route, steer, message.seed);
  post({ type: "recorded", id, recordings }, [recordings.pictures.buffer, recordings.angles.buffer]);
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "steer") {
    post({ type: "steered", angle: steer(data.picture) });
    return;
  }
  if (data.type === "stop") {
    current = 0;
    return;
  }
  current = data.id;
  work(data).catch((error: unknown) => {
    if (current !== data.id) return;
    post({ type: "failed", id: data.id, message: error instanceof Error ? error.message : String(error) });
  });
});
