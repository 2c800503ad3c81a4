import { useId } from "preact/hooks";
import { numberText } from "../../ui/number-text.ts";
import type { Direction, Guesses } from "./guess.ts";
import type { Parameters } from "./network.ts";
import { NAMES } from "./state.ts";

const DIRECTIONS = [
  { value: "up", label: "▲ 커진다" },
  { value: "down", label: "▼ 작아진다" },
  { value: "same", label: "＝ 그대로" },
] as const satisfies readonly { value: Direction; label: string }[];

interface AskProps {
  indices: readonly number[];
  parameters: Parameters;
  guesses: Guesses;
  onGuess: (index: number, direction: Direction) => void;
}

/** One row of radio buttons for each parameter that is asked for. */
export function Ask({ indices, parameters, guesses, onGuess }: AskProps) {
  const name = useId();
  return (
    <div class="tl-asks">
      {indices.map((index) => (
        <div key={index} class="tl-ask" role="radiogroup" aria-labelledby={`${name}-${index}`}>
          <span class="tl-ask-name" id={`${name}-${index}`}>
            {NAMES[index]} = {numberText(parameters[index]!)}
          </span>
          <div class="tl-ask-options">
            {DIRECTIONS.map(({ value, label }) => (
              <label key={value}>
                <input
                  type="radio"
                  name={`${name}-${index}-guess`}
                  checked={guesses[index] === value}
                  onChange={() => onGuess(index, value)}
                />
                <span>{label}</span>
              </label>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
