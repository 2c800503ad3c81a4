import { contributions, INPUTS, type Neuron, type Triple, weightedSum } from "./model.ts";

/** A number with a real minus sign, always with its sign when asked. */
export const signed = (value: number, digits = 2, plus = false): string => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : plus ? `+${text}` : text;
};

/** How the parts add up to z: each bar begins where the one before has ended. */
export function Sum({ neuron, inputs }: { neuron: Neuron; inputs: Triple }) {
  const parts = [
    ...contributions(neuron, inputs).map((value, i) => ({
      name: INPUTS[i]!.name,
      formula: `${signed(neuron.weights[i]!, 1)} × ${inputs[i]!.toFixed(1)}`,
      value,
    })),
    { name: "편향", formula: "b", value: neuron.bias },
  ];
  const z = weightedSum(neuron, inputs);
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((total, { value }) => total + value, 0));
  const reach = Math.max(2, ...ends.map((end) => Math.ceil(Math.abs(end))));
  const percent = (value: number) => 50 + (value / reach) * 50;
  const bar = (from: number, to: number) => ({
    insetInlineStart: `${Math.min(percent(from), percent(to))}%`,
    inlineSize: `${Math.abs(percent(to) - percent(from))}%`,
  });
  return (
    <dl class="np-sum">
      {parts.map(({ name, formula, value }, i) => (
        <div key={name} class="np-part">
          <dt>{name}</dt>
          <dd>
            <span class="np-formula">
              {formula} = <strong>{signed(value)}</strong>
            </span>
            <span class="np-track" aria-hidden="true">
              <span
                class="np-bar"
                data-sign={value < 0 ? "negative" : "positive"}
                style={bar(ends[i]! - value, ends[i]!)}
              />
            </span>
          </dd>
        </div>
      ))}
      <div class="np-part np-total">
        <dt>합 z</dt>
        <dd>
          <span class="np-formula">
            <strong>{signed(z)}</strong>
          </span>
          <span class="np-track" aria-hidden="true">
            <span class="np-bar" data-sign={z < 0 ? "negative" : "positive"} style={bar(0, z)} />
          </span>
        </dd>
      </div>
    </dl>
  );
}
