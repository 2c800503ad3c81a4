import { useEffect, useRef } from "preact/hooks";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { drawGround } from "./contours.ts";
import { RACER_LOOKS, readRacerColors } from "./racers.tsx";
import {
  drawSurface,
  drawWays,
  type Eye,
  groundUnder,
  type Mesh,
  meshOf,
  type Ways,
  waysOf,
} from "./relief.ts";
import {
  drawMark,
  drawRing,
  type Look,
  type Point,
  piecesUntil,
  placeAt,
  type Scene,
  strokeWay,
} from "./scene.ts";
import { STEPS } from "./score.ts";
import { type Place, SURFACES, type SurfaceId } from "./surfaces.ts";
import type { Replay } from "./use-replay.ts";

/** Pixels of the canvases; CSS scales them. */
const SIDE = 640;

interface PictureProps {
  readonly scene: Scene | undefined;
  readonly replay: Replay;
  readonly label: string;
}

interface Prepared {
  readonly ground: HTMLCanvasElement | undefined;
  readonly mesh: Mesh | undefined;
  readonly look: Look;
}

/** Redraws at every move of the replay, and when scene, eye or theme change. */
function useDrawing(
  { scene, replay }: PictureProps,
  key: string,
  prepare: (scene: Scene, look: Look) => Omit<Prepared, "look">,
  draw: (context: CanvasRenderingContext2D, scene: Scene, prepared: Prepared, position: number) => void,
) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const prepared = useRef<{ heights: Scene["heights"]; made: Prepared }>(undefined);
  const latest = useRef(draw);
  latest.current = draw;
  const { subscribe } = replay;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || !scene) return;
    let position = 0;
    const paint = () => {
      if (prepared.current?.heights !== scene.heights) {
        const look = { palette: readPalette(element), colors: readRacerColors(element) };
        prepared.current = { heights: scene.heights, made: { look, ...prepare(scene, look) } };
      }
      latest.current(context, scene, prepared.current.made, scene.whole ? STEPS : position);
    };
    const stop = subscribe((next) => {
      position = next;
      paint();
    });
    const stopTheme = onThemeChange(() => {
      prepared.current = undefined;
      paint();
    });
    return () => {
      stop();
      stopTheme();
    };
  }, [scene, key]);
  return { canvas, prepared };
}

/** The surface from above: contours, the goal's rim, the ways. */
export function ContourMap({
  onStart,
  ...props
}: PictureProps & { readonly onStart: (place: Place) => void }) {
  const { scene, label } = props;
  const { canvas } = useDrawing(props, "map", groundCanvas, drawMap);
  const placeOf = (event: MouseEvent, surface: SurfaceId): Place => {
    const { x, y, half } = SURFACES[surface].window;
    const box = canvas.current!.getBoundingClientRect();
    const at = (offset: number, extent: number) => (2 * offset) / extent - 1;
    return [
      x + half * at(event.clientX - box.left, box.width),
      y - half * at(event.clientY - box.top, box.height),
    ];
  };
  return (
    <div class="dr-picture">
      <canvas
        ref={canvas}
        class="dr-canvas"
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={label}
        onClick={(event) => {
          if (scene) onStart(placeOf(event, scene.surface));
        }}
      />
      {scene && (
        <StartHandle scene={scene} onStart={onStart} placeOf={(event) => placeOf(event, scene.surface)} />
      )}
    </div>
  );
}

const STEPS_OF_KEYS: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The start: dragged, or moved by arrow keys. */
function StartHandle({
  scene: { start, surface },
  placeOf,
  onStart,
}: {
  scene: Scene;
  placeOf: (event: MouseEvent) => Place;
  onStart: (place: Place) => void;
}) {
  const { x, y, half } = SURFACES[surface].window;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS_OF_KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const stride = half * (event.shiftKey ? 0.005 : 0.05);
    onStart([start[0] + step[0] * stride, start[1] + step[1] * stride]);
  };
  return (
    <button
      type="button"
      class="dr-start"
      style={{
        insetInlineStart: `${50 + (50 * (start[0] - x)) / half}%`,
        insetBlockStart: `${50 - (50 * (start[1] - y)) / half}%`,
      }}
      aria-label={`출발 위치 x ${text(start[0])}, y ${text(start[1])}. 화살표로 옮깁니다.`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onStart(placeOf(event));
      }}
    >
      <span aria-hidden="true">출발</span>
    </button>
  );
}

const text = (value: number) => value.toFixed(2).replace("-", "−");

const groundCanvas = ({ heights, goal }: Scene, { palette }: Look) => ({
  ground: offscreen((context) => drawGround(context, SIDE, heights, goal, palette)),
  mesh: undefined,
});

/** What stays the same from picture to picture is drawn once. */
function offscreen(draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (context) draw(context);
  return canvas;
}

