import { useState } from "preact/hooks";

export interface NumberInputProps {
  value: number;
  /** What one press of an arrow key adds. */
  step: number;
  /** Decimals shown at most. */
  digits: number;
  /** For its `<label>`; where there is none, `label` names it. */
  id?: string;
  label?: string;
  class?: string;
  onChange: (value: number) => void;
}

/**
 * A number to write. It counts with Enter or when the field is left; what is half written stays, however often the page
 * around it is drawn anew meanwhile (a network that trains does so with every frame). What is no number is given up.
 */
export function NumberInput({
  value,
  step,
  digits,
  id,
  label,
  class: className,
  onChange,
}: NumberInputProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      id={id}
      class={className}
      type="number"
      step={step}
      value={typed ?? Number(value.toFixed(digits))}
      aria-label={label}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => {
        setTyped(undefined);
        const entered = event.currentTarget.valueAsNumber;
        if (Number.isFinite(entered)) onChange(entered);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
