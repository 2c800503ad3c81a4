import { useEffect, useRef, useState } from "preact/hooks";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import { drawScene, type Layers } from "./draw.ts";
import type { GanCommand, GanFrame } from "./experiment.ts";
import { MAP_EXTENT } from "./network.ts";
import { certaintyOf } from "./scores.ts";
import { type GanState, MAX_OWN_POINTS } from "./state.ts";

/** Pixels of the canvas; the page scales it. */
const SIDE = 640;
/** How far a finger moves, in hundredths of the plane, before it leaves the next point. */
const SPACING = 4;

export interface PlaneProps {
  lab: LabHandle<GanFrame, GanCommand>;
  state: GanState;
  real: Float32Array;
  layers: Layers;
  set: (patch: Partial<GanState>) => void;
}

/** The plane in which both networks meet; own points are drawn here. */
export function Plane({ lab, state, real, layers, set }: PlaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ real, layers, objective: state.objective });
  latest.current = { real, layers, objective: state.objective };
  const redraw = useRef<() => void>(undefined);
  const { subscribe } = lab;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const scratch = document.createElement("canvas");
    let palette = readPalette(element);
    let last: GanFrame | undefined;
    redraw.current = () => {
      if (!last) return;
      const { objective, ...scene } = latest.current;
      drawScene(context, scratch, palette, {
        ...scene,
        frame: last,
        certainty: certaintyOf(objective, last),
      });
    };
    const stopTheme = onThemeChange(() => {
      palette = readPalette(element);
      redraw.current?.();
    });
    const stop = subscribe((frame) => {
      last = frame;
      redraw.current?.();
    });
    return () => {
      stop();
      stopTheme();
    };
  }, []);
  useEffect(() => redraw.current?.(), [real, layers, state.objective]);
  return (
    <div class="gan-plane">
      <canvas ref={canvas} width={SIDE} height={SIDE} role="img" aria-label="평면 위의 진짜 점과 가짜 점" />
      {state.data === "own" && <Drawing own={state.own} set={set} />}
    </div>
  );
}

/** Takes own points by finger, mouse, pen and keyboard. */
function Drawing({ own, set }: { own: readonly number[]; set: (patch: Partial<GanState>) => void }) {
  const [cursor, setCursor] = useState({ x: 0, y: 0 });
  const drawing = useRef<{ x: number; y: number }>(undefined);
  const fresh = useRef<readonly number[]>(own);
  fresh.current = own;
  const add = ({ x, y }: { x: number; y: number }) => {
    if (fresh.current.length >= 2 * MAX_OWN_POINTS) return;
    fresh.current = [...fresh.current, x, y];
    set({ own: fresh.current });
  };
  const placeOf = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const unit = (share: number) => Math.round(Math.max(-1, Math.min(1, (2 * share - 1) * MAP_EXTENT)) * 100);
    return {
      x: unit((event.clientX - box.left) / box.width),
      y: -unit((event.clientY - box.top) / box.height),
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 2 : 10;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const by = moves[event.key];
    const inside = (value: number) => Math.max(-100, Math.min(100, value));
    if (by) setCursor({ x: inside(cursor.x + by[0]), y: inside(cursor.y + by[1]) });
    else if (event.key === "Enter" || event.key === " ") add(cursor);
    else return;
    event.preventDefault();
  };
  const full = own.length >= 2 * MAX_OWN_POINTS;
  return (
    <svg
      class="gan-drawing"
      viewBox={`${-100 * MAP_EXTENT} ${-100 * MAP_EXTENT} ${200 * MAP_EXTENT} ${200 * MAP_EXTENT}`}
      role="application"
      aria-label={`그림판. 화살표로 옮기고 Enter로 점을 찍습니다. 지금 가로 ${cursor.x}, 세로 ${cursor.y}. 점 ${own.length / 2}개${full ? ", 더 찍을 수 없습니다" : ""}`}
      tabindex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = placeOf(event);
        setCursor(drawing.current);
        add(drawing.current);
      }}
      onPointerMove={(event) => {
        const from = drawing.current;
        if (!from) return;
        const to = placeOf(event);
        if (Math.hypot(to.x - from.x, to.y - from.y) < SPACING) return;
        drawing.current = to;
        add(to);
      }}
      onPointerUp={() => {
        drawing.current = undefined;
      }}
      onPointerCancel={() => {
        drawing.current = undefined;
      }}
    >
      <path class="gan-cursor" d={`M${cursor.x - 5} ${-cursor.y}h10m-5 -5v10`} />
    </svg>
  );
}
