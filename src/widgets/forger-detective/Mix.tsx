import { useState } from "preact/hooks";
import { PIXELS, SIDE } from "../../models/digit-gan-network.ts";
import { Button, Segmented, Select, Slider } from "../../ui/controls.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { type MixView, STRIP } from "./experiment.ts";
import { Opinion, Pictures } from "./Opinion.tsx";
import { CHOICES, type ForgerState, MOST_STRENGTH } from "./state.ts";
import type { Made } from "./studio.ts";
import { ARROW_OPTIONS, effectText, percent } from "./text.ts";

export interface MixProps {
  state: ForgerState;
  view: MixView | undefined;
  set: (patch: Partial<ForgerState>) => void;
}

const DIGITS = Array.from({ length: 10 }, (_, i) => ({ value: String(i), label: String(i) }));

/** Two pictures mixed in their noise, and the mixture moved along an arrow. */
export function Mix({ state, view, set }: MixProps) {
  const [place, setPlace] = useState<"first" | "second">("first");
  const choose = (i: number) => {
    set(place === "first" ? { first: i } : { second: i });
    setPlace(place === "first" ? "second" : "first");
  };
  return (
    <div class="fd-mix">
      <div class="fd-choose">
        <Segmented
          label="어느 그림을 고를까요"
          value={place}
          options={[
            { value: "first", label: "첫째 그림" },
            { value: "second", label: "둘째 그림" },
          ]}
          onChange={setPlace}
        />
        <ul class="fd-choices">
          {Array.from({ length: CHOICES }, (_, i) => (
            <li key={`choice ${i}`}>
              <Choice i={i} made={view?.choices} state={state} onChoose={() => choose(i)} />
            </li>
          ))}
        </ul>
        <Button onClick={() => set({ seed: (state.seed % 999_999) + 1 })}>다른 열두 장</Button>
      </div>
      <div class="fd-mixed">
        <Slider
          label="첫째에서 둘째로"
          value={state.between}
          min={0}
          max={1}
          step={0.01}
          format={percent}
          onInput={(between) => set({ between })}
        />
        {view && <Strip made={view.mixed} name="첫째 그림에서 둘째 그림까지" />}
        <div class="fd-arrow">
          <Select
            label="더할 화살표"
            value={state.arrow}
            options={ARROW_OPTIONS}
            onChange={(arrow) => set({ arrow })}
          />
          {state.arrow === "digit" && (
            <Select
              label="숫자"
              value={String(state.digit)}
              options={DIGITS}
              onChange={(digit) => set({ digit: Number(digit) })}
            />
          )}
        </div>
        <Slider
          label="더하는 양"
          value={state.strength}
          min={-MOST_STRENGTH}
          max={MOST_STRENGTH}
          step={0.1}
          format={(strength) => (strength > 0 ? `+${strength.toFixed(1)}` : strength.toFixed(1))}
          onInput={(strength) => set({ strength })}
        />
        {view && <Strip made={view.moved} name="화살표를 거꾸로 3만큼에서 앞으로 3만큼까지" />}
        <Opinion picture={view?.result.picture} reading={view?.result} />
        <p class="fd-effect">{view ? effectText(state, view) : "준비하고 있습니다."}</p>
        <p class="fd-note">
          화살표는 위조범이 그린 그림 800장에서 구합니다. 같은 숫자끼리 견주어 잉크의 양, 기울기, 너비가 가장
          빨리 커지는 잡음의 방향, 또는 그 숫자로 읽히는 그림이 가장 빨리 느는 방향입니다. 픽셀은 건드리지
          않습니다. 곧은 화살표를 멀리 따라가면 다른 것도 함께 변합니다.
        </p>
      </div>
    </div>
  );
}

interface ChoiceProps {
  i: number;
  made: Made | undefined;
  state: ForgerState;
  onChoose: () => void;
}

function Choice({ i, made, state, onChoose }: ChoiceProps) {
  const reading = made?.readings[i];
  const roles = [state.first === i ? "첫째" : "", state.second === i ? "둘째" : ""].filter(Boolean);
  return (
    <button
      type="button"
      class="fd-choice"
      aria-pressed={roles.length > 0}
      aria-label={`${i + 1}번 그림${reading ? `, ${reading.digit}${"처럼 보임"}` : ""}${roles.length > 0 ? `, ${roles.join(" ")}` : ""}`}
      onClick={onChoose}
    >
      <PixelPicture
        values={made?.pictures.subarray(i * PIXELS, (i + 1) * PIXELS)}
        rows={SIDE}
        columns={SIDE}
      />
      <span aria-hidden="true">{roles.join("·") || "\u00a0"}</span>
    </button>
  );
}

function Strip({ made, name }: { made: Made; name: string }) {
  const digits = made.readings.map(({ digit }) => digit);
  return (
    <div class="fd-strip">
      <Pictures values={made.pictures} count={STRIP} label={`${name}: ${digits.join(", ")}`} />
      <div class="fd-strip-digits" aria-hidden="true">
        {digits.map((digit, i) => (
          <span key={`place ${i}`}>{digit}</span>
        ))}
      </div>
    </div>
  );
}
