import type { CellName } from "../../nn/recurrent.ts";
import { Button, Slider } from "../../ui/controls.tsx";
import { CELLS, LEARNED, type Measured, type RaceFrame } from "./experiment.ts";
import { FARTHEST, MEASURED } from "./state.ts";
import { CELL_TITLES, guessVerdict, percent } from "./words.ts";

const BOX = { width: 300, height: 120 };
const MARGIN = 8;

export interface DistancesProps {
  frame: RaceFrame | undefined;
  guess: number;
  onGuess: (guess: number) => void;
  onMeasure: (measure: boolean) => void;
}

/** Accuracy against distance: every point is a network trained on the spot. */
export function Distances({ frame, guess, onGuess, onMeasure }: DistancesProps) {
  const measured = frame?.measured ?? [];
  const measuring = frame?.measuring === true;
  return (
    <div class="mc-distances">
      <p class="mc-heading">거리를 바꾸어 가며 재기</p>
      <Slider
        label="내 예측: RNN이 잊기 시작하는 거리"
        value={guess === 0 ? 1 : guess}
        min={1}
        max={FARTHEST}
        step={1}
        disabled={measuring || measured.length > 0}
        format={(value) => (value === 1 && guess === 0 ? "아직 없음" : `${value}칸`)}
        onInput={onGuess}
      />
      <div class="mc-tools">
        <Button kind="primary" onClick={() => onMeasure(!measuring)}>
          {measuring ? "재기 그만두기" : measured.length > 0 ? "다시 재기" : "여덟 거리에서 재기"}
        </Button>
        {measured.length > 0 && !measuring && (
          <Button kind="quiet" onClick={() => onMeasure(false)}>
            지우고 다시 예측하기
          </Button>
        )}
      </div>
      <p class="mc-guess" role="status">
        {guessVerdict(guess, measured, measuring)}
      </p>
      <div class="mc-results">
        <Chart measured={measured} guess={guess} />
        <Table measured={measured} />
      </div>
    </div>
  );
}

const xOf = (distance: number) => MARGIN + ((BOX.width - 2 * MARGIN) * distance) / FARTHEST;
const yOf = (accuracy: number) => MARGIN + (BOX.height - 2 * MARGIN) * (1 - accuracy);

/** A square, a circle and a triangle: the three are told apart without colour. */
function markOf(cell: CellName, x: number, y: number): string {
  if (cell === "rnn") return `M${x - 4} ${y - 4}h8v8h-8z`;
  if (cell === "gru") return `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z`;
  return `M${x} ${y - 5}l5 9h-10z`;
}

function Chart({ measured, guess }: { measured: readonly Measured[]; guess: number }) {
  return (
    <figure class="mc-chart">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
        <line class="mc-chance" x1={0} x2={BOX.width} y1={yOf(0.25)} y2={yOf(0.25)} />
        <line class="mc-grid" x1={0} x2={BOX.width} y1={yOf(LEARNED)} y2={yOf(LEARNED)} />
        {guess > 0 && <line class="mc-guess-line" x1={xOf(guess)} x2={xOf(guess)} y1={0} y2={BOX.height} />}
        {CELLS.map((cell) => {
          const own = measured.filter((one) => one.cell === cell);
          const points = own.map(({ distance, accuracy }) => [xOf(distance), yOf(accuracy)] as const);
          return (
            <g key={cell} class={`mc-${cell}`}>
              <path
                class="mc-way"
                d={points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("")}
              />
              <path class="mc-mark" d={points.map(([x, y]) => markOf(cell, x, y)).join("")} />
            </g>
          );
        })}
      </svg>
      <figcaption>
        {CELLS.map((cell) => (
          <span key={cell} class={`mc-key mc-${cell}`}>
            <svg viewBox="0 0 26 12" aria-hidden="true">
              <path class="mc-way" d="M0 6h26" />
              <path class="mc-mark" d={markOf(cell, 13, 6)} />
            </svg>
            {CELL_TITLES[cell]}
          </span>
        ))}
        <span class="mc-axis">
          가로: 거리 0~{FARTHEST}칸, 세로: 맞힌 비율. 가로 실선은 95%, 점선은 찍었을 때(25%)
          {guess > 0 && ", 세로선은 내 예측"}
        </span>
      </figcaption>
    </figure>
  );
}

function Table({ measured }: { measured: readonly Measured[] }) {
  const text = (cell: CellName, distance: number) => {
    const found = measured.find((one) => one.cell === cell && one.distance === distance);
    return found ? percent(found.accuracy) : "–";
  };
  return (
    <table class="mc-table">
      <thead>
        <tr>
          <th scope="col">거리</th>
          {CELLS.map((cell) => (
            <th key={cell} scope="col">
              {CELL_TITLES[cell]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MEASURED.map((distance) => (
          <tr key={distance}>
            <th scope="row">{distance}칸</th>
            {CELLS.map((cell) => (
              <td key={cell}>{text(cell, distance)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
