import { useRef } from "preact/hooks";
import { useCursor } from "./cursor.ts";
import { HIGH, LOW } from "./examples.ts";
import {
  biasThrough,
  footOf,
  lineOf,
  type Place,
  positiveSide,
  SIDE,
  tipOf,
  toPicture,
  toPlane,
  turned,
  weightsFromArrow,
  withinSight,
} from "./geometry.ts";
import { type Example, isRight, type Weights } from "./model.ts";
import { LIMIT } from "./state.ts";

export type Tool = "choose" | "one" | "zero" | "erase";

export interface PlaneProps {
  weights: Weights;
  examples: readonly Example[];
  /** Index of the example in the formula. */
  chosen: number;
  /** The line may be dragged. */
  movable: boolean;
  tool: Tool;
  onWeights: (weights: Weights) => void;
  onChoose: (index: number) => void;
  /** A tap with one of the drawing tools, in the plane's own coordinates. */
  onDraw: (place: Place) => void;
}

/** How near a finger must come, in units of the picture. */
const REACH = 30;

/** The plane with its two sides, the line, its normal vector and the examples. */
export function Plane(props: PlaneProps) {
  const { weights, examples, chosen, movable, tool, onWeights, onChoose, onDraw } = props;
  const svg = useRef<SVGSVGElement>(null);
  /** Moves what is held to where the finger is. */
  const held = useRef<(place: Place) => void>(undefined);
  const foot = footOf(weights);
  const tip = tipOf(weights);
  const shownTip = foot && tip && withinSight(foot, tip);
  const drawing = tool !== "choose";
  const cursor = useCursor(onDraw);

  const placeOf = (event: PointerEvent): Place => {
    const box = svg.current!.getBoundingClientRect();
    const share = SIDE / box.width;
    return toPlane({ x: (event.clientX - box.left) * share, y: (event.clientY - box.top) * share });
  };
  const take = (place: Place): ((place: Place) => void) | undefined => {
    const finger = toPicture(place);
    const near = (other: Place | undefined) =>
      other !== undefined && Math.hypot(toPicture(other).x - finger.x, toPicture(other).y - finger.y) < REACH;
    if (movable && near(shownTip) && foot && tip) {
      // By how far the finger moves: the handle may be drawn nearer than the true tip.
      return (to) =>
        onWeights(weightsFromArrow(foot, { x: tip.x + to.x - place.x, y: tip.y + to.y - place.y }, LIMIT));
    }
    const index = nearestExample(examples, finger);
    if (index !== undefined) {
      onChoose(index);
      return undefined;
    }
    if (movable && foot && distanceToLine(weights, place) < REACH) {
      return (to) => onWeights({ ...weights, b: biasThrough(weights, to, LIMIT) });
    }
    return undefined;
  };

  return (
    <svg
      ref={svg}
      class="pl-plane"
      data-drawing={drawing ? "" : undefined}
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      role="application"
      aria-label={
        drawing
          ? `평면. 화살표로 옮기고 Enter로 ${tool === "erase" ? "지웁니다" : "찍습니다"}. 지금 x₁ ${cursor.place.x}, x₂ ${cursor.place.y}`
          : describe(weights, examples)
      }
      // On an SVG element only the attribute in small letters reaches the document.
      tabindex={drawing ? 0 : undefined}
      onKeyDown={drawing ? cursor.onKeyDown : undefined}
      onPointerDown={(event) => {
        const place = placeOf(event);
        if (drawing) {
          cursor.setPlace(place);
          onDraw(place);
          return;
        }
        held.current = take(place);
        if (held.current) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => held.current?.(placeOf(event))}
      onPointerUp={() => {
        held.current = undefined;
      }}
      onPointerCancel={() => {
        held.current = undefined;
      }}
    >
      <rect class="pl-negative-side" width={SIDE} height={SIDE} />
      <path class="pl-positive-side" d={polygon(positiveSide(weights))} />
      <Axes />
      <Line weights={weights} movable={movable} />
      <Points examples={examples} weights={weights} chosen={chosen} />
      {foot && shownTip && (
        <Arrow foot={foot} tip={shownTip} weights={weights} movable={movable} onWeights={onWeights} />
      )}
      {drawing && <Cursor {...toPicture(cursor.place)} />}
    </svg>
  );
}

function Cursor({ x, y }: Place) {
  return <path class="pl-cursor" d={`M${x - 14} ${y}h28m-14 -14v28`} />;
}

const polygon = (places: readonly Place[]) =>
  places.length === 0
    ? ""
    : `M${places
        .map(toPicture)
        .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
        .join("L")}Z`;

function nearestExample(examples: readonly Example[], finger: Place): number | undefined {
  const distances = examples.map(({ x1, x2 }) => {
    const { x, y } = toPicture({ x: x1, y: x2 });
    return Math.hypot(x - finger.x, y - finger.y);
  });
  const best = distances.indexOf(Math.min(...distances));
  return best >= 0 && distances[best]! < REACH * 0.7 ? best : undefined;
}

/** In units of the picture. */
function distanceToLine(weights: Weights, place: Place): number {
  const length = Math.hypot(weights.w1, weights.w2);
  const distance = Math.abs(weights.w1 * place.x + weights.w2 * place.y + weights.b) / length;
  return (distance * SIDE) / (HIGH - LOW);
}

function describe({ w1, w2, b }: Weights, examples: readonly Example[]): string {
  const right = examples.filter((example) => isRight({ w1, w2, b }, example)).length;
  return `평면. 결정 직선 ${w1.toFixed(2)} x₁ + ${w2.toFixed(2)} x₂ + ${b.toFixed(2)} = 0. 점 ${examples.length}개 가운데 ${right}개가 제 쪽에 있습니다.`;
}

function Axes() {
  const zero = toPicture({ x: 0, y: 0 });
  const one = toPicture({ x: 1, y: 1 });
  return (
    <svg class="pl-axes" width={SIDE} height={SIDE} aria-hidden="true">
      <path d={`M0 ${zero.y}H${SIDE}M${zero.x} 0V${SIDE}`} />
      <path class="pl-unit" d={`M0 ${one.y}H${SIDE}M${one.x} 0V${SIDE}`} />
      <text x={zero.x - 26} y={zero.y + 30}>
        0
      </text>
      <text x={one.x + 14} y={zero.y + 30}>
        1
      </text>
      <text x={zero.x - 26} y={one.y + 30}>
        1
      </text>
      <text x={SIDE - 22} y={zero.y - 8}>
        x₁
      </text>
      <text x={zero.x + 8} y={16}>
        x₂
      </text>
    </svg>
  );
}

function Line({ weights, movable }: { weights: Weights; movable: boolean }) {
  const line = lineOf(weights);
  if (!line) return null;
  const [from, to] = line.map(toPicture) as [Place, Place];
  const d = `M${from.x} ${from.y}L${to.x} ${to.y}`;
  return (
    <>
      <path class="pl-line" d={d} />
      {movable && <path class="pl-line-touch" d={d} />}
    </>
  );
}

function Points({
  examples,
  weights,
  chosen,
}: {
  examples: readonly Example[];
  weights: Weights;
  chosen: number;
}) {
  const radius = examples.length > 8 ? 8 : 12;
  return (
    <svg width={SIDE} height={SIDE} aria-hidden="true">
      {examples.map((example, index) => {
        const { x, y } = toPicture({ x: example.x1, y: example.x2 });
        const right = isRight(weights, example);
        return (
          <g key={`${index}-${example.x1}-${example.x2}`}>
            {index === chosen && <circle class="pl-chosen" cx={x} cy={y} r={radius + 8} />}
            {example.target === 1 ? (
              <circle class="pl-one" cx={x} cy={y} r={radius} />
            ) : (
              <rect
                class="pl-zero"
                x={x - radius * 0.9}
                y={y - radius * 0.9}
                width={radius * 1.8}
                height={radius * 1.8}
              />
            )}
            {!right && (
              <path
                class="pl-wrong"
                d={`M${x - radius} ${y - radius}l${2 * radius} ${2 * radius}m0 ${-2 * radius}l${-2 * radius} ${2 * radius}`}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface ArrowProps {
  foot: Place;
  tip: Place;
  weights: Weights;
  movable: boolean;
  onWeights: (weights: Weights) => void;
}

/** One press of an arrow key. */
const TURN = Math.PI / 36;
const STRETCH = 1.1;

/** The normal vector w: dragged by its tip, or turned and stretched by the arrow keys. */
function Arrow({ foot, tip, weights, movable, onWeights }: ArrowProps) {
  const [from, to] = [toPicture(foot), toPicture(tip)];
  const degrees = Math.round((Math.atan2(weights.w2, weights.w1) * 180) / Math.PI);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [TURN, 1],
      ArrowRight: [-TURN, 1],
      ArrowUp: [0, STRETCH],
      ArrowDown: [0, 1 / STRETCH],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    onWeights(turned(weights, move[0], move[1], LIMIT));
  };
  return (
    <g>
      <path class="pl-arrow" d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
      <svg width={SIDE} height={SIDE} aria-hidden="true">
        <text class="pl-arrow-name" x={Math.min(to.x + 16, SIDE - 16)} y={Math.max(to.y - 12, 16)}>
          w
        </text>
      </svg>
      <circle class="pl-foot" cx={from.x} cy={from.y} r={4} />
      {movable ? (
        <circle
          class="pl-handle"
          cx={to.x}
          cy={to.y}
          r={13}
          role="slider"
          tabindex={0}
          aria-label="법선 벡터 w: 좌우 화살표로 돌리고 상하 화살표로 늘립니다"
          aria-valuenow={degrees}
          aria-valuemin={-180}
          aria-valuemax={180}
          aria-valuetext={`방향 ${degrees}도, 길이 ${Math.hypot(weights.w1, weights.w2).toFixed(2)}`}
          onKeyDown={onKeyDown}
        />
      ) : (
        <circle class="pl-tip" cx={to.x} cy={to.y} r={7} />
      )}
    </g>
  );
}
