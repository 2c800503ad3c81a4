/** The keyboard's finger: a cross that the arrow keys move over the plane, for putting points down. */
import { useState } from "preact/hooks";
import { HIGH, LOW } from "./examples.ts";
import type { Place } from "./geometry.ts";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** In units of the plane; with Shift the small one. */
const STRIDE = 0.1;
const SMALL_STRIDE = 0.02;

/** Where a key takes the cursor; `undefined` for a key that moves nothing. It stays in the picture. */
export function moved({ x, y }: Place, key: string, small: boolean): Place | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const stride = small ? SMALL_STRIDE : STRIDE;
  const inside = (value: number) => Math.max(LOW, Math.min(HIGH, Math.round(value * 100) / 100));
  return { x: inside(x + step[0] * stride), y: inside(y + step[1] * stride) };
}

/** The cursor, and what its keys do: arrows move it, Enter and the space bar draw. */
export function useCursor(draw: (place: Place) => void) {
  const [place, setPlace] = useState<Place>({ x: 0.5, y: 0.5 });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(place, event.key, event.shiftKey);
    if (next) setPlace(next);
    else if (event.key === "Enter" || event.key === " ") draw(place);
    else return;
    event.preventDefault();
  };
  return { place, setPlace, onKeyDown };
}
