export interface TokensProps {
  legend: string;
  labels: readonly string[];
  chosen: number;
  /** Tokens behind this one cannot be chosen. */
  last?: number;
  onChoose: (at: number) => void;
}

/** The sentence's tokens with their places; one of them is chosen. */
export function Tokens({ legend, labels, chosen, last = labels.length - 1, onChoose }: TokensProps) {
  return (
    <fieldset class="aa-tokens">
      <legend>{legend}</legend>
      <div>
        {labels.map((label, i) => (
          <button
            key={i}
            type="button"
            class="aa-token"
            aria-pressed={i === chosen}
            disabled={i > last}
            onClick={() => onChoose(i)}
          >
            <small>{i + 1}</small>
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
