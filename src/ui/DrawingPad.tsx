import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Preparation } from "../data/datasets.ts";
import { prepareStrokes, type Stroke, type StrokePoint } from "../data/strokes.ts";
import { Button } from "./controls.tsx";
import { countOf, type KeyboardPen, placeOf, pressKey, RESTING_PEN } from "./drawing-keys.ts";
import "./drawing-pad.css";

/** What stands on the pad. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  /** 28 × 28 values from 0 to 1, as the training pictures were made; `undefined` while nothing is drawn. */
  readonly picture: Float32Array | undefined;
  /** Whether the pen is up. */
  readonly isFinished: boolean;
}

export interface DrawingPadProps {
  /** What is to be drawn: “숫자”. */
  what: string;
  strokes: readonly Stroke[];
  /** Of the dataset whose pictures the drawing is to resemble. */
  preparation: Exclude<Preparation, { kind: "none" }>;
  /** Called at most once a picture of the screen while the pen moves, and when it lifts. */
  onChange: (drawing: Drawing) => void;
  disabled?: boolean;
}

/** Units of the pad's own picture. */
const SIDE = 280;

/** A drawing of these strokes, such as an example the learner picked. */
export function drawingOf(
  strokes: readonly Stroke[],
  preparation: DrawingPadProps["preparation"],
  isFinished = true,
): Drawing {
  const picture = strokes.length > 0 ? prepareStrokes(strokes, preparation) : undefined;
  return { strokes, picture, isFinished };
}

/** A pad for finger, pen, mouse and keyboard. The strokes belong to the widget, which may set them. */
export function DrawingPad({ what, strokes, preparation, onChange, disabled = false }: DrawingPadProps) {
  const helpId = useId();
  const [keyboard, setKeyboard] = useState<KeyboardPen>(RESTING_PEN);
  const [message, setMessage] = useState("");
  /** What was there before it was all wiped off, for taking it back. */
  const wiped = useRef<readonly Stroke[]>([]);
  const change = (next: readonly Stroke[], isFinished: boolean) =>
    onChange(drawingOf(next, preparation, isFinished));
  const finger = useFinger(strokes, change, (count) => setMessage(count));
  const undo = () => {
    const before = strokes.length > 0 ? strokes.slice(0, -1) : wiped.current;
    wiped.current = [];
    setKeyboard({ ...keyboard, isDown: false });
    setMessage(`되돌렸습니다. ${countOf(before)}`);
    change(before, true);
  };
  const clear = () => {
    wiped.current = strokes;
    setKeyboard({ ...keyboard, isDown: false });
    setMessage("다 지웠습니다");
    change([], true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (disabled || event.altKey || event.metaKey) return;
    const isUndo = event.key === "Backspace" || (event.ctrlKey && event.key === "z");
    const result = isUndo || event.ctrlKey ? undefined : pressKey(event.key, keyboard, strokes);
    if (!isUndo && !result) return;
    event.preventDefault();
    if (!result) return undo();
    setKeyboard(result.pen);
    setMessage(result.message);
    if (result.strokes !== strokes || keyboard.isDown !== result.pen.isDown) {
      change(result.strokes, !result.pen.isDown);
    }
  };
  const isEmpty = strokes.length === 0;
  return (
    <div class="drawing-pad">
      <svg
        class="drawing-pad-sheet"
        data-down={keyboard.isDown ? "" : undefined}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="application"
        aria-label={`${what} 그리는 판, ${countOf(strokes)}`}
        aria-describedby={helpId}
        aria-disabled={disabled}
        // On an SVG element only the attribute in small letters reaches the document.
        tabindex={disabled ? -1 : 0}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!keyboard.isDown) return;
          setKeyboard({ ...keyboard, isDown: false });
          change(strokes, true);
        }}
        {...(disabled ? {} : finger)}
      >
        {isEmpty && (
          <text class="drawing-pad-hint" x={SIDE / 2} y={SIDE / 2}>
            여기에 {what}
          </text>
        )}
        <path class="drawing-pad-ink" d={strokes.map(pathOf).join("")} />
        <KeyboardCursor {...keyboard} />
      </svg>
      <div class="drawing-pad-buttons">
        <Button disabled={disabled || (isEmpty && wiped.current.length === 0)} onClick={undo}>
          되돌리기
        </Button>
        <Button disabled={disabled || isEmpty} onClick={clear}>
          지우기
        </Button>
      </div>
      <p id={helpId} class="drawing-pad-help">
        키보드: 화살표로 옮기고, 스페이스로 펜을 내리고 듭니다.
      </p>
      <p class="visually-hidden" role="status">
        {message}
      </p>
    </div>
  );
}

function KeyboardCursor(pen: KeyboardPen) {
  const { x, y } = placeOf(pen);
  return <path class="drawing-pad-cursor" d={`M${x * SIDE - 12} ${y * SIDE}h24m-12 -12v24`} />;
}

const pathOf = (stroke: Stroke) =>
  stroke
    .map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${(x * SIDE).toFixed(1)} ${(y * SIDE).toFixed(1)}`)
    // A line without length is drawn as a dot by its round ends.
    .join("") + (stroke.length === 1 ? "h0.01" : "");

/** Nearer than this to the last point, as a share of the pad, a movement is only trembling. */
const TREMBLE = 0.004;

/** The pointer's events: one finger at a time, with the points between two events where the browser has them. */
function useFinger(
  strokes: readonly Stroke[],
  change: (strokes: readonly Stroke[], isFinished: boolean) => void,
  say: (message: string) => void,
) {
  const pointer = useRef<number>(undefined);
  const stroke = useRef<StrokePoint[]>([]);
  const frame = useRef(0);
  const latest = useRef({ strokes, change });
  // While the pen is down, the strokes given are those with it; what stood before is kept apart.
  const before = useRef<readonly Stroke[]>([]);
  latest.current = { strokes, change };
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const report = (isFinished: boolean) => {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    latest.current.change([...before.current, [...stroke.current]], isFinished);
  };
  const add = (event: PointerEvent, sheet: Element) => {
    const point = pointOf(event, sheet);
    const last = stroke.current.at(-1);
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < TREMBLE) return;
    stroke.current.push(point);
    frame.current ||= requestAnimationFrame(() => report(false));
  };
  const lift = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current) return;
    pointer.current = undefined;
    report(true);
    say(countOf([...before.current, stroke.current]));
  };
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
      if (pointer.current !== undefined || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointer.current = event.pointerId;
      before.current = latest.current.strokes;
      stroke.current = [];
      add(event, event.currentTarget);
    },
    onPointerMove: (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
      if (event.pointerId !== pointer.current) return;
      const between = event.getCoalescedEvents?.() ?? [];
      for (const each of between.length > 0 ? between : [event]) add(each, event.currentTarget);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

function pointOf({ clientX, clientY }: PointerEvent, sheet: Element): StrokePoint {
  const { left, top, width, height } = sheet.getBoundingClientRect();
  const inside = (value: number) => Math.max(0, Math.min(1, value));
  return { x: inside((clientX - left) / width), y: inside((clientY - top) / height) };
}
