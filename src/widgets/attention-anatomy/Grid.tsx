/** Numbers as coloured cells; the same numbers are reached by the buttons beside it, so it is only looked at and tapped. */
export interface GridProps {
  rows: number;
  columns: number;
  values: ArrayLike<number>;
  /** The value of the full colour. */
  most: number;
  /** Shares are all of one sign and take the accent. */
  share?: boolean;
  /** A cell's height as a share of its width. */
  flat?: number;
  /** Nothing is marked when left out. */
  chosen?: { readonly row: number; readonly column: number };
  /** Cells to the right of the diagonal do not count. */
  hidden?: boolean;
  onChoose?: (row: number, column: number) => void;
}

const CELL = 10;
/** Fainter cells are not drawn. */
const FAINT = 0.02;

export function Grid({ rows, columns, values, most, share, flat = 1, chosen, hidden, onChoose }: GridProps) {
  const height = CELL * flat;
  return (
    <svg
      class="aa-grid"
      viewBox={`0 0 ${columns * CELL} ${rows * height}`}
      aria-hidden="true"
      onClick={(event) => {
        if (!onChoose) return;
        const box = event.currentTarget.getBoundingClientRect();
        const along = (offset: number, extent: number, count: number) =>
          Math.max(0, Math.min(count - 1, Math.floor((offset / extent) * count)));
        onChoose(
          along(event.clientY - box.top, box.height, rows),
          along(event.clientX - box.left, box.width, columns),
        );
      }}
    >
      {Array.from(values, (value, at) => {
        const [row, column] = [Math.floor(at / columns), at % columns];
        const strength = Math.min(1, Math.abs(value) / (most || 1));
        if (!Number.isFinite(value) || strength < FAINT || (hidden && column > row)) return null;
        return (
          <rect
            key={at}
            class={share ? "aa-share" : value < 0 ? "aa-negative" : "aa-positive"}
            x={column * CELL}
            y={row * height}
            width={CELL}
            height={height}
            opacity={strength}
          />
        );
      })}
      {hidden && <path class="aa-stairs" d={stairs(rows, CELL, height)} />}
      {chosen && (
        <>
          <rect class="aa-line" x={0} y={chosen.row * height} width={columns * CELL} height={height} />
          <rect
            class="aa-chosen"
            x={chosen.column * CELL}
            y={chosen.row * height}
            width={CELL}
            height={height}
          />
        </>
      )}
    </svg>
  );
}

/** All that lies in the future, as one shape. */
function stairs(count: number, width: number, height: number): string {
  const steps = Array.from({ length: count }, (_, i) => `H${(i + 1) * width}V${(i + 1) * height}`);
  return `M0 0${steps.join("")}V0Z`;
}

/** Half of the numbers are below it: the largest would leave the others pale. */
export function strengthOf(values: ArrayLike<number>): number {
  const sorted = Array.from(values, Math.abs)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 1;
}
