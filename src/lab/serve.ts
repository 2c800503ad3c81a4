/** The worker's side: trains in short pieces, so that a message never waits long. */
import { canOffer, offerOwnThreads } from "./own-threads.ts";
import type { CreateTrainer, FromWorker, Pace, ToWorker, Trainer } from "./protocol.ts";

/** The part of a worker's global scope that is needed; tests pass their own. */
export interface Scope {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

export interface Clock {
  now(): number;
  /** Calls back soon, after waiting messages have been delivered. */
  soon(callback: () => void): void;
  /** Calls back some milliseconds later; the processor rests meanwhile. */
  later(callback: () => void): void;
}

/** Milliseconds of training between two looks at the messages. */
const PIECE = 8;
/** Milliseconds without work when the pace asks for no step yet. */
const REST = 4;
/** After a longer gap (a sleeping laptop) the lost time is not made up. */
const LONGEST_GAP = 50;

export function serve<Config, Live, Frame, Command = never>(
  create: CreateTrainer<Config, Live, Frame, Command>,
  scope: Scope,
  clock: Clock = workerClock(),
): void {
  const server = new Server(create, scope, clock);
  const receive = (data: unknown) => server.receive(data as ToWorker<Config, Live, Command>);
  if (!canOffer()) {
    scope.addEventListener("message", ({ data }) => receive(data));
    return;
  }
  // The first network may want a second thread already. Without that code everything runs on one.
  const offer = offerOwnThreads().catch(() => false);
  scope.addEventListener("message", ({ data }) => void offer.then(() => receive(data)));
}

/** Timers wait 4 ms at least; a message to oneself does not. */
function workerClock(): Clock {
  const channel = new MessageChannel();
  let pending: (() => void) | undefined;
  channel.port1.onmessage = () => pending?.();
  return {
    now: () => performance.now(),
    soon: (callback) => {
      pending = callback;
      channel.port2.postMessage(0);
    },
    later: (callback) => {
      setTimeout(callback, REST);
    },
  };
}

class Server<Config, Live, Frame, Command> {
  readonly #create: CreateTrainer<Config, Live, Frame, Command>;
  readonly #scope: Scope;
  readonly #clock: Clock;
  #trainer: Trainer<Live, Frame, Command> | undefined;
  #id = 0;
  #pace: Pace = "full";
  #running = false;
  #scheduled = false;
  #lastTick = 0;
  /** Steps the pace allows but that were not made yet. */
  #owed = 0;
  /** Steps that fit into one piece, as measured. */
  #pieceSteps = 1;
  /** The page waits for a frame. */
  #wanted = true;
  #changed = false;

  constructor(create: CreateTrainer<Config, Live, Frame, Command>, scope: Scope, clock: Clock) {
    this.#create = create;
    this.#scope = scope;
    this.#clock = clock;
  }

  receive(message: ToWorker<Config, Live, Command>): void {
    try {
      this.#handle(message);
    } catch (error) {
      this.#running = false;
      this.#post({
        type: "failed",
        id: this.#id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #handle(message: ToWorker<Config, Live, Command>): void {
    switch (message.type) {
      case "configure":
        this.#id = message.id;
        this.#trainer?.dispose();
        this.#trainer = undefined;
        this.#trainer = this.#create(message.config);
        this.#trainer.setLive(message.live);
        this.#pace = message.pace;
        this.#wanted = true;
        this.#pieceSteps = 1;
        this.#show();
        break;
      case "live":
        this.#trainer?.setLive(message.live);
        this.#pace = message.pace;
        this.#show();
        break;
      case "run":
        if (this.#running) break;
        this.#running = true;
        this.#owed = 1;
        this.#lastTick = this.#clock.now();
        this.#schedule();
        break;
      case "pause":
        this.#running = false;
        this.#show();
        break;
      case "step":
        this.#advance(message.steps);
        this.#show();
        break;
      case "command":
        this.#trainer?.command(message.command);
        this.#show();
        break;
      case "acknowledge":
        // Taken for this network's, one of the network before would put a second frame under way for good.
        if (message.id !== this.#id) break;
        this.#wanted = true;
        if (this.#changed) this.#show();
        break;
    }
  }

  #schedule(when: "soon" | "later" = "soon"): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock[when](() => {
      this.#scheduled = false;
      if (this.#running && this.#trainer) this.#tick();
    });
  }

  #tick(): void {
    const now = this.#clock.now();
    const gap = Math.min(LONGEST_GAP, now - this.#lastTick);
    this.#lastTick = now;
    if (this.#pace !== "full") this.#owed += (this.#pace * gap) / 1000;
    const steps =
      this.#pace === "full" ? this.#pieceSteps : Math.min(this.#pieceSteps, Math.floor(this.#owed));
    if (steps > 0) {
      this.#advance(steps);
      this.#owed = Math.max(0, this.#owed - steps);
      this.#learnPiece(steps, this.#clock.now() - now);
      if (this.#wanted) this.#show();
      else this.#changed = true;
    }
    if (this.#running) this.#schedule(this.#pace === "full" || this.#owed >= 1 ? "soon" : "later");
  }

  /** Doubles while pieces are short, halves when one was long. */
  #learnPiece(steps: number, took: number): void {
    if (took > 1.5 * PIECE) this.#pieceSteps = Math.max(1, Math.floor(this.#pieceSteps / 2));
    else if (steps === this.#pieceSteps && took < PIECE / 2)
      this.#pieceSteps = Math.min(2 ** 20, this.#pieceSteps * 2);
  }

  #advance(steps: number): void {
    const trainer = this.#trainer;
    if (!trainer || trainer.advance(steps) === steps) return;
    this.#running = false;
    const divergence = trainer.divergence();
    if (divergence) this.#post({ type: "diverged", id: this.#id, divergence });
  }

  #show(): void {
    this.#changed = true;
    if (!this.#trainer || !this.#wanted) return;
    this.#wanted = false;
    this.#changed = false;
    const { frame, transfer } = this.#trainer.frame();
    this.#post({ type: "frame", id: this.#id, frame }, transfer);
  }

  #post(message: FromWorker<Frame>, transfer: ArrayBuffer[] = []): void {
    this.#scope.postMessage(message, transfer);
  }
}
