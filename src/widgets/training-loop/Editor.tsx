import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
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
  const id = useId();
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => editor.current?.querySelector("input")?.focus({ preventScroll: true }), [index]);
  const value = parameters[index]!;
  const write = (next: number) => {
    if (!Number.isFinite(next)) return;
    const bounded = Math.max(-LIMIT, Math.min(LIMIT, Math.round(next * 1e5) / 1e5));
    onChange(parameters.map((old, i) => (i === index ? bounded : old)));
  };
  return (
    <div ref={editor} class="tl-editor">
      <label for={id}>
        {NAMES[index]} ({WHERE[index]})
        <NumberInput key={index} id={id} value={value} step={0.1} digits={4} onChange={write} />
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
