import { powerText, relativeText, speedText } from "./numbers.ts";
import type { Measured } from "./protocol.ts";
import { SIZES, speedOf } from "./state.ts";
import { conclusion, WAY_LABELS } from "./text.ts";

const share = (value: number) => `${(100 * value).toFixed(2)}%`;

/** One size: GFLOP/s of every way, with its spread, and whether the results agree. */
export function Speeds({ measured }: { measured: Measured }) {
  const largest = Math.max(...measured.speeds.map(({ max }) => max));
  const plain = speedOf(measured, "javascript")?.median ?? 1;
  const difference = Math.max(...measured.speeds.map((speed) => speed.difference));
  return (
    <div class="wg-speeds">
      <table class="wg-table">
        <thead>
          <tr>
            <th scope="col">
              {measured.size} × {measured.size} 행렬의 곱
            </th>
            <th scope="col">GFLOP/s</th>
            <th scope="col">몇 배</th>
          </tr>
        </thead>
        <tbody>
          {measured.speeds.map(({ way, median, min, max }) => (
            <tr key={way}>
              <th scope="row">
                {WAY_LABELS[way]}
                <span class="wg-track" aria-hidden="true">
                  <span class="wg-bar" data-way={way} style={{ inlineSize: share(median / largest) }} />
                  <span
                    class="wg-spread"
                    style={{
                      insetInlineStart: share(min / largest),
                      inlineSize: share((max - min) / largest),
                    }}
                  />
                </span>
              </th>
              <td>
                {speedText(median)}
                <small>
                  {speedText(min)}–{speedText(max)}
                </small>
              </td>
              <td>{relativeText(median / plain)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {conclusion(measured)}{" "}
        {difference === 0
          ? "결과를 견주니 모든 수가 똑같습니다."
          : `결과를 견주니 서로 같습니다. 가장 큰 값에 견준 차이는 많아야 ${powerText(difference)}입니다.`}
      </p>
    </div>
  );
}

const BOX = { width: 360, height: 180, left: 40, right: 10, top: 10, bottom: 26 };

/** GFLOP/s over the size, both on logarithmic axes, of everything measured on this visit. */
export function BySize({ all }: { all: readonly Measured[] }) {
  const sorted = [...all].sort((a, b) => a.size - b.size);
  const rates = sorted.flatMap(({ speeds }) => speeds.map(({ median }) => median));
  const low = 10 ** Math.floor(Math.log10(Math.min(...rates)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...rates) * 1.01));
  const [first, last] = [Number(SIZES[0]), Number(SIZES.at(-1))];
  const across = (size: number) =>
    BOX.left + (Math.log(size / first) / Math.log(last / first)) * (BOX.width - BOX.left - BOX.right);
  const down = (rate: number) =>
    BOX.top + (1 - Math.log(rate / low) / Math.log(high / low)) * (BOX.height - BOX.top - BOX.bottom);
  const decades = Array.from(
    { length: Math.round(Math.log10(high / low)) + 1 },
    (_, i) => 10 ** (Math.round(Math.log10(low)) + i),
  );
  const ways = (["javascript", "one-core", "two-cores", "gpu"] as const).filter((way) =>
    sorted.some((measured) => speedOf(measured, way)),
  );
  return (
    <figure class="wg-by-size">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        role="img"
        aria-label={`크기에 따른 속도. ${sorted.map((measured) => `${measured.size}: ${measured.speeds.map(({ way, median }) => `${WAY_LABELS[way]} ${speedText(median)}`).join(", ")}`).join(". ")}`}
      >
        {decades.map((rate) => (
          <g key={rate} class="wg-axis">
            <path d={`M${BOX.left} ${down(rate)}H${BOX.width - BOX.right}`} />
            <text x={BOX.left - 4} y={down(rate) + 4} text-anchor="end">
              {speedText(rate)}
            </text>
          </g>
        ))}
        {SIZES.map((size) => (
          <text key={size} class="wg-size" x={across(Number(size))} y={BOX.height - 8} text-anchor="middle">
            {size}
          </text>
        ))}
        {ways.map((way) => {
          const points = sorted.flatMap((measured) => {
            const speed = speedOf(measured, way);
            return speed ? [{ x: across(measured.size), y: down(speed.median) }] : [];
          });
          return (
            <g key={way} class="wg-line" data-way={way}>
              <path d={points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("")} />
              {points.map(({ x, y }) => (
                <circle key={x} cx={x} cy={y} r={3.5} />
              ))}
            </g>
          );
        })}
      </svg>
      <figcaption>
        가로축은 행렬의 크기 n, 세로축은 GFLOP/s입니다. 두 축 모두 한 칸이 곱하기입니다.
        <span class="wg-keys">
          {ways.map((way) => (
            <span key={way} data-way={way}>
              {WAY_LABELS[way]}
            </span>
          ))}
        </span>
      </figcaption>
    </figure>
  );
}
