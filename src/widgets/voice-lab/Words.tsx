import { useRef } from "preact/hooks";
import { Button, Readout, Slider } from "../../ui/controls.tsx";
import { bestOf, leftOutOf, type Recognised } from "./results.ts";
import { EACH, TESTED } from "./samples.ts";
import { LONGEST_NAME, NAME_FIELDS, namesOf, type VoiceState } from "./state.ts";
import { answerText, decibelText, leftOutText, louderText } from "./text.ts";
import type { VoiceHandle } from "./use-voice.ts";
import { WordImage } from "./WordImage.tsx";

/** A recording of a word. */
export interface Sample {
  readonly signal: Float32Array;
  readonly label: number;
}

export interface WordsProps {
  readonly voice: VoiceHandle;
  readonly state: VoiceState;
  readonly samples: readonly Sample[];
  /** The word that the next sound of the microphone belongs to. */
  readonly awaited: number | undefined;
  readonly recognised: readonly Recognised[];
  /** Share of new speakers that were understood, and at which loudness. */
  readonly tested: { readonly right: number; readonly decibels: number } | undefined;
  readonly set: (patch: Partial<VoiceState>) => void;
  readonly onAwait: (label: number) => void;
  readonly onFill: () => void;
  readonly onRemove: (sample: Sample) => void;
  readonly onTeach: () => void;
  readonly onSay: (who: "new" | "stranger") => void;
  readonly onTest: () => void;
  readonly onJudge: (truth: number | "stranger") => void;
}

/** A few recordings of three words, what is learned from them, and how well it hears new ones. */
export function Words(props: WordsProps) {
  const { voice, state, samples, set } = props;
  const { lesson } = voice;
  const names = namesOf(state);
  const enough = names.every((_, label) => samples.some((sample) => sample.label === label));
  return (
    <div class="vl-words">
      <ul class="vl-list">
        {NAME_FIELDS.map((field, label) => (
          <WordRow key={field} {...props} field={field} label={label} name={names[label]!} />
        ))}
      </ul>
      <div class="vl-buttons">
        <Button kind={samples.length === 0 ? "primary" : "plain"} onClick={props.onFill}>
          {`본보기로 ${EACH}번씩 채우기`}
        </Button>
        <Button
          kind={samples.length > 0 && !lesson ? "primary" : "plain"}
          disabled={!enough || voice.teaching}
          onClick={props.onTeach}
        >
          이 녹음으로 배우기
        </Button>
      </div>
      <p class="vl-status">{leftOutText(lesson, voice.teaching, names)}</p>
      <div class="vl-readouts">
        <Readout label="녹음" value={`${samples.length}개`} />
        <Readout label="하나씩 빼고 시험" value={lesson ? leftOutShare(lesson) : "–"} />
        <Readout
          label="새 목소리 시험"
          value={
            props.tested ? `${props.tested.right}/${TESTED} (${decibelText(props.tested.decibels)})` : "–"
          }
        />
      </div>
      <Slider
        label="새 목소리는 소음보다"
        value={state.decibels}
        min={-10}
        max={30}
        step={1}
        format={louderText}
        onInput={(decibels) => set({ decibels })}
      />
      <div class="vl-buttons">
        <Button kind={lesson ? "primary" : "plain"} disabled={!lesson} onClick={() => props.onSay("new")}>
          새 목소리가 말하기
        </Button>
        <Button disabled={!lesson} onClick={() => props.onSay("stranger")}>
          안 가르친 말 하기
        </Button>
        <Button disabled={!lesson} onClick={props.onTest}>
          {`새 목소리 ${TESTED}개로 시험`}
        </Button>
      </div>
      <Answer recognised={props.recognised} names={names} onJudge={props.onJudge} />
    </div>
  );
}

const leftOutShare = (lesson: NonNullable<VoiceHandle["lesson"]>) => {
  const { right, count } = leftOutOf(lesson);
  return `${right}/${count}`;
};

function WordRow({
  voice,
  samples,
  awaited,
  field,
  label,
  name,
  set,
  onAwait,
  onRemove,
}: WordsProps & { field: (typeof NAME_FIELDS)[number]; label: number; name: string }) {
  const own = samples.filter((sample) => sample.label === label);
  const input = useRef<HTMLInputElement>(null);
  return (
    <li>
      <div class="vl-word">
        <input
          ref={input}
          class="ui-text"
          aria-label={`${label + 1}번 낱말의 이름`}
          value={name}
          maxLength={LONGEST_NAME}
          onInput={({ currentTarget: { value } }) => {
            const text = value.replace(/[^\p{L}\p{N} ]/gu, "").slice(0, LONGEST_NAME);
            if (text.trim() !== "") set({ [field]: text });
          }}
          onBlur={() => {
            // A name that cannot be kept gives way to the last one that can.
            if (input.current) input.current.value = name;
          }}
        />
        <Button disabled={!voice.microphone} pressed={awaited === label} onClick={() => onAwait(label)}>
          {awaited === label ? "말하세요…" : "마이크로 녹음"}
        </Button>
      </div>
      <div class="vl-samples">
        {own.map((sample, i) => (
          <button
            key={i}
            type="button"
            class="vl-sample"
            aria-label={`${name} 녹음 ${i + 1} 지우기`}
            onClick={() => onRemove(sample)}
          >
            <WordImage signal={sample.signal} />
          </button>
        ))}
        {own.length === 0 && <span class="vl-note">아직 녹음이 없습니다.</span>}
      </div>
    </li>
  );
}

/** What the network said last. */
function Answer({
  recognised,
  names,
  onJudge,
}: {
  recognised: readonly Recognised[];
  names: readonly string[];
  onJudge: (truth: number | "stranger") => void;
}) {
  const last = recognised.at(-1);
  const best = last && bestOf(last.probabilities);
  return (
    <div class="vl-answer">
      <p class="vl-status">{answerText(last, names)}</p>
      <ul class="vl-bars">
        {names.map((name, i) => (
          <li key={i}>
            <span class="vl-bar-name">{name}</span>
            <span class="vl-bar" aria-hidden="true">
              <span
                class={i === best ? "vl-bar-best" : ""}
                style={{ inlineSize: `${100 * (last?.probabilities[i] ?? 0)}%` }}
              />
            </span>
            <span class="vl-number">{last ? `${Math.round(100 * last.probabilities[i]!)}%` : "–"}</span>
          </li>
        ))}
      </ul>
      {last && last.truth === undefined && best !== undefined && (
        <div class="vl-buttons">
          <Button onClick={() => onJudge(best)}>맞았습니다</Button>
          {names.map(
            (name, i) =>
              i !== best && (
                <Button key={i} onClick={() => onJudge(i)}>
                  {`사실은 ‘${name}’`}
                </Button>
              ),
          )}
          <Button onClick={() => onJudge("stranger")}>가르치지 않은 말입니다</Button>
        </div>
      )}
    </div>
  );
}
