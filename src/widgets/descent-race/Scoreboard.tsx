import type { Racer } from "./race.ts";
import { Mark, RACER_LOOKS } from "./racers.tsx";
import type { Standing } from "./score.ts";

const OUTCOMES = { running: "달리는 중", arrived: "도착", diverged: "발산", short: "못 닿음" } as const;

/** The racers in a fixed order, so that nothing jumps while they pass each other. */
export function Scoreboard({
  standing,
  rates,
  step,
}: {
  standing: readonly Standing[];
  rates: Readonly<Record<Racer, number>>;
  step: number;
}) {
  return (
    <table class="dr-scores">
      <thead>
        <tr>
          <th scope="col">선수</th>
          <th scope="col">학습률 η</th>
          <th scope="col">도착한 걸음</th>
          <th scope="col">지금 손실</th>
        </tr>
      </thead>
      <tbody>
        {standing.map(({ racer, arrival, loss, outcome, rank }) => (
          <tr key={racer} data-first={rank === 1 ? "" : undefined}>
            <th scope="row">
              <Mark racer={racer} /> {RACER_LOOKS[racer].label}
            </th>
            <td>{rateText(rates[racer])}</td>
            <td>
              {arrival === undefined ? (
                <span class="dr-outcome">{step === 0 ? "–" : OUTCOMES[outcome]}</span>
              ) : (
                <>
                  {arrival} <small>{rank}위</small>
                </>
              )}
            </td>
            <td>{lossText(loss)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Three digits that mean something, without an exponent: learning rates lie between 0.0001 and 10. */
export const rateText = (rate: number): string => String(Number(rate.toPrecision(3)));

/** Losses between 10⁻⁹ and 10⁹ in a width that hardly changes. */
export function lossText(loss: number): string {
  if (Number.isNaN(loss)) return "–";
  if (loss !== 0 && (Math.abs(loss) < 0.001 || Math.abs(loss) >= 10_000)) {
    const [mantissa, exponent] = loss.toExponential(1).split("e") as [string, string];
    return `${mantissa}·10${superscript(Number(exponent))}`;
  }
  return loss.toPrecision(3).slice(0, 6);
}

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (value: number) =>
  `${value < 0 ? "⁻" : ""}${[...String(Math.abs(value))].map((digit) => DIGITS[Number(digit)]).join("")}`;
