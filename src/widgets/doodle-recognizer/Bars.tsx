export interface Bar {
  readonly name: string;
  readonly share: number;
  /** Whether this is the answer asked for. */
  readonly isWanted?: boolean;
}

export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}%`;

/** Probabilities, each with its name; `wanted` is the answer asked for. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  return (
    <ol class="dr-bars" aria-label={label}>
      {bars.map(({ name, share, isWanted = false }, place) => (
        // The places stay, what stands on them changes: the list never jumps.
        <li key={place} data-wanted={isWanted ? "" : undefined}>
          <span>{name}</span>
          <span class="dr-share">{share >= 0 ? percent(share, 1) : "–"}</span>
          <span class="dr-bar" aria-hidden="true">
            <span style={{ inlineSize: percent(Math.max(0, share), 1) }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
