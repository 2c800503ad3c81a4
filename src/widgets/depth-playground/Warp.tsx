import { useEffect, useRef } from "preact/hooks";
import type { PlanePoint } from "../../data/plane.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { Segmented, Select } from "../../ui/controls.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { EditCommand, PlaygroundFrame } from "./network.ts";
import { isRegression, type PlaygroundState } from "./state.ts";
import { ViewChoice } from "./ViewChoice.tsx";
import { approach, approachPositions, drawWarp, type Window, warpPositions, windowOf } from "./warp.ts";

/** Pixels of the canvas; CSS scales it. */
const SIDE = 640;
/** Milliseconds in which the picture comes about 63 % nearer to where it belongs. */
const SETTLING = 90;

export interface WarpProps {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  state: PlaygroundState;
  points: { readonly train: readonly PlanePoint[] };
  set: (patch: Partial<PlaygroundState>) => void;
}

export function Warp({ lab, state, points, set }: WarpProps) {
  const layer = Math.min(state.layer, state.hidden.length);
  const width = state.hidden[layer - 1]!;
  const axisX = Math.min(state.axisX, width);
  const axisY = width === 1 ? undefined : Math.min(state.axisY, width);
  const logit = state.loss === "bce" && !isRegression(state.data);
  const axes = [axisX - 1, axisY === undefined ? undefined : axisY - 1] as const;
  const canvas = useWarpDrawing(lab, { layer, width, axes, logit }, points.train);
  const neurons = Array.from({ length: width }, (_, i) => ({ value: String(i + 1), label: `뉴런 ${i + 1}` }));
  return (
    <div class="dp-plane-block">
      <div class="dp-plane">
        <canvas
          ref={canvas}
          class="dp-plane-picture"
          width={SIDE}
          height={SIDE}
          role="img"
          aria-label={`은닉층 ${layer}의 뉴런 값을 좌표로 삼아 다시 그린 평면. 반듯하던 격자가 휘어 있습니다.`}
        />
        <span class="dp-plane-name">은닉층 {layer}이 보는 평면</span>
      </div>
      <ViewChoice state={state} set={set} />
      {state.hidden.length > 1 && (
        <Segmented
          label="은닉층"
          value={String(layer)}
          options={state.hidden.map((_, i) => ({ value: String(i + 1), label: String(i + 1) }))}
          onChange={(value) => set({ layer: Number(value) })}
        />
      )}
      {width > 2 && (
        <div class="dp-row">
          <Select
            label="가로축"
            value={String(axisX)}
            options={neurons}
            onChange={(value) => set({ axisX: Number(value) })}
          />
          <Select
            label="세로축"
            value={String(axisY)}
            options={neurons}
            onChange={(value) => set({ axisY: Number(value) })}
          />
        </div>
      )}
    </div>
  );
}

interface WarpChoice {
  readonly layer: number;
  readonly width: number;
  readonly axes: readonly [number, number | undefined];
  readonly logit: boolean;
}

/** Draws while something moves: positions glide to those of the newest frame. */
function useWarpDrawing(
  { subscribe }: LabHandle<PlaygroundFrame, EditCommand>,
  choice: WarpChoice,
  points: readonly PlanePoint[],
) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<{ positions: Float32Array; window: Window }>(undefined);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let palette = readPalette(element);
    let frame: PlaygroundFrame | undefined;
    let request = 0;
    let before = 0;
    const draw = (now: number) => {
      request = 0;
      const layer = frame?.layers[choice.layer - 1];
      const output = frame?.layers.at(-1);
      if (!layer || !output || layer.length / choice.width !== output.length) return;
      const goal = warpPositions({ ...choice, layer, output });
      const goalWindow = windowOf(goal);
      const share = still ? 1 : 1 - Math.exp(-Math.min(50, now - before) / SETTLING);
      before = now;
      const positions = approachPositions(shown.current?.positions, goal, share);
      const window = approach(shown.current?.window, goalWindow, share);
      shown.current = { positions, window };
      drawWarp(context, SIDE, { positions, window, output, logit: choice.logit, points }, palette);
      if (farApart(positions, goal, goalWindow.half)) ask();
    };
    const ask = () => {
      request ||= requestAnimationFrame(draw);
    };
    const stop = subscribe((next) => {
      frame = next;
      ask();
    });
    const stopTheme = onThemeChange(() => {
      palette = readPalette(element);
      ask();
    });
    return () => {
      stop();
      stopTheme();
      cancelAnimationFrame(request);
    };
  }, [JSON.stringify(choice), points]);
  return canvas;
}

/** Whether some point still has more than a thousandth of the window to go. */
const farApart = (positions: Float32Array, goal: Float32Array, half: number) =>
  positions.some((value, i) => Math.abs(value - goal[i]!) > half / 1000);
