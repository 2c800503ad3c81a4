import { linePath } from "../../draw/series.ts";
import type { StageProps } from "./GridStage.tsx";

const BOX = { width: 512, height: 120 };

/** The waveform over time; the chosen sample, or the stretch a filter has seen. */
export function WaveStage({ stage, shown, scale, label, chosen, sources, onChoose }: StageProps) {
  const values = Array.from(shown);
  const range = { step: [0, values.length - 1], value: [-scale, scale] } as const;
  const steps = values.map((_, i) => i);
  const stretch = sources.length > 0 ? [sources[0]!.index, sources.at(-1)!.index] : undefined;
  const at = (index: number) => (index / (values.length - 1)) * BOX.width;
  const move = (key: string, large: boolean) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step === undefined) return undefined;
    return Math.max(0, Math.min(values.length - 1, Math.max(0, chosen) + step * (large ? 16 : 1)));
  };
  return (
    <svg
      class="sj-wave"
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      preserveAspectRatio="none"
      role="application"
      aria-label={label}
      // On an SVG element only the attribute in small letters reaches the document.
      tabindex={0}
      onKeyDown={(event) => {
        const next = move(event.key, event.shiftKey);
        if (next === undefined) return;
        event.preventDefault();
        onChoose(next);
      }}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const share = (event.clientX - box.left) / box.width;
        onChoose(Math.max(0, Math.min(values.length - 1, Math.round(share * (values.length - 1)))));
      }}
    >
      {stretch && (
        <rect
          class="sj-stretch"
          x={at(stretch[0]!)}
          y={0}
          width={Math.max(2, at(stretch[1]!) - at(stretch[0]!))}
          height={BOX.height}
        />
      )}
      <path class="sj-axis" d={`M0 ${BOX.height / 2}H${BOX.width}`} />
      {stage.before && shown === stage.values && (
        <path class="sj-line sj-line-before" d={linePath(steps, Array.from(stage.before), range, BOX)} />
      )}
      <path class="sj-line" d={linePath(steps, values, range, BOX)} />
      {chosen >= 0 && <path class="sj-cut" d={`M${at(chosen)} 0V${BOX.height}`} />}
    </svg>
  );
}
