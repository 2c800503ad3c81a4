/** A ride in equal steps, and what is recorded and measured on the way. */
import { Random } from "../../engine/random.ts";
import { PIXELS, photograph } from "./camera.ts";
import { type Car, carAt, LOST, modelDriver, moved, STEP, STEPS_PER_LOOK } from "./car.ts";
import type { LookId } from "./looks.ts";
import type { Recordings } from "./network.ts";
import { createRoad, ROAD_LENGTH, type Road, type RoadKind } from "./road.ts";

/** A road, its light and the speed: what a drive is like, in values that can be sent. */
export interface Route {
  readonly kind: RoadKind;
  readonly seed: number;
  readonly look: LookId;
  /** m/s */
  readonly speed: number;
}

/** A push: so far to the left, m, and so much turned, radians. */
export interface Push {
  readonly left: number;
  readonly turned: number;
}

/** One ride along a road. Whoever drives asks for the picture when one is due, and takes one step after another. */
export class Ride {
  readonly route: Route;
  readonly road: Road;
  /** What the camera saw last. */
  readonly picture = new Float32Array(PIXELS);
  car: Car;
  steps = 0;
  /** How often the car was set back. */
  departures = 0;
  /** Metres along the road where that happened first; `undefined` as long as it did not. */
  first: number | undefined;
  #lookedAt = -1;

  constructor(route: Route) {
    this.route = route;
    this.road = createRoad(route.kind, route.seed);
    this.car = carAt(this.road, 0);
  }

  /** Whether the camera takes a picture before the next step. */
  get lookIsDue(): boolean {
    return this.steps % STEPS_PER_LOOK === 0 && this.#lookedAt !== this.steps;
  }

  /** Takes the picture; the same array every time. */
  look(): Float32Array {
    this.#lookedAt = this.steps;
    return photograph(this.road, this.car, this.route.look, this.picture);
  }

  /** What the model driver would do here, −1 to 1. */
  get advice(): number {
    return modelDriver(this.road, this.car, this.route.speed);
  }

  get seconds(): number {
    return this.steps * STEP;
  }

  get hasEnded(): boolean {
    return this.car.place.along >= ROAD_LENGTH;
  }

  /** One step of 1/60 s. A car that is lost is set back on the middle of the road. */
  step(command: number): void {
    this.car = moved(this.road, this.car, command, this.route.speed);
    this.steps++;
    const { place, heading } = this.car;
    const against = Math.cos(heading - this.road.direction[place.nearest]!) < 0;
    if (Math.abs(place.offset) <= LOST && !against) return;
    this.departures++;
    this.first ??= Math.max(0, place.along);
    this.car = carAt(this.road, Math.max(0, Math.min(ROAD_LENGTH, place.along + 1)));
  }

  /** Moves the car aside at once, as far as the road reaches. */
  push({ left, turned }: Push): void {
    const { place, heading, steering } = this.car;
    const offset = Math.max(-3, Math.min(3, place.offset + left));
    const at = Math.min(ROAD_LENGTH, Math.max(0, place.along));
    const pushed = carAt(this.road, at, offset);
    this.car = { ...pushed, heading: heading + turned, steering };
  }
}

/** Metres between two pushes. */
const PUSH_EVERY = 40;

/** Pushes left and right in turn, of sizes drawn from a seed. */
export function* pushes(seed: number): Generator<Push, never> {
  const random = new Random(seed);
  for (let side = 1; ; side = -side) {
    yield { left: side * random.uniform(0.8, 1.8), turned: side * random.uniform(0.05, 0.2) };
  }
}

/** Decides the wheels' angle, −1 to 1, whenever the camera has taken a picture. */
export type Steer = (picture: Float32Array, ride: Ride) => number;

export interface DriveOptions {
  /** Metres along the road where the drive ends. */
  readonly until?: number;
  /** Seed of sudden pushes every 40 m; none when left out. */
  readonly pushed?: number | undefined;
  readonly onLook?: (picture: Float32Array, ride: Ride, command: number) => void;
}

export interface Driven {
  /** Metres until the road was left for the first time, or to the end. */
  readonly first: number;
  readonly departures: number;
  /** Seconds of the whole drive. */
  readonly seconds: number;
}

/** Drives as far as is asked, as fast as the machine goes. */
export function drive(route: Route, steer: Steer, options: DriveOptions = {}): Driven {
  const { until = ROAD_LENGTH, pushed, onLook } = options;
  const ride = new Ride(route);
  const blows = pushed === undefined ? undefined : pushes(pushed);
  let [command, nextPush] = [0, PUSH_EVERY];
  while (ride.car.place.along < until) {
    if (blows && ride.car.place.along >= nextPush) {
      ride.push(blows.next().value);
      nextPush += PUSH_EVERY;
    }
    if (ride.lookIsDue) {
      const picture = ride.look();
      command = steer(picture, ride);
      onLook?.(picture, ride, command);
    }
    ride.step(command);
  }
  return { first: ride.first ?? until, departures: ride.departures, seconds: ride.seconds };
}

/** Collects pictures and angles. */
export class Recorder {
  readonly #pictures: Float32Array[] = [];
  readonly #angles: number[] = [];

  get count(): number {
    return this.#angles.length;
  }

  add(picture: Float32Array, angle: number): void {
    this.#pictures.push(Float32Array.from(picture));
    this.#angles.push(angle);
  }

  /** Forgets the last pictures. */
  dropLast(count: number): void {
    this.#pictures.splice(-count);
    this.#angles.splice(-count);
  }

  recordings(): Recordings {
    const pictures = new Float32Array(this.#pictures.length * PIXELS);
    this.#pictures.forEach((picture, i) => {
      pictures.set(picture, i * PIXELS);
    });
    return { pictures, angles: Float32Array.from(this.#angles) };
  }
}

/** One after another. */
export function joined(parts: readonly Recordings[]): Recordings {
  const count = parts.reduce((sum, { angles }) => sum + angles.length, 0);
  const [pictures, angles] = [new Float32Array(count * PIXELS), new Float32Array(count)];
  let at = 0;
  for (const part of parts) {
    pictures.set(part.pictures, at * PIXELS);
    angles.set(part.angles, at);
    at += part.angles.length;
  }
  return { pictures, angles };
}

/** A drive of the model driver. @param until metres along the road. */
export function demonstration(route: Route, until = ROAD_LENGTH): Recordings {
  const recorder = new Recorder();
  const onLook = (picture: Float32Array, _ride: Ride, command: number) => recorder.add(picture, command);
  drive(route, (_picture, ride) => ride.advice, { until, onLook });
  return recorder.recordings();
}

/** Metres that the network drives for one round of corrections. */
export const CORRECTED = 200;

/**
 * The network drives, now and then pushed aside, and at every picture the model driver writes down what it would have
 * done there (DAgger: S. Ross, G. Gordon, J. A. Bagnell 2011, AISTATS).
 */
export function corrections(route: Route, steer: Steer, seed: number, until = CORRECTED): Recordings {
  const recorder = new Recorder();
  const onLook = (picture: Float32Array, ride: Ride) => recorder.add(picture, ride.advice);
  drive(route, steer, { until, pushed: seed, onLook });
  return recorder.recordings();
}
