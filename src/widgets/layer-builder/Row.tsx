import { useRef, useState } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import type { Step } from "./derive.ts";
import { Fields } from "./Fields.tsx";
import type { Fix } from "./fixes.ts";
import type { Layer } from "./layers.ts";
import { layerDetail, layerName } from "./names.ts";
import { meaningOf, number, shapeText, withCounter } from "./shapes.ts";

export interface RowProps {
  step: Step;
  index: number;
  count: number;
  open: boolean;
  note: string | undefined;
  fixes: readonly Fix[];
  /** Where a layer dragged from elsewhere would come to lie. */
  mark: "before" | "after" | undefined;
  onOpen: () => void;
  onChange: (layer: Layer) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  onFix: (fix: Fix) => void;
  /** While the handle is dragged: the pointer's height on the screen, and its end. */
  onDrag: (y: number) => void;
  onDrop: (y: number) => void;
}

/** One layer: its handle, its name, the shape it gives, and on request everything about it. */
export function Row(props: RowProps) {
  const { step, index, open, note, fixes, mark } = props;
  const { layer } = step;
  const name = layerName(layer);
  const detail = layerDetail(layer);
  return (
    <li class="lb-row" data-state={step.state} data-mark={mark}>
      <div class="lb-line">
        <Handle {...props} name={name} />
        <button type="button" class="lb-name" aria-expanded={open} onClick={props.onOpen}>
          <span class="lb-what">
            {name} {detail !== "" && <small>{detail}</small>}
          </span>
          <span class="lb-shape">
            {step.state === "joined"
              ? shapeText(step.shape)
              : step.state === "refused"
                ? "이을 수 없음"
                : "알 수 없음"}
          </span>
          <span class="lb-count">
            {step.state === "joined" && step.parameters > 0 ? withCounter(step.parameters, "개") : ""}
          </span>
        </button>
      </div>
      {step.state === "refused" && (
        <div class="lb-refusal">
          <p>
            <strong>{index + 1}번째 층은 여기에 이을 수 없습니다.</strong> {step.refusal.reason}
          </p>
          <p class="lb-fixes">
            {fixes.map((fix) => (
              <Button key={fix.label} onClick={() => props.onFix(fix)}>
                {fix.label}
              </Button>
            ))}
          </p>
        </div>
      )}
      {open && <Details {...props} note={note} />}
    </li>
  );
}

function Details({ step, index, count, note, onChange, onMove, onRemove }: RowProps) {
  return (
    <div class="lb-details">
      {step.state === "joined" && (
        <>
          <p>
            {shapeText(step.from)} <small>({meaningOf(step.from)})</small> → {shapeText(step.shape)}{" "}
            <small>({meaningOf(step.shape)})</small>
          </p>
          <ul class="lb-formulas">
            {step.explanation.map((line) => (
              <li key={line}>{line}</li>
            ))}
            {step.receptiveField !== undefined && (
              <li>수용 영역: 이 층의 값 하나는 입력에서 한 변 {number(step.receptiveField)}칸까지 봅니다.</li>
            )}
          </ul>
        </>
      )}
      {note !== undefined && <p class="lb-note">{note}</p>}
      <div class="lb-fields">
        <Fields layer={step.layer} onChange={onChange} />
      </div>
      <div class="lb-buttons">
        <Button disabled={index === 0} onClick={() => onMove(index - 1)}>
          위로
        </Button>
        <Button disabled={index === count - 1} onClick={() => onMove(index + 1)}>
          아래로
        </Button>
        <Button onClick={onRemove}>빼기</Button>
      </div>
    </div>
  );
}

/** Dragged by pointer, moved by arrow keys. */
function Handle({ index, count, name, onMove, onDrag, onDrop }: RowProps & { name: string }) {
  const handle = useRef<HTMLButtonElement>(null);
  const [dragging, setDragging] = useState(false);
  const end = (event: PointerEvent) => {
    if (!dragging) return;
    setDragging(false);
    onDrop(event.clientY);
  };
  return (
    <button
      ref={handle}
      type="button"
      class="lb-handle"
      data-dragging={dragging ? "" : undefined}
      aria-label={`${index + 1}번째 층 ${name} 옮기기: 위아래 화살표`}
      onKeyDown={(event) => {
        const to = event.key === "ArrowUp" ? index - 1 : event.key === "ArrowDown" ? index + 1 : undefined;
        if (to === undefined) return;
        event.preventDefault();
        if (to >= 0 && to < count) onMove(to);
      }}
      onPointerDown={(event) => {
        handle.current?.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={(event) => {
        if (dragging) onDrag(event.clientY);
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        setDragging(false);
        onDrop(Number.NaN);
      }}
    >
      <span aria-hidden="true">⋮⋮</span>
    </button>
  );
}
