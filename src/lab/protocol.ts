/**
 * What a page and its training worker say to each other. Every message carries the number of the configuration
 * it belongs to, so that late answers of an earlier network are dropped.
 */

/** What the worker can train; a widget's worker file supplies it. */
export interface Trainer<Live, Frame, Command = never> {
  /** Takes over what may change while training runs. */
  setLive(live: Live): void;
  /** Does what the learner asked for between two steps, such as setting one weight. */
  command(command: Command): void;
  /** Trains; returns the steps completed, fewer than asked when the network diverged. */
  advance(steps: number): number;
  /** What the page draws, with the buffers handed over. */
  frame(): { frame: Frame; transfer: ArrayBuffer[] };
  /** Where it stopped being finite, once `advance` fell short. */
  divergence(): Divergence | undefined;
  dispose(): void;
}

export interface Divergence {
  readonly step: number;
  /** Name of the first node that was not finite. */
  readonly node: string;
}

/** @throws Error when the configuration cannot be built; the page shows the message. */
export type CreateTrainer<Config, Live, Frame, Command = never> = (
  config: Config,
) => Trainer<Live, Frame, Command>;

export type ToWorker<Config, Live, Command = never> =
  | {
      readonly type: "configure";
      readonly id: number;
      readonly config: Config;
      readonly live: Live;
      readonly pace: Pace;
    }
  | { readonly type: "live"; readonly live: Live; readonly pace: Pace }
  | { readonly type: "run" }
  | { readonly type: "pause" }
  | { readonly type: "step"; readonly steps: number }
  | { readonly type: "command"; readonly command: Command }
  /** The page has drawn a frame of this configuration and wants the next. */
  | { readonly type: "acknowledge"; readonly id: number };

export type FromWorker<Frame> =
  | { readonly type: "frame"; readonly id: number; readonly frame: Frame }
  | { readonly type: "diverged"; readonly id: number; readonly divergence: Divergence }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

/** Training steps per second; `"full"` is as fast as the machine goes. */
export type Pace = number | "full";
