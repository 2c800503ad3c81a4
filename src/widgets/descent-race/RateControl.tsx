import { Button, Slider } from "../../ui/controls.tsx";
import { Cliff } from "./Cliff.tsx";
import { RACERS } from "./race.ts";
import { RACER_LOOKS } from "./racers.tsx";
import { rateText } from "./Scoreboard.tsx";
import { type DescentState, LEAST_RATE, MOST_RATE } from "./state.ts";
import { bestRates } from "./trainer.ts";
import type { Race } from "./use-race.ts";

interface RateControlProps {
  readonly state: DescentState;
  readonly race: Race;
  readonly change: (patch: Partial<DescentState>) => void;
}

/** Three digits: fine enough to stand just below or above a bound. */
const tidy = (rate: number) =>
  Number(Math.max(10 ** LEAST_RATE, Math.min(10 ** MOST_RATE, rate)).toPrecision(3));

/** One learning rate for all or one for each, and the sweep over all of them. */
export function RateControl({ state, race, change }: RateControlProps) {
  const own = state.rates.length === RACERS.length;
  const { sweep } = race;
  const setOwn = (index: number, rate: number) =>
    change({ rates: race.live.rates.map((value, i) => (i === index ? rate : value)) });
  return (
    <div class="dr-rates">
      {own ? (
        race.racers.map((racer) => (
          <RateSlider
            key={racer}
            label={`${RACER_LOOKS[racer].label}의 학습률 η`}
            rate={race.live.rates[RACERS.indexOf(racer)]!}
            onRate={(rate) => setOwn(RACERS.indexOf(racer), rate)}
          />
        ))
      ) : (
        <RateSlider label="모두의 학습률 η" rate={state.rate} onRate={(rate) => change({ rate })} />
      )}
      <div class="dr-buttons">
        <Button onClick={() => race.lab.command("sweep")}>학습률 훑어보기</Button>
        {sweep && (
          <Button onClick={() => change({ rates: bestRates(sweep, state.rate).map(tidy) })}>
            각자 가장 빠른 학습률로
          </Button>
        )}
        <Button
          kind="quiet"
          onClick={() => change(own ? { rates: [] } : { rates: RACERS.map(() => state.rate) })}
        >
          {own ? "모두 같은 학습률로" : "학습률을 따로 정하기"}
        </Button>
      </div>
      {sweep && (
        <Cliff
          sweep={sweep}
          entrants={race.racers}
          rate={state.rate}
          bottoms={race.bottoms}
          onRate={(rate) => change({ rate: tidy(rate), rates: [] })}
        />
      )}
    </div>
  );
}

function RateSlider({
  label,
  rate,
  onRate,
}: {
  label: string;
  rate: number;
  onRate: (rate: number) => void;
}) {
  return (
    <Slider
      label={label}
      value={Math.log10(rate)}
      min={LEAST_RATE}
      max={MOST_RATE}
      step={0.01}
      format={(exponent) => rateText(tidy(10 ** exponent))}
      onInput={(exponent) => onRate(tidy(10 ** exponent))}
    />
  );
}
