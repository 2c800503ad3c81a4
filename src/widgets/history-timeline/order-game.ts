import { Random } from "../../engine/random.ts";
import { EVENTS, type HistoryEvent } from "./events.ts";

/** How many events a round asks to put in order. */
export const ROUND = 5;
/** Two events of a round are at least so many years apart: the order is worth knowing, not the month. */
const APART = 4;

/** The events of a round, mixed, never already in order. The same number draws the same round. */
export function drawRound(number: number): HistoryEvent[] {
  const random = new Random(number);
  for (;;) {
    const order = random.shuffle(Int32Array.from(EVENTS, (_, i) => i));
    const chosen: HistoryEvent[] = [];
    for (const i of order) {
      const event = EVENTS[i]!;
      const clear = chosen.every(({ year }) => Math.abs(year - event.year) >= APART);
      if (clear) chosen.push(event);
      if (chosen.length === ROUND) break;
    }
    if (chosen.length === ROUND && inPlace(chosen).includes(false)) return chosen;
  }
}

/** For each place of an order, whether the event there belongs there. */
export function inPlace(order: readonly HistoryEvent[]): boolean[] {
  const right = [...order].sort((a, b) => a.year - b.year);
  return order.map((event, i) => event === right[i]);
}

/** The order with the event at `from` moved one place up (−1) or down (+1); the same order at an end. */
export function moved<T>(order: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  if (to < 0 || to >= order.length) return [...order];
  const next = [...order];
  [next[from], next[to]] = [next[to]!, next[from]!];
  return next;
}
