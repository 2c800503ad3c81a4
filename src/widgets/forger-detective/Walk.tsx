import { useEffect, useRef } from "preact/hooks";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { PIXELS, SIDE } from "../../models/digit-gan-network.ts";
import { Button } from "../../ui/controls.tsx";
import type { WalkView } from "./experiment.ts";
import { MAP_SIDE } from "./latent.ts";
import { Opinion } from "./Opinion.tsx";
import type { ForgerState } from "./state.ts";

export interface WalkProps {
  state: ForgerState;
  view: WalkView | undefined;
  walked: ReadonlySet<number>;
  set: (patch: Partial<ForgerState>) => void;
}

/** Keys move by this share of the pad; with Shift by a fifth of it. */
const STEP = 0.05;

/** A plane through the space of noise: drag, and the picture follows. */
export function Walk({ state, view, walked, set }: WalkProps) {
  return (
    <div class="fd-walk">
      <div class="fd-pad-side">
        <Pad state={state} view={view} set={set} />
        <div class="fd-buttons">
          <Button onClick={() => set({ seed: (state.seed % 999_999) + 1, x: 0.5, y: 0.5 })}>
            다른 네 귀퉁이
          </Button>
        </div>
      </div>
      <div class="fd-here">
        <Opinion picture={view?.here.picture} reading={view?.here.reading} />
        <p class="fd-walked">
          지나온 숫자: {walked.size === 0 ? "아직 없음" : [...walked].sort((a, b) => a - b).join(", ")}
        </p>
        <p class="fd-note">
          네 귀퉁이는 아무렇게나 뽑은 잡음입니다. 판 위의 한 점은 그 넷을 섞은 잡음이고, 작은 그림들은 그
          자리에서 위조범이 그린 것입니다. 훈련 그림을 옮겨 온 것이 아니라 모두 새로 계산합니다.
        </p>
      </div>
    </div>
  );
}

function Pad({ state, view, set }: Omit<WalkProps, "walked">) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || !view) return undefined;
    const draw = () => drawMap(context, view.pictures, readPalette(element));
    draw();
    return onThemeChange(draw);
  }, [view?.pictures]);
  const move = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    set({
      x: placeOn((event.clientX - box.left) / box.width),
      y: placeOn((event.clientY - box.top) / box.height),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? STEP / 5 : STEP;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    set({ x: inside(state.x + by[0]), y: inside(state.y + by[1]) });
  };
  const at = (share: number) => 0.5 + share * (MAP_SIDE - 1);
  return (
    <div class="fd-pad">
      <canvas
        ref={canvas}
        width={MAP_SIDE * SIDE}
        height={MAP_SIDE * SIDE}
        role="img"
        aria-label="네 귀퉁이 사이의 그림들"
      />
      <svg
        viewBox={`0 0 ${MAP_SIDE} ${MAP_SIDE}`}
        role="application"
        aria-label={`잠재 공간의 판. 화살표 키로 옮깁니다. 가로 ${Math.round(100 * state.x)}, 세로 ${Math.round(100 * state.y)}`}
        tabindex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && move(event)}
      >
        <circle class="fd-cursor-rim" cx={at(state.x)} cy={at(state.y)} r={0.22} />
        <circle class="fd-cursor" cx={at(state.x)} cy={at(state.y)} r={0.22} />
      </svg>
    </div>
  );
}

const inside = (share: number) => Math.round(1000 * Math.max(0, Math.min(1, share))) / 1000;
/** The middle of the first picture is 0, that of the last 1. */
const placeOn = (share: number) => inside((share * MAP_SIDE - 0.5) / (MAP_SIDE - 1));

function drawMap(
  context: CanvasRenderingContext2D,
  pictures: Float32Array,
  { neutral, text }: ReturnType<typeof readPalette>,
): void {
  const side = MAP_SIDE * SIDE;
  const image = context.createImageData(side, side);
  for (let i = 0; i < MAP_SIDE ** 2; i++) {
    const [top, left] = [Math.floor(i / MAP_SIDE) * SIDE, (i % MAP_SIDE) * SIDE];
    for (let p = 0; p < PIXELS; p++) {
      const share = pictures[i * PIXELS + p]!;
      const at = 4 * ((top + Math.floor(p / SIDE)) * side + left + (p % SIDE));
      for (let channel = 0; channel < 3; channel++) {
        image.data[at + channel] = neutral[channel]! + (text[channel]! - neutral[channel]!) * share;
      }
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
