import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createSeries, type Series } from "../draw/series.ts";
import type { LabHandle } from "./use-lab.ts";

/** One value of every curve; `undefined` for a frame that says nothing new. */
export type Reading = readonly [step: number, values: readonly number[]] | undefined;

/**
 * The curves a lab's frames draw. Another `network` begins new ones, and so does a step before the last one: the
 * training began anew. Every frame is read, also those between two paintings.
 * @param read the newest one is asked, so it may use what the component knows.
 */
export function useSeries<Frame, Command>(
  lab: LabHandle<Frame, Command>,
  network: string,
  curves: number,
  read: (frame: Frame) => Reading,
): Series {
  const series = useMemo(() => createSeries(curves), [network, curves]);
  const latest = useRef({ series, read });
  latest.current = { series, read };
  const [, redraw] = useState(0);
  const { subscribe } = lab;
  useEffect(
    () =>
      subscribe((frame) => {
        const { current } = latest;
        const reading = current.read(frame);
        if (!reading) return;
        const [step, values] = reading;
        const last = current.series.steps.at(-1);
        if (last !== undefined && step < last) current.series.clear();
        if (step !== last) current.series.push(step, values);
      }),
    [network, subscribe],
  );
  useEffect(() => redraw((count) => count + 1), [lab.frame]);
  return series;
}
