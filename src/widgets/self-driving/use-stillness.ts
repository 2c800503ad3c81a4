import { useEffect, useState } from "preact/hooks";

/** Whether time passes only when asked to: first what the device says of motion, then what the learner says. */
export function useStillness(): readonly [still: boolean, set: (still: boolean) => void] {
  const [still, set] = useState(false);
  useEffect(() => set(matchMedia("(prefers-reduced-motion: reduce)").matches), []);
  return [still, set];
}
