import { useRef, useState } from "preact/hooks";
import { PLANE_EXTENT, type PlanePoint } from "../../data/plane.ts";
import { Segmented } from "../../ui/controls.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { LayerPicture } from "./NeuronPicture.tsx";
import type { EditCommand, PlaygroundFrame } from "./network.ts";
import { Points, SIDE, toSide } from "./Points.tsx";
import { isRegression, MAX_OWN_POINTS, type PlaygroundState } from "./state.ts";
import { neuronName } from "./text.ts";
import type { NeuronChoice } from "./View.tsx";
import { ViewChoice } from "./ViewChoice.tsx";

type Tool = "look" | "blue" | "orange" | "erase";

const TOOLS = [
  { value: "look", label: "보기" },
  { value: "blue", label: "파란 점" },
  { value: "orange", label: "주황 점" },
  { value: "erase", label: "지우개" },
] as const;

/** How near, in units of the plane, a finger must be to take a point. */
const REACH = 0.55;

export interface PlaneProps {
  lab: LabHandle<PlaygroundFrame, EditCommand>;
  state: PlaygroundState;
  points: { readonly train: readonly PlanePoint[]; readonly test: readonly PlanePoint[] };
  set: (patch: Partial<PlaygroundState>) => void;
  /** The neuron shown instead of the output. */
  shown: NeuronChoice | undefined;
  layers: number;
}

/** The plane, coloured by the output or one neuron, with the data; own points are put down here. */
export function Plane({ lab, state, points, set, shown, layers }: PlaneProps) {
  const [tool, setTool] = useState<Tool>("look");
  const choice = shown ?? { layer: layers, index: 0 };
  const output = choice.layer === layers;
  const width = output ? 1 : state.hidden[choice.layer - 1]!;
  return (
    <div class="dp-plane-block">
      <div class="dp-plane" data-tool={tool}>
        <LayerPicture
          lab={lab}
          choice={choice}
          width={width}
          logit={output && state.loss === "bce" && !isRegression(state.data)}
          discrete={output && state.discrete}
          class="dp-plane-picture"
        />
        <PointLayer state={state} points={points} set={set} tool={tool} />
        <span class="dp-plane-name">{neuronName(choice.layer, choice.index, layers)}</span>
      </div>
      <ViewChoice state={state} set={set} />
      <Segmented label="평면을 누르면" value={tool} options={TOOLS} onChange={setTool} />
      {state.points.length >= MAX_OWN_POINTS && (
        <p class="dp-hint">점은 {MAX_OWN_POINTS}개까지 찍을 수 있습니다.</p>
      )}
    </div>
  );
}

interface PointLayerProps extends Pick<PlaneProps, "state" | "points" | "set"> {
  tool: Tool;
}

function PointLayer({ state, points, set, tool }: PointLayerProps) {
  const svg = useRef<SVGSVGElement>(null);
  const dragged = useRef<number>(undefined);
  const [cursor, setCursor] = useState({ x: 0, y: 0 });
  const active = tool !== "look";

  const placeOf = (event: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    const unit = (share: number) => Math.max(-1, Math.min(1, 2 * share - 1)) * PLANE_EXTENT;
    return {
      x: unit((event.clientX - box.left) / box.width),
      y: -unit((event.clientY - box.top) / box.height),
    };
  };
  const nearest = (place: { x: number; y: number }) => {
    const distances = state.points.map((point) => Math.hypot(point.x - place.x, point.y - place.y));
    const best = distances.indexOf(Math.min(...distances));
    return best >= 0 && distances[best]! < REACH ? best : undefined;
  };
  const use = (place: { x: number; y: number }): number | undefined => {
    const near = nearest(place);
    if (tool === "erase") {
      if (near !== undefined) set({ points: state.points.filter((_, i) => i !== near) });
      return undefined;
    }
    if (near !== undefined) return near;
    if (state.points.length >= MAX_OWN_POINTS) return undefined;
    set({ points: [...state.points, { ...place, target: tool === "blue" ? 1 : -1 }] });
    return state.points.length;
  };
  const move = (place: { x: number; y: number }) =>
    set({ points: state.points.map((point, i) => (i === dragged.current ? { ...point, ...place } : point)) });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 0.1 : 0.5;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const by = moves[event.key];
    const inside = (value: number) =>
      Math.max(-PLANE_EXTENT, Math.min(PLANE_EXTENT, Math.round(value * 10) / 10));
    if (by) setCursor({ x: inside(cursor.x + by[0]), y: inside(cursor.y + by[1]) });
    else if (event.key === "Enter" || event.key === " ") use(cursor);
    else return;
    event.preventDefault();
  };

  return (
    <svg
      ref={svg}
      class="dp-plane-points"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      role={active ? "application" : "img"}
      aria-label={
        active
          ? `평면. 화살표로 옮기고 Enter로 ${tool === "erase" ? "지웁니다" : "찍습니다"}. 지금 가로 ${cursor.x}, 세로 ${cursor.y}`
          : `훈련 데이터 ${points.train.length}개가 놓인 평면`
      }
      tabindex={active ? 0 : undefined}
      onKeyDown={active ? onKeyDown : undefined}
      onPointerDown={(event) => {
        if (!active) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const place = placeOf(event);
        setCursor({ x: Math.round(place.x * 10) / 10, y: Math.round(place.y * 10) / 10 });
        dragged.current = use(place);
      }}
      onPointerMove={(event) => dragged.current !== undefined && move(placeOf(event))}
      onPointerUp={() => {
        dragged.current = undefined;
      }}
      onPointerCancel={() => {
        dragged.current = undefined;
      }}
    >
      {state.test && <Points points={points.test} hollow />}
      <Points points={points.train} />
      {active && (
        <path class="dp-cursor" d={`M${toSide(cursor.x) - 16} ${toSide(-cursor.y)}h32m-16 -16v32`} />
      )}
    </svg>
  );
}
