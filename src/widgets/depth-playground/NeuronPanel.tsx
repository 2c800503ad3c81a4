import { useEffect, useId, useRef } from "preact/hooks";
import { type PlaneFeatureId, planeFeatures } from "../../data/features.ts";
import { Button } from "../../ui/controls.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { type EditCommand, parameterPlaces } from "./network.ts";
import { neuronName } from "./text.ts";
import type { NeuronChoice } from "./View.tsx";

/** Weights are edited within ±this. */
const WIDEST = 5;

export interface NeuronPanelProps {
  choice: NeuronChoice;
  widths: readonly number[];
  features: readonly PlaneFeatureId[];
  parameters: Float32Array | undefined;
  onEdit: (edit: EditCommand) => void;
  onClose: () => void;
}

/** The incoming weights and the bias of one neuron, to read and to set. */
export function NeuronPanel({ choice, widths, features, parameters, onEdit, onClose }: NeuronPanelProps) {
  const { layer, index } = choice;
  const width = widths[layer]!;
  const { weights, bias } = parameterPlaces(widths)[layer - 1]!;
  const names =
    layer === 1
      ? planeFeatures(features).map(({ label }) => label)
      : Array.from({ length: widths[layer - 1]! }, (_, i) => neuronName(layer - 1, i, widths.length - 1));
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: "nearest" }), [layer, index]);
  const title = neuronName(layer, index, widths.length - 1);
  return (
    <section class="dp-panel" ref={panel} aria-label={`${title}의 가중치와 편향`}>
      <div class="dp-panel-head">
        <p class="dp-panel-title">{title}</p>
        <Button kind="quiet" onClick={onClose}>
          닫기
        </Button>
      </div>
      {names.map((name, from) => (
        <ParameterField
          key={name}
          label={`${name}에서 오는 가중치`}
          value={parameters?.[weights + from * width + index] ?? 0}
          onEdit={(value) => onEdit({ parameter: `weights${layer}`, index: from * width + index, value })}
        />
      ))}
      <ParameterField
        label="편향"
        value={parameters?.[bias + index] ?? 0}
        onEdit={(value) => onEdit({ parameter: `bias${layer}`, index, value })}
      />
    </section>
  );
}

function ParameterField(props: { label: string; value: number; onEdit: (value: number) => void }) {
  const { label, value, onEdit } = props;
  const id = useId();
  return (
    <div class="dp-parameter" data-sign={value < 0 ? "negative" : "positive"}>
      <label for={id}>{label}</label>
      <NumberInput
        class="dp-parameter-number"
        value={value}
        step={0.1}
        digits={2}
        label={`${label}, 숫자로`}
        onChange={onEdit}
      />
      <input
        id={id}
        type="range"
        min={-WIDEST}
        max={WIDEST}
        step={0.05}
        value={value}
        aria-valuetext={value.toFixed(2)}
        onInput={(event) => onEdit(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
