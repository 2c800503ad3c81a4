/** The car: a bicycle model that moves in equal steps of time, whatever the screen does. */
import { HALF_WIDTH, type Place, placeOn, type Road, SPACING } from "./road.ts";

/** Seconds of one step. */
export const STEP = 1 / 60;
/** Steps between two pictures of the camera: fifteen decisions a second. */
export const STEPS_PER_LOOK = 4;
/** Front to rear axle, m. */
export const WHEELBASE = 2.6;
/** The front wheels' greatest angle, radians. */
export const MOST_STEERING = 0.45;
/** How fast the wheels turn, in shares of the greatest angle a second. */
export const STEERING_RATE = 3;

export interface Car {
  /** Middle of the rear axle, m. */
  readonly x: number;
  readonly y: number;
  /** Radians, counterclockwise from east. */
  readonly heading: number;
  /** Angle of the wheels as a share of the greatest, −1 (right) to 1 (left). */
  readonly steering: number;
  readonly place: Place;
}

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** A car on the road, so far along it and so far left of its middle, pointing so far left of its direction. */
export function carAt(road: Road, along: number, offset = 0, turned = 0): Car {
  const at = Math.round(along / SPACING);
  const direction = road.direction[at]!;
  const x = road.x[at]! - offset * Math.sin(direction);
  const y = road.y[at]! + offset * Math.cos(direction);
  return { x, y, heading: direction + turned, steering: 0, place: placeOn(road, x, y, at) };
}

/**
 * One step of `STEP` seconds: the wheels turn toward `command` (−1 to 1) at their own speed, the rear axle rolls on.
 * ẋ = v·cos θ, ẏ = v·sin θ, θ̇ = v/L·tan δ (kinematic bicycle; J. Kong et al. 2015, IEEE IV), by the midpoint rule.
 * @param speed m/s.
 */
export function moved(road: Road, car: Car, command: number, speed: number): Car {
  const steering = car.steering + clamp(clamp(command, 1) - car.steering, STEERING_RATE * STEP);
  const turn = ((speed * STEP) / WHEELBASE) * Math.tan(steering * MOST_STEERING);
  const middle = car.heading + turn / 2;
  const x = car.x + speed * STEP * Math.cos(middle);
  const y = car.y + speed * STEP * Math.sin(middle);
  return { x, y, heading: car.heading + turn, steering, place: placeOn(road, x, y, car.place.nearest) };
}

/** Seconds that the model driver looks ahead. */
const LOOK_AHEAD = 0.9;

/**
 * What the model driver does: pure pursuit (R. C. Coulter 1992, CMU-RI-TR-92-01). The arc through a point ahead on the
 * middle at distance d, seen at angle α, takes δ = atan(2·L·sin α / d). It knows the road, which a camera does not.
 * @returns −1 to 1.
 */
export function modelDriver(road: Road, car: Car, speed: number): number {
  const ahead = Math.max(5, LOOK_AHEAD * speed);
  const at = Math.min(road.x.length - 1, Math.round((car.place.along + ahead) / SPACING));
  const [dx, dy] = [road.x[at]! - car.x, road.y[at]! - car.y];
  const angle = Math.atan2(dy, dx) - car.heading;
  return clamp(Math.atan((2 * WHEELBASE * Math.sin(angle)) / Math.hypot(dx, dy)) / MOST_STEERING, 1);
}

/** A car this far from the middle has left the road for good: it is set back. */
export const LOST = HALF_WIDTH + 1;
