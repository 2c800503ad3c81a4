import { useId } from "preact/hooks";
import { FRAME, synthesise, VOWELS } from "../../data/vowels.ts";
import { Button, More, Segmented, Slider } from "../../ui/controls.tsx";
import { DrawingPad } from "../../ui/DrawingPad.tsx";
import { FetchNetwork } from "../../ui/FetchNetwork.tsx";
import { ModelCard } from "../../ui/ModelCard.tsx";
import type { DigitNetwork } from "../../ui/use-digit-network.ts";
import { play } from "./microphone.ts";
import { EXAMPLE_DRAWINGS, type JourneyState, LONGEST_TEXT, PREPARATION, voiceOf } from "./state.ts";

export interface InputProps {
  state: JourneyState;
  /** Changes what is sent through the network. */
  change: (patch: Partial<JourneyState>) => void;
}

const SENTENCES = ["밥 먹었어?", "창문 좀 닫아 줘", "와 노래 정말 잘 부르는구나!", "나는 어제 책 읽었다."];

export function SentenceInput({ state, change }: InputProps) {
  const id = useId();
  return (
    <div class="sj-input">
      <label class="sj-text" for={id}>
        문장을 고쳐 보세요
        <input
          id={id}
          class="ui-text"
          type="text"
          value={state.text}
          maxLength={LONGEST_TEXT}
          autocomplete="off"
          enterkeyhint="done"
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <fieldset class="ui-field">
        <legend class="visually-hidden">보기 문장</legend>
        <div class="sj-buttons">
          {SENTENCES.map((text) => (
            <Button key={text} pressed={state.text === text} onClick={() => change({ text })}>
              {text}
            </Button>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

export interface SoundProps extends InputProps {
  listening: boolean;
  /** What stands in place of the voice, such as a recording. */
  recorded: readonly number[] | undefined;
  onListen: () => void;
  problem: string | undefined;
}

/** Long enough to be heard: half a second. */
const AUDIBLE = 4000;

export function SoundInput({ state, change, listening, recorded, onListen, problem }: SoundProps) {
  const listenTo = () =>
    play(
      recorded
        ? Array.from({ length: AUDIBLE }, (_, i) => recorded[i % FRAME]!)
        : synthesise(voiceOf(state), state.seed, AUDIBLE),
    );
  return (
    <div class="sj-input">
      <Segmented
        label="합성한 모음"
        value={state.vowel}
        options={VOWELS.map(({ id, letter }) => ({ value: id, label: letter }))}
        onChange={(vowel) => change({ vowel })}
      />
      <div class="sj-buttons">
        <Button onClick={listenTo}>{recorded ? "이 소리 듣기" : "소리 듣기"}</Button>
        <Button pressed={listening} onClick={onListen}>
          {listening ? "마이크 끄기" : "마이크로 말하기"}
        </Button>
      </div>
      <p class="sj-hint" role={problem ? "alert" : undefined}>
        {problem ??
          (listening
            ? "‘아, 에, 이, 오, 우’를 길게 소리 내 보세요. 15초 뒤에 저절로 꺼집니다."
            : "마이크는 누른 뒤에만 듣습니다. 소리는 이 기기를 떠나지 않고 저장하지도 않습니다.")}
      </p>
      <More label="더 보기: 음높이, 목소리, 잡음">
        <Slider
          label="음높이"
          value={state.pitch}
          min={70}
          max={400}
          step={5}
          unit=" Hz"
          onInput={(pitch) => change({ pitch })}
        />
        <Slider
          label="목소리 (0 평균 남성, 1 평균 여성)"
          value={state.voice}
          min={-0.2}
          max={1.2}
          step={0.05}
          format={(value) => value.toFixed(2)}
          onInput={(voice) => change({ voice })}
        />
        <Slider
          label="잡음의 크기 (목소리 1에 대하여)"
          value={state.noise}
          min={0}
          max={3}
          step={0.05}
          format={(value) => value.toFixed(2)}
          onInput={(noise) => change({ noise })}
        />
      </More>
    </div>
  );
}

export function PictureInput({ state, change, model }: InputProps & { model: DigitNetwork }) {
  return (
    <div class="sj-input sj-picture">
      <DrawingPad
        what="숫자"
        strokes={state.strokes}
        preparation={PREPARATION}
        onChange={({ strokes }) => change({ strokes })}
      />
      <div class="sj-side">
        <fieldset class="ui-field">
          <legend>보기 그림</legend>
          <div class="sj-buttons">
            {EXAMPLE_DRAWINGS.map(({ name, strokes }) => (
              <Button key={name} label={`${name} 그림`} onClick={() => change({ strokes })}>
                {name}
              </Button>
            ))}
          </div>
        </fieldset>
        {model.result ? <ModelCard card={model.result.card} /> : <FetchNetwork network={model} />}
      </div>
    </div>
  );
}
