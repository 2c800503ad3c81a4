/** What can be measured of a picture itself, and what the digit network's readings of many come to. */
import { PIXELS, SIDE } from "../../models/digit-gan-network.ts";

/** Sum of the ink: how many fully black pixels it would fill. */
export function inkOf(picture: ArrayLike<number>): number {
  let ink = 0;
  for (let i = 0; i < PIXELS; i++) ink += picture[i]!;
  return ink;
}

/** Second moments of the ink about its centre, in pixels². Zeros without ink. */
function moments(picture: ArrayLike<number>): { xx: number; xy: number; yy: number } {
  const ink = inkOf(picture);
  if (ink === 0) return { xx: 0, xy: 0, yy: 0 };
  let [x, y] = [0, 0];
  for (let i = 0; i < PIXELS; i++) {
    x += (picture[i]! * (i % SIDE)) / ink;
    y += (picture[i]! * Math.floor(i / SIDE)) / ink;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < PIXELS; i++) {
    const [dx, dy] = [(i % SIDE) - x, Math.floor(i / SIDE) - y];
    xx += (picture[i]! * dx * dx) / ink;
    xy += (picture[i]! * dx * dy) / ink;
    yy += (picture[i]! * dy * dy) / ink;
  }
  return { xx, xy, yy };
}

/** How far a writing leans to the right: columns to the right for each row up. */
export function slantOf(picture: ArrayLike<number>): number {
  const { xy, yy } = moments(picture);
  return yy === 0 ? 0 : -xy / yy;
}

/** Deviation of the ink across, in pixels. */
export const widthOf = (picture: ArrayLike<number>): number => Math.sqrt(moments(picture).xx);

/** A digit counts as read when the network gives it at least this probability. */
export const SURE = 0.9;
/** A digit is among those made when it gets at least this part of its fair share of the pictures. */
const FAIR = 0.25;

export interface Reading {
  readonly digit: number;
  /** The digit network's probability for it. */
  readonly sure: number;
  /** The detective's probability that the picture is real. */
  readonly real: number;
}

export interface Tally {
  readonly total: number;
  /** How many pictures are read as each digit with at least 90%. */
  readonly counts: readonly number[];
  /** Share of the pictures that are read so. */
  readonly recognised: number;
  /** Digits that get at least a quarter of a tenth of all pictures. */
  readonly digits: number;
  /** Entropy of `counts` over that of ten equal ones, 0 to 1. */
  readonly evenness: number;
}

export function tallyOf(readings: readonly Pick<Reading, "digit" | "sure">[]): Tally {
  const counts = new Array<number>(10).fill(0);
  for (const { digit, sure } of readings) if (sure >= SURE) counts[digit]!++;
  const [total, read] = [readings.length, counts.reduce((a, b) => a + b, 0)];
  const entropy = counts.reduce((sum, n) => (n === 0 ? sum : sum - (n / read) * Math.log(n / read)), 0);
  return {
    ...{ total, counts },
    recognised: total === 0 ? 0 : read / total,
    digits: counts.filter((count) => count >= (FAIR * total) / 10 && count > 0).length,
    evenness: entropy / Math.log(10),
  };
}

/** Mean over pixels of the deviation between pictures [count, 784]: 0 when all are the same. */
export function varietyOf(pictures: Float32Array): number {
  const count = pictures.length / PIXELS;
  let total = 0;
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const value = pictures[i * PIXELS + pixel]!;
      sum += value;
      squares += value * value;
    }
    total += Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
  return total / PIXELS;
}
