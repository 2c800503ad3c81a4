import type { ComponentChildren } from "preact";
import { numberText, shortText } from "../../ui/number-text.ts";
import { type Direction, directionOf, type Guesses } from "./guess.ts";
import type { Example, Reading } from "./network.ts";
import { signOf } from "./sign.ts";
import { HIDDEN_LAYER, type LoopState, NAMES, OUTPUT_LAYER, stageReached } from "./state.ts";

/** Places in the box: percent of its width from the left, pixels from the top. */
type Place = readonly [left: number, top: number];

export const HEIGHT = 352;
const X: readonly Place[] = [
  [8, 82],
  [8, 252],
];
const H: readonly Place[] = [
  [47, 82],
  [47, 252],
];
const Y: Place = [84, 167];
/** Where each parameter stands, in the order of `NAMES`. */
const PLACES: readonly Place[] = [
  [26, 82],
  [34, 138],
  [47, 23],
  [34, 196],
  [26, 252],
  [47, 326],
  [65.5, 122],
  [65, 208],
  [86, 80],
];
/** Lines of the weights, by the parameter's index. */
const LINES: readonly (readonly [index: number, from: Place, to: Place])[] = [
  [0, X[0]!, H[0]!],
  [1, X[1]!, H[0]!],
  [3, X[0]!, H[1]!],
  [4, X[1]!, H[1]!],
  [6, H[0]!, Y],
  [7, H[1]!, Y],
];

export const ARROWS: Readonly<Record<Direction, string>> = { up: "▲", down: "▼", same: "＝" };

export interface NetProps {
  state: LoopState;
  example: Example;
  /** The step at hand. */
  reading: Reading;
  /** The network after the step, once it has been taken. */
  after: Reading | undefined;
  guesses: Guesses;
  selected: number | undefined;
  onSelect: (index: number) => void;
  running: boolean;
}

/** The network with all its numbers: activations in the neurons, parameters and their gradients at the lines. */
export function Net({ state, example, reading, after, guesses, selected, onSelect, running }: NetProps) {
  const { stage } = state;
  const parameters = after ? reading.next : state.parameters;
  const { hidden, output, loss } = after ?? reading;
  const forward = running || stageReached(stage, "forward");
  const flow = running ? undefined : flowOf(state);
  return (
    <div class="tl-net" style={{ blockSize: `${HEIGHT}px` }}>
      <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {LINES.map(([index, from, to]) => (
          <path
            key={index}
            class="tl-line"
            data-sign={parameters[index]! < 0 ? "negative" : "positive"}
            data-flow={flow?.lines.includes(index) ? flow.direction : undefined}
            style={{ strokeWidth: Math.min(7, 1 + 2 * Math.abs(parameters[index]!)) }}
            d={`M${from.join(" ")}L${to.join(" ")}`}
          />
        ))}
      </svg>
      {X.map((place, i) => (
        <Node key={place[1]} place={place} name={`x${"₁₂"[i]}`} value={example.x[i]!} kind="input" />
      ))}
      {H.map((place, i) => (
        <Node
          key={place[1]}
          place={place}
          name={`h${"₁₂"[i]}`}
          value={forward ? hidden[i]! : undefined}
          gradient={!running && !after && stageReached(stage, "hidden") ? reading.sumGradients[i] : undefined}
        />
      ))}
      <Node
        place={Y}
        name="y"
        value={forward ? output : undefined}
        gradient={!running && !after && stageReached(stage, "output") ? reading.outputGradient : undefined}
      />
      <Under place={Y} offset={62}>
        정답 t <strong>{shortText(example.target)}</strong>
      </Under>
      <Under place={Y} offset={88}>
        손실 L <strong>{running || stageReached(stage, "loss") ? numberText(loss, 3) : "?"}</strong>
      </Under>
      {PLACES.map((place, i) => (
        <Parameter
          key={NAMES[i]}
          place={place}
          index={i}
          value={parameters[i]!}
          gradient={!running && gradientShown(state, i) ? reading.gradients[i] : undefined}
          guess={running ? undefined : guesses[i]}
          selected={selected === i}
          onSelect={() => onSelect(i)}
        />
      ))}
    </div>
  );
}

/** Which lines carry something at this stage, and which way. */
function flowOf({
  stage,
}: LoopState): { direction: "forward" | "backward"; lines: readonly number[] } | undefined {
  if (stage === "forward") return { direction: "forward", lines: [0, 1, 3, 4, 6, 7] };
  if (stage === "output" || stage === "ask-output") return { direction: "backward", lines: OUTPUT_LAYER };
  if (stage === "hidden" || stage === "ask-hidden") return { direction: "backward", lines: HIDDEN_LAYER };
  return undefined;
}

export function gradientShown({ stage }: Pick<LoopState, "stage">, index: number): boolean {
  return stageReached(stage, index >= OUTPUT_LAYER[0] ? "output" : "hidden");
}

const at = ([left, top]: Place) => ({ insetInlineStart: `${left}%`, insetBlockStart: `${top}px` });
interface NodeProps {
  place: Place;
  name: string;
  value: number | undefined;
  gradient?: number | undefined;
  kind?: "input";
}

function Node({ place, name, value, gradient, kind }: NodeProps) {
  return (
    <div class="tl-node" data-kind={kind} style={at(place)}>
      <span>{name}</span>
      <strong data-sign={signOf(value)}>
        {value === undefined ? "?" : kind === "input" ? shortText(value) : numberText(value)}
      </strong>
      {gradient !== undefined && (
        <span class="tl-blame" data-sign={signOf(gradient)}>
          <span class="visually-hidden">{name === "y" ? "y" : `z${name.slice(1)}`}의 기울기 </span>∂{" "}
          {numberText(gradient)}
        </span>
      )}
    </div>
  );
}

function Under({ place, offset, children }: { place: Place; offset: number; children: ComponentChildren }) {
  return (
    <p class="tl-under" style={at([place[0], place[1] + offset])}>
      {children}
    </p>
  );
}

interface ParameterProps {
  place: Place;
  index: number;
  value: number;
  gradient: number | undefined;
  guess: Direction | undefined;
  selected: boolean;
  onSelect: () => void;
}

function Parameter({ place, index, value, gradient, guess, selected, onSelect }: ParameterProps) {
  const moved = gradient === undefined ? undefined : directionOf(gradient);
  const right = moved === undefined || guess === undefined ? undefined : moved === guess;
  return (
    <button
      type="button"
      class="tl-parameter"
      style={at(place)}
      aria-pressed={selected}
      data-right={right === undefined ? undefined : right}
      onClick={onSelect}
    >
      <span>
        {NAMES[index]} <strong data-sign={signOf(value)}>{numberText(value)}</strong>
      </span>
      {gradient === undefined ? (
        guess && <span class="tl-guess">{ARROWS[guess]}?</span>
      ) : (
        <span class="tl-gradient">
          <span aria-hidden="true">{ARROWS[moved!]}</span> <span class="visually-hidden">기울기 </span>
          <span data-sign={signOf(gradient)}>{numberText(gradient)}</span>
        </span>
      )}
      <span class="visually-hidden">, 값 고치기</span>
    </button>
  );
}
