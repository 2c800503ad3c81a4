import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import type { Parameters } from "./network.ts";
import { LIMIT, NAMES } from "./state.ts";

const WHERE = [
  "x₁에서 h₁로",
  "x₂에서 h₁로",
  "h₁의 편향",
  "x₁에서 h₂로",
  "x₂에서 h₂로",
  "h₂의 편향",
  "h₁에서 y로",
  "h₂에서 y로",
  "y의 편향",
] as const;

interface EditorProps {
  index: number;
  parameters: Parameters;
  onChange: (parameters: Parameters) => void;
  onClose: () => void;
}

/** Sets one of the nine numbers. */
export function Editor({ index, parameters, onChange, onClose }: EditorProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), [index]);
  const value = parameters[index]!;
  const write = (next: number) => {
    if (!Number.isFinite(next)) return;
    const bounded = Math.max(-LIMIT, Math.min(LIMIT, Math.round(next * 1e5) / 1e5));
    onChange(parameters.map((old, i) => (i === index ? bounded : old)));
  };
  return (
    <div class="tl-editor">
      <label>
        {NAMES[index]} ({WHERE[index]})
        <input
          ref={field}
          type="number"
          step="0.1"
          value={Math.round(value * 1e4) / 1e4}
          onChange={(event) => write(event.currentTarget.valueAsNumber)}
        />
      </label>
      <Button label={`${NAMES[index]} 0.1 줄이기`} onClick={() => write(value - 0.1)}>
        −
      </Button>
      <Button label={`${NAMES[index]} 0.1 키우기`} onClick={() => write(value + 0.1)}>
        +
      </Button>
      <Button kind="quiet" onClick={onClose}>
        닫기
      </Button>
    </div>
  );
}
