import { useEffect, useState } from "preact/hooks";
import { Button, Segmented } from "../../ui/controls.tsx";
import {
  KERNELS,
  type Kernel,
  type KernelPreset,
  type KernelSide,
  LARGEST_WEIGHT,
  presetOf,
  resized,
  WEIGHT_DIGITS,
} from "./kernels.ts";
import { LIMITS } from "./state.ts";
import { shortText } from "./text.ts";

interface KernelEditorProps {
  kernel: Kernel;
  onKernel: (kernel: Kernel) => void;
}

/** Nine or twenty-five weights to type, and kernels to begin with. */
export function KernelEditor({ kernel, onKernel }: KernelEditorProps) {
  const known = presetOf(kernel);
  const { side, weights, divisor } = kernel;
  return (
    <div class="cm-kernel">
      <Presets chosen={known} onKernel={onKernel} />
      <p class="cm-about">{known ? known.about : "내가 만든 커널입니다."}</p>
      <div class="cm-kernel-row">
        <fieldset class="cm-weights" style={{ "--side": side }}>
          <legend>커널의 가중치</legend>
          {weights.map((weight, i) => (
            <NumberField
              key={`${side} ${i}`}
              label={`${Math.floor(i / side) + 1}행 ${(i % side) + 1}열의 가중치`}
              value={weight}
              min={-LARGEST_WEIGHT}
              max={LARGEST_WEIGHT}
              onValue={(value) =>
                onKernel({ ...kernel, weights: weights.map((it, k) => (k === i ? value : it)) })
              }
            />
          ))}
        </fieldset>
        <div class="cm-kernel-side">
          <Segmented
            label="크기"
            value={String(side)}
            options={[
              { value: "3", label: "3×3" },
              { value: "5", label: "5×5" },
            ]}
            onChange={(value) => onKernel(resized(kernel, Number(value) as KernelSide))}
          />
          <div class="cm-divisor">
            <span aria-hidden="true">나누는 수</span>
            <NumberField
              label="나누는 수"
              value={divisor}
              min={0.01}
              max={LIMITS.divisor}
              onValue={(value) => onKernel({ ...kernel, divisor: value })}
            />
          </div>
          <p class="cm-sum">
            가중치의 합 <b>{shortText(weights.reduce((sum, weight) => sum + weight, 0) / divisor)}</b>
          </p>
        </div>
      </div>
    </div>
  );
}

function Presets({
  chosen,
  onKernel,
}: {
  chosen: KernelPreset | undefined;
  onKernel: (kernel: Kernel) => void;
}) {
  return (
    <fieldset class="cm-presets">
      <legend>준비된 커널</legend>
      {KERNELS.map((preset) => (
        <Button
          key={preset.id}
          pressed={preset === chosen}
          onClick={() => onKernel({ side: preset.side, weights: preset.weights, divisor: preset.divisor })}
        >
          {preset.name}
        </Button>
      ))}
    </fieldset>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onValue: (value: number) => void;
}

/** A number that may for a moment be no number while it is typed; then the last one stands. */
function NumberField({ label, value, min, max, onValue }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (!typing) setText(String(value));
  }, [value, typing]);
  const take = (typed: string) => {
    setText(typed);
    const parsed = parseWeight(typed);
    if (parsed !== undefined && parsed >= min && parsed <= max) onValue(parsed);
  };
  const sign = value > 0 ? "positive" : value < 0 ? "negative" : "zero";
  return (
    <input
      class="cm-number"
      data-sign={sign}
      type="text"
      inputMode="text"
      autocomplete="off"
      aria-label={label}
      aria-invalid={typing && parseWeight(text) === undefined}
      value={text}
      onFocus={(event) => {
        setTyping(true);
        event.currentTarget.select();
      }}
      onBlur={() => setTyping(false)}
      onInput={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => {
        const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const next = Math.max(min, Math.min(max, Math.round((value + step) * 100) / 100));
        setText(String(next));
        onValue(next);
      }}
    />
  );
}

/** `-1`, `−0.5`, `.25`; `undefined` for anything else. */
export function parseWeight(text: string): number | undefined {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  return Number(Number(plain).toFixed(WEIGHT_DIGITS));
}