function drawMap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { ground, look }: Prepared,
  position: number,
): void {
  if (ground) context.drawImage(ground, 0, 0);
  const { window } = SURFACES[scene.surface];
  const scale = SIDE / (2 * window.half);
  const at = ([x, y]: Place): Point => ({
    x: SIDE / 2 + (x - window.x) * scale,
    y: SIDE / 2 - (y - window.y) * scale,
  });
  const way = (path: Scene["paths"][number], until: number, faint: boolean) => {
    context.beginPath();
    let end: Place | undefined;
    for (const [from, to] of piecesUntil(path, until, scene.surface)) {
      const [a, b] = [at(from), at(to)];
      if (from[0] !== end?.[0] || from[1] !== end[1]) context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      end = to;
    }
    const { dash } = RACER_LOOKS[path.racer];
    strokeWay(context, look.colors[path.racer], look, { width: faint ? 2 : 3, dash, faint });
  };
  for (const bottom of scene.bottoms) drawRing(context, at(bottom), 15, look);
  for (const path of scene.before) way(path, path.x.length, true);
  for (const path of scene.paths) way(path, position, false);
  for (const path of scene.paths) drawMark(context, path, at(placeAt(path, position)), 10, look, position);
}

/** The surface in space. */
export function Relief({
  eye,
  onEye,
  onStart,
  ...props
}: PictureProps & {
  readonly eye: Eye;
  readonly onEye: (eye: Eye) => void;
  readonly onStart: (place: Place) => void;
}) {
  const { scene, label } = props;
  const key = `${eye.turn} ${eye.tilt}`;
  const made = useRef<{ mesh: Mesh; key: string; surface: HTMLCanvasElement }>(undefined);
  const laid = useRef<{ scene: Scene; key: string; ways: Ways }>(undefined);
  const { canvas, prepared } = useDrawing(
    props,
    key,
    ({ heights }, { palette }) => ({ ground: undefined, mesh: meshOf(heights, palette) }),
    (context, current, { mesh, look }, position) => {
      if (!mesh) return;
      if (made.current?.mesh !== mesh || made.current.key !== key) {
        made.current = { mesh, key, surface: offscreen((target) => drawSurface(target, SIDE, mesh, eye)) };
      }
      if (laid.current?.scene !== current || laid.current.key !== key) {
        laid.current = { scene: current, key, ways: waysOf(current, eye, SIDE) };
      }
      context.clearRect(0, 0, SIDE, SIDE);
      context.drawImage(made.current.surface, 0, 0);
      drawWays(context, SIDE, { scene: current, ways: laid.current.ways, eye, look, position });
    },
  );
  const held = useRef<{ x: number; y: number; eye: Eye; moved: boolean }>(undefined);
  const turn = (turnBy: number, tiltBy: number, from = eye) =>
    onEye({
      turn: ((((from.turn + turnBy + 180) % 360) + 360) % 360) - 180,
      tilt: Math.max(10, Math.min(85, from.tilt + tiltBy)),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS_OF_KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    turn(5 * step[0], 5 * step[1]);
  };
  const choose = (event: PointerEvent) => {
    const mesh = prepared.current?.made.mesh;
    if (!mesh || !scene) return;
    const box = canvas.current!.getBoundingClientRect();
    const scale = SIDE / box.width;
    const target = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
    const ground = groundUnder(mesh, eye, SIDE, target);
    const { window } = SURFACES[scene.surface];
    if (ground) onStart([window.x + ground[0] * window.half, window.y + ground[1] * window.half]);
  };
  return (
    <div class="dr-picture">
      <canvas
        ref={canvas}
        class="dr-canvas dr-relief"
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = { x: event.clientX, y: event.clientY, eye, moved: false };
        }}
        onPointerMove={(event) => {
          const { current } = held;
          if (!current) return;
          const [dx, dy] = [event.clientX - current.x, event.clientY - current.y];
          if (Math.hypot(dx, dy) > 6) current.moved = true;
          if (current.moved) turn(Math.round(dx * 0.6), Math.round(dy * 0.4), current.eye);
        }}
        onPointerUp={(event) => {
          if (held.current?.moved === false) choose(event);
          held.current = undefined;
        }}
        onPointerCancel={() => {
          held.current = undefined;
        }}
      />
      <div class="dr-turns">
        {TURNS.map(({ sign, name, by }) => (
          <button
            key={name}
            type="button"
            aria-label={`${name}. 화살표 키로도 돌리고 기울입니다.`}
            onKeyDown={onKeyDown}
            onClick={() => turn(by, 0)}
          >
            <span aria-hidden="true">{sign}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

const TURNS = [
  { sign: "↶", name: "왼쪽으로 돌리기", by: -15 },
  { sign: "↷", name: "오른쪽으로 돌리기", by: 15 },
] as const;
