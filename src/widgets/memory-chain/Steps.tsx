import { useEffect, useRef, useState } from "preact/hooks";
import { divergingScale } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { Button, Slider } from "../../ui/controls.tsx";
import { numberText } from "../../ui/number-text.ts";
import type { Seen } from "./experiment.ts";
import { numberAt } from "./explain.ts";
import { PARTS, type PartName } from "./network.ts";
import { PART_NAMES, SYMBOL_TEXTS } from "./words.ts";
import "./steps.css";

export interface StepsProps {
  seen: Seen;
  step: number;
  unit: number;
  part: PartName;
  onStep: (step: number) => void;
  onCell: (unit: number, part: PartName) => void;
}

/** The unrolled cell: all states over time, and one step with every number, each to be opened. */
export function Steps({ seen, step, unit, part, onStep, onCell }: StepsProps) {
  const last = seen.tokens.length - 1;
  return (
    <div class="mc-steps">
      <Overview seen={seen} step={step} onStep={onStep} />
      <div class="mc-walk">
        <Button disabled={step === 0} onClick={() => onStep(step - 1)}>
          이전 걸음
        </Button>
        <Button disabled={step === last} onClick={() => onStep(step + 1)}>
          다음 걸음
        </Button>
        <Slider
          label="걸음"
          value={step}
          min={0}
          max={last}
          step={1}
          format={(at) => `${at + 1}/${last + 1}, 읽은 기호 ${SYMBOL_TEXTS[seen.tokens[at]!]}`}
          onInput={onStep}
        />
      </div>
      <StepTable seen={seen} step={step} unit={unit} part={part} onCell={onCell} />
    </div>
  );
}

/** Hidden state over time: a column for each step, a row for each unit. */
function Overview({ seen, step, onStep }: { seen: Seen; step: number; onStep: (step: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [theme, setTheme] = useState(0);
  useEffect(() => onThemeChange(() => setTheme((count) => count + 1)), []);
  const time = seen.tokens.length;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const scale = divergingScale(readPalette(element));
    element.width = time;
    element.height = seen.units;
    const image = context.createImageData(time, seen.units);
    const pixels = new Uint32Array(image.data.buffer);
    for (let unit = 0; unit < seen.units; unit++) {
      for (let at = 0; at < time; at++) {
        pixels[unit * time + at] = scale.pixel(numberAt(seen, at, "state", unit));
      }
    }
    context.putImageData(image, 0, 0);
  }, [seen, theme]);
  const choose = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * time);
    onStep(Math.max(0, Math.min(time - 1, at)));
  };
  return (
    <figure class="mc-overview">
      <figcaption>은닉 상태 h: 가로는 시간, 세로는 유닛. 파랑은 양수, 주황은 음수</figcaption>
      <div class="mc-map" onPointerDown={choose} aria-hidden="true">
        <canvas ref={canvas} />
        <span
          class="mc-now"
          style={{ insetInlineStart: `${(100 * step) / time}%`, inlineSize: `${100 / time}%` }}
        />
      </div>
      <p class="mc-symbols" aria-hidden="true" style={{ "--mc-time": time }}>
        {seen.tokens.map((token, i) => (
          <span key={i} class={i === 0 ? "mc-first" : undefined}>
            {SYMBOL_TEXTS[token]}
          </span>
        ))}
      </p>
    </figure>
  );
}

function StepTable({ seen, step, unit, part, onCell }: Omit<StepsProps, "onStep">) {
  const parts = PARTS[seen.cell];
  const hasMemory = seen.cell === "lstm";
  const palette = (value: number) => ({
    "--mc-strength": `${Math.round(38 * Math.min(1, Math.abs(value)))}%`,
  });
  return (
    <div class="mc-numbers">
      <table>
        <thead>
          <tr>
            <th scope="col">유닛</th>
            <th scope="col">전 h</th>
            {hasMemory && <th scope="col">전 c</th>}
            {parts.map((name) => (
              <th key={name} scope="col">
                {PART_NAMES[name].sign} <small>{PART_NAMES[name].name}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: seen.units }, (_, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              <td>{numberText(numberAt(seen, step - 1, "state", row))}</td>
              {hasMemory && <td>{numberText(numberAt(seen, step - 1, "memory", row))}</td>}
              {parts.map((name) => {
                const value = numberAt(seen, step, name, row);
                const chosen = row === unit && name === part;
                return (
                  <td key={name}>
                    <button
                      type="button"
                      class={value < 0 ? "mc-number mc-negative" : "mc-number mc-positive"}
                      style={palette(value)}
                      aria-pressed={chosen}
                      onClick={() => onCell(row, name)}
                    >
                      {numberText(value)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
