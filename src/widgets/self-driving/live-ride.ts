/** A ride whose time is offered by whoever draws it, in pieces of any length. */
import { STEP } from "./car.ts";
import { Recorder, Ride, type Route } from "./drive.ts";
import { Hands } from "./hands.ts";
import type { Recordings } from "./network.ts";

/** Who holds the wheel. */
export type Pilot = "own" | "model" | "network";

export interface RideEvents {
  /** What was recorded while the learner or the model driver held the wheel, when the ride is over. */
  recorded(pilot: Pilot, recordings: Recordings, departures: number): void;
  /** The network's angle for a picture. */
  steer(picture: Float32Array): Promise<number>;
}

export interface Glance {
  readonly metres: number;
  readonly offset: number;
  readonly departures: number;
  readonly seconds: number;
  readonly recorded: number;
}

export const NO_GLANCE: Glance = { metres: 0, offset: 0, departures: 0, seconds: 0, recorded: 0 };

/** A longer gap between two pictures is not made up. */
export const LONGEST_GAP = 0.2;
/** Fewer pictures than this (one second) are no recording. */
const FEWEST = 15;
/** Pictures before a departure that are forgotten: one and a half seconds. */
const SPOILED = 22;

/** One ride with its recorder and the hands at its wheel. */
export class LiveRide {
  readonly key: string;
  readonly ride: Ride;
  readonly hands = new Hands();
  readonly #events: () => RideEvents;
  readonly #pilot: Pilot | undefined;
  readonly #recorder = new Recorder();
  #command = 0;
  #owed = 0;
  #waits = false;
  #finished = false;
  #then: (() => void) | undefined;

  constructor(route: Route, events: () => RideEvents, pilot?: Pilot) {
    this.key = JSON.stringify(route);
    this.ride = new Ride(route);
    this.ride.look();
    this.#events = events;
    this.#pilot = pilot;
  }

  glance(): Glance {
    const { car, departures, seconds } = this.ride;
    const { along, offset } = car.place;
    return { metres: Math.max(0, along), offset, departures, seconds, recorded: this.#recorder.count };
  }

  /** Lets time pass. @param then called when all of it has. */
  offer(seconds: number, then?: () => void): void {
    this.#owed = Math.min(this.#owed, LONGEST_GAP) + seconds;
    this.#then = then;
    this.#go();
  }

  /** Hands the recording over, once. */
  finish(): void {
    if (this.#finished || !this.#pilot) return;
    this.#finished = true;
    if (this.#recorder.count < FEWEST) return;
    this.#events().recorded(this.#pilot, this.#recorder.recordings(), this.ride.departures);
  }

  #go(): void {
    while (this.#owed >= STEP && !this.#waits && !this.#finished && !this.ride.hasEnded) {
      this.hands.pass(STEP);
      if (this.ride.lookIsDue) {
        const picture = this.ride.look();
        if (this.#pilot === "network" && !this.hands.hold) {
          this.#ask(picture);
          return;
        }
        this.#command = this.#pilot === "model" ? this.ride.advice : this.hands.angle;
        this.#recorder.add(picture, this.#command);
      } else if (this.hands.hold && this.#pilot !== "model") this.#command = this.hands.angle;
      this.#step();
    }
    if (!this.#waits) this.#then?.();
  }

  #step(): void {
    const before = this.ride.departures;
    this.ride.step(this.#command);
    // What led off the road is not to be learned.
    if (this.ride.departures > before && this.#recorder.count > 0) this.#recorder.dropLast(SPOILED);
    this.#owed -= STEP;
  }

  #ask(picture: Float32Array): void {
    this.#waits = true;
    this.#events()
      .steer(picture)
      .then((angle) => {
        this.#waits = false;
        this.#command = angle;
        // Whoever takes over goes on from there.
        if (!this.hands.hold) this.hands.angle = angle;
        this.#step();
        this.#go();
      });
  }
}
