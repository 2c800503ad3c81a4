import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { atPace } from "../../src/ui/use-lab.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first value comes at once, then the newest at the pace, and the last one always", () => {
  const received: number[] = [];
  const send = atPace(100, (value: number) => received.push(value));
  for (let i = 0; i < 25; i++) {
    send(i);
    vi.advanceTimersByTime(10);
  }
  // 250 ms: at 0, 100 and 200.
  expect(received).toEqual([0, 9, 19]);
  vi.advanceTimersByTime(1000);
  expect(received).toEqual([0, 9, 19, 24]);
  send(99);
  expect(received.at(-1)).toBe(99);
});
