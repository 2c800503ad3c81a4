import { useMemo } from "preact/hooks";
import { Mark, Sheet } from "./Sheet.tsx";
import type { Grey, poolAt, Results, Setting } from "./slide.ts";
import { shortText } from "./text.ts";

interface SheetsProps {
  picture: Grey | undefined;
  /** Side of the empty frame while there is no picture. */
  expected: number;
  results: Results | undefined;
  setting: Setting;
  /** The chosen place of the result. */
  at: { readonly row: number; readonly column: number };
  pool: ReturnType<typeof poolAt>;
  grey: boolean;
  shown: number | undefined;
  covered: boolean;
  onMove: (row: number, column: number) => void;
  /** Why there is nothing to see. */
  missing: string;
}

/** Keys and the places they move the window by. */
const KEYS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -1000],
  End: [0, 1000],
};

/** Picture, result and, where it is pooled, what is left of it. */
export function Sheets(props: SheetsProps) {
  const { picture, expected, results, setting, at, pool, grey, shown, covered, onMove, missing } = props;
  const { kernel, stride, padding, dilation } = setting;
  const top = { row: at.row * stride - padding, column: at.column * stride - padding };
  const strength = useMemo(() => results && strengthOf(results.map.values), [results]);
  const isSigned = !grey && kernel.weights.some((weight) => weight < 0);
  const keys = (event: KeyboardEvent) => {
    const by = KEYS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onMove(at.row + by[0], at.column + by[1]);
  };
  const reach = ((kernel.side - 1) * dilation) / 2;
  /** The place whose window has its middle nearest to a pixel. */
  const placeOver = (pixel: number) => Math.round((Math.floor(pixel) + padding - reach) / stride);
  const signed = isSigned && strength !== undefined ? strength : undefined;
  const spoken =
    covered || !results
      ? ""
      : `, 값 ${shortText(results.map.values[at.row * results.map.columns + at.column] ?? 0, 1)}`;
  return (
    <div class="cm-sheets">
      {picture ? (
        <Sheet
          title="그림"
          sheet={picture}
          padding={padding}
          label={`그림 위의 창, 화살표로 옮깁니다. 결과의 ${at.row + 1}행 ${at.column + 1}열`}
          onPoint={(row, column) => onMove(placeOver(row), placeOver(column))}
          onKeyDown={keys}
          caption={`${picture.columns}×${picture.rows}${padding > 0 ? `, 둘레에 0을 ${padding}칸씩` : ""}`}
        >
          {padding > 0 && <rect class="cm-edge" x={0} y={0} width={picture.columns} height={picture.rows} />}
          {results && <Window {...top} kernel={setting.kernel} dilation={dilation} />}
        </Sheet>
      ) : (
        <Empty side={expected} missing={missing} />
      )}
      {results ? (
        <Sheet
          title={setting.relu ? "결과 (ReLU까지)" : "결과"}
          sheet={results.map}
          signed={signed}
          shown={shown}
          label={`결과, 화살표로 옮깁니다. ${at.row + 1}행 ${at.column + 1}열${spoken}`}
          onPoint={(row, column) => onMove(Math.floor(row), Math.floor(column))}
          onKeyDown={keys}
          caption={`${results.map.columns}×${results.map.rows}. ${scaleText(signed)}`}
        >
          {pool && (
            <Mark
              kind="pool"
              row={pool.row * setting.poolSide}
              column={pool.column * setting.poolSide}
              side={setting.poolSide}
            />
          )}
          <Mark kind="cell" row={at.row} column={at.column} />
        </Sheet>
      ) : (
        <Empty side={picture?.rows ?? expected} missing={picture ? missing : ""} />
      )}
      {results?.pooled && (
        <Sheet
          title={setting.pool === "max" ? "최댓값 풀링" : "평균 풀링"}
          sheet={results.pooled}
          signed={signed}
          label={`풀링한 결과 ${results.pooled.columns}×${results.pooled.rows}`}
          onPoint={(row, column) =>
            onMove(Math.floor(row) * setting.poolSide, Math.floor(column) * setting.poolSide)
          }
          caption={`${results.pooled.columns}×${results.pooled.rows}. 창 하나가 한 칸이 됩니다`}
        >
          {pool && <Mark kind="cell" row={pool.row} column={pool.column} />}
        </Sheet>
      )}
    </div>
  );
}

function Empty({ side, missing }: { side: number; missing: string }) {
  return (
    <figure class="cm-sheet">
      <p class="cm-sheet-title">{side > 0 ? "비어 있음" : ""}</p>
      <div class="cm-sheet-picture cm-empty">
        <p>{missing}</p>
      </div>
      <figcaption>{"\u00a0"}</figcaption>
    </figure>
  );
}

/** How the colours of the result are to be read. */
function scaleText(signed: number | undefined): string {
  if (signed === undefined) return "0은 검정, 255는 하양";
  return signed === 0 ? "모든 칸이 0" : `파랑은 양수, 주황은 음수. ±${shortText(signed, 0)}부터 가장 진한 색`;
}

interface WindowProps {
  row: number;
  column: number;
  kernel: Setting["kernel"];
  dilation: number;
}

/** The kernel's cells on the picture: a frame, and with gaps each cell on its own. */
function Window({ row, column, kernel, dilation }: WindowProps) {
  const { side } = kernel;
  if (dilation === 1) return <Mark kind="window" row={row} column={column} side={side} />;
  return (
    <g>
      {kernel.weights.map((_, i) => (
        <Mark
          key={i}
          kind="window"
          row={row + Math.floor(i / side) * dilation}
          column={column + (i % side) * dilation}
        />
      ))}
    </g>
  );
}

/** Share of the places whose colour is told apart by its strength; a few glaring ones are not, or all else were pale. */
const DISTINCT = 0.98;

function strengthOf(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort();
  const strong = sizes[Math.floor(DISTINCT * (sizes.length - 1))] ?? 0;
  return strong > 0 ? strong : (sizes.at(-1) ?? 0);
}
