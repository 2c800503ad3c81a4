import { useEffect, useRef } from "preact/hooks";
import { COLUMNS, ROWS } from "./camera.ts";
import { HEIGHT_PIXELS, paintPixels, paintWindow, WIDTH } from "./paint.ts";
import { HALF_WIDTH, ROAD_LENGTH } from "./road.ts";
import type { RideHandle } from "./use-ride.ts";

export interface WindscreenProps {
  readonly ride: RideHandle;
  /** The network's picture instead of the learner's. */
  readonly pixels: boolean;
  /** A key went down while time stands still. */
  readonly onNudge: () => void;
}

/** The window with the camera's picture and the wheel below; keys, mouse and finger steer on it. */
export function Windscreen({ ride, pixels, onNudge }: WindscreenProps) {
  const glass = useRef<HTMLCanvasElement>(null);
  const small = useRef<HTMLCanvasElement>(null);
  const wheel = useRef<SVGGElement>(null);
  const advice = useRef<SVGPathElement>(null);
  const latest = useRef({ ride, pixels });
  latest.current = { ride, pixels };
  const { subscribe } = ride;
  useEffect(() => {
    const [large, little] = [glass.current?.getContext("2d"), small.current?.getContext("2d")];
    if (!large || !little || !small.current) return;
    const picture = small.current;
    large.imageSmoothingEnabled = false;
    return subscribe(() => {
      const now = latest.current.ride.current();
      paintPixels(little, now.picture);
      if (latest.current.pixels) large.drawImage(picture, 0, 0, WIDTH, HEIGHT_PIXELS);
      else paintWindow(large, now);
      wheel.current?.setAttribute("transform", `translate(${-100 * now.car.steering})`);
      advice.current?.setAttribute("transform", `translate(${-100 * now.advice})`);
    });
  }, [pixels]);

  const across = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    return (2 * (event.clientX - box.left)) / box.width - 1;
  };
  const driving = ride.pilot === "own" || ride.pilot === "network";
  const key = (event: KeyboardEvent, isDown: boolean) => {
    const direction = event.key === "ArrowLeft" ? 1 : event.key === "ArrowRight" ? -1 : undefined;
    if (!driving) return;
    if (event.key === "Escape" && isDown) ride.stop();
    else if (direction !== undefined || event.key === "ArrowUp") {
      ride.hands.key(isDown ? (direction ?? 0) : 0);
      if (isDown) onNudge();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="sd-view">
      <div
        class={driving ? "sd-window sd-window-live" : "sd-window"}
        role="application"
        aria-label="자동차 앞유리. 달리는 동안 왼쪽, 오른쪽 화살표가 운전대이고 Esc로 멈춥니다."
        tabindex={0}
        onKeyDown={(event) => key(event, true)}
        onKeyUp={(event) => key(event, false)}
        onBlur={() => ride.hands.key(0)}
        onPointerDown={(event) => {
          if (!driving) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          ride.hands.point(across(event));
          onNudge();
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) ride.hands.point(across(event));
        }}
        onPointerUp={() => ride.hands.point(undefined)}
        onPointerCancel={() => ride.hands.point(undefined)}
      >
        <canvas ref={glass} width={WIDTH} height={HEIGHT_PIXELS} />
      </div>
      <div class="sd-instruments">
        <figure>
          <canvas ref={small} width={COLUMNS} height={ROWS} />
          <figcaption>
            신경망이 보는 그림 {COLUMNS}×{ROWS}
          </figcaption>
        </figure>
        <figure>
          <svg viewBox="-110 -22 220 44" aria-hidden="true">
            <path class="sd-scale" d="M-100 0H100M-100-8V8M0-8V8M100-8V8" />
            <path ref={advice} class="sd-advice" d="M0-6L7-19H-7Z" />
            <g ref={wheel}>
              <path class="sd-wheel" d="M0 4L8 19H-8Z" />
            </g>
          </svg>
          <figcaption>▲ 지금 바퀴 각도, ▽ 시범 운전자의 답</figcaption>
        </figure>
        <RoadMap ride={ride} />
      </div>
    </div>
  );
}

/** The whole road from above, and where the car is. */
function RoadMap({ ride }: { ride: RideHandle }) {
  const dot = useRef<SVGCircleElement>(null);
  const { road } = ride.current();
  const { subscribe } = ride;
  useEffect(
    () =>
      subscribe(() => {
        const { car } = ride.current();
        dot.current?.setAttribute("cx", String(car.x));
        dot.current?.setAttribute("cy", String(-car.y));
      }),
    [road],
  );
  const count = ROAD_LENGTH + 1;
  const [x, y] = [road.x.subarray(0, count), road.y.subarray(0, count).map((value) => -value)];
  const [left, right] = [Math.min(...x), Math.max(...x)];
  const [top, bottom] = [Math.min(...y), Math.max(...y)];
  const middle = (top + bottom) / 2;
  const tall = Math.max(0.3 * (right - left), bottom - top);
  const path = Array.from(x, (value, i) => `${value.toFixed(0)} ${y[i]!.toFixed(0)}`).filter(
    (_, i) => i % 4 === 0,
  );
  return (
    <figure>
      <svg
        viewBox={`${left - 15} ${middle - tall / 2 - 15} ${right - left + 30} ${tall + 30}`}
        aria-hidden="true"
      >
        <path class="sd-road" style={{ strokeWidth: 4 * HALF_WIDTH }} d={`M${path.join("L")}`} />
        <circle ref={dot} class="sd-dot" r={11} />
      </svg>
      <figcaption>위에서 본 길 {ROAD_LENGTH} m</figcaption>
    </figure>
  );
}
