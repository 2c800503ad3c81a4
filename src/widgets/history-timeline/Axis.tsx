import type { HistoryEvent } from "./events.ts";

const FIRST = 1940;
const LAST = 2030;
const WIDTH = 400;
const HEIGHT = 62;
const BASE = 40;

const xOf = (year: number) => 18 + ((year - FIRST) / (LAST - FIRST)) * (WIDTH - 36);
const YEARS = [1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020, 2030];

/** The years to scale: how dense the events stand. The list below says the same in text. */
export function Axis({ events, shown, current }: AxisProps) {
  return (
    <svg class="ht-axis" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line x1={0} x2={WIDTH} y1={BASE} y2={BASE} />
      {YEARS.map((year) => (
        <g key={year}>
          <line x1={xOf(year)} x2={xOf(year)} y1={BASE} y2={BASE + 5} />
          {year % 20 === 0 && (
            <text x={xOf(year)} y={BASE + 18}>
              {year}
            </text>
          )}
        </g>
      ))}
      {events.map((event) => (
        <circle
          key={event.id}
          class="ht-dot"
          data-shown={shown.includes(event) ? "" : undefined}
          data-current={event === current ? "" : undefined}
          cx={xOf(event.year)}
          cy={BASE - 12}
          r={event === current ? 7 : 4.5}
        />
      ))}
    </svg>
  );
}

interface AxisProps {
  events: readonly HistoryEvent[];
  shown: readonly HistoryEvent[];
  current: HistoryEvent;
}
