import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./controls.css";

export interface ButtonProps {
  kind?: "primary" | "plain" | "quiet";
  /** For a button that switches something on and off. */
  pressed?: boolean;
  disabled?: boolean;
  /** The spoken name, when the visible text alone does not say it. */
  label?: string;
  onClick: () => void;
  children: ComponentChildren;
}

/** A push button at least 44 px high. */
export function Button({ kind = "plain", pressed, disabled, label, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={`ui-button ui-button-${kind}`}
      aria-pressed={pressed}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onInput: (value: number) => void;
  /** How the value is written; the number itself by default. */
  format?: (value: number) => string;
  unit?: string;
  disabled?: boolean;
}

/** A range with its label and its value in words. */
export function Slider({ label, value, min, max, step, onInput, format, unit = "", disabled }: SliderProps) {
  const id = useId();
  const text = `${format ? format(value) : value}${unit}`;
  return (
    <div class="ui-field ui-slider">
      <label for={id}>{label}</label>
      <output for={id}>{text}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

export interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** A drop-down list. */
export function Select<T extends string>({ label, value, options, onChange, disabled }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="ui-field ui-select">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A few choices side by side: real radio buttons, so that arrow keys work. */
export function Segmented<T extends string>({ label, value, options, onChange, disabled }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="ui-field ui-segmented" disabled={disabled}>
      <legend>{label}</legend>
      <div class="ui-segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export interface ToggleProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off. */
export function Toggle({ label, checked, onChange, disabled }: ToggleProps) {
  return (
    <label class="ui-toggle">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** What is not needed at first. */
export function More({ label = "더 보기", children }: { label?: string; children: ComponentChildren }) {
  return (
    <details class="ui-more">
      <summary>{label}</summary>
      <div class="ui-more-content">{children}</div>
    </details>
  );
}

/** A number that changes, in tabular figures. */
export function Readout({ label, value }: { label: string; value: ComponentChildren }) {
  return (
    <div class="ui-readout">
      <span class="ui-readout-label">{label}</span>
      <span class="ui-readout-value">{value}</span>
    </div>
  );
}
