import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { VOWEL_WORDS } from "../../data/voice.ts";
import { Button, Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Find } from "./Find.tsx";
import { voiceGoals } from "./goals.ts";
import { Picture } from "./Picture.tsx";
import { bestOf, type Finding, findingOf, type Recognised } from "./results.ts";
import { newSpeakers, STRANGER, saidBy, suppliedSamples } from "./samples.ts";
import { SCENE_BLOCKS, type Scene, sceneOf } from "./scenes.ts";
import { namesOf, PRESETS, voiceState } from "./state.ts";
import { answerText, findingText, leftOutText } from "./text.ts";
import { useVoice } from "./use-voice.ts";
import { type Sample, Words } from "./Words.tsx";
import "./voice-lab.css";

const PARTS = [
  { value: "find", label: "말소리 찾기" },
  { value: "words", label: "내 낱말 가르치기" },
] as const;
/** Milliseconds that a slider must rest before its sound is heard. */
const SETTLED = 150;
/** Recordings of one word that are kept. */
const MOST_SAMPLES = 12;

export default function View({ preset = "find" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "voice-lab",
    voiceState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const { state, set } = widget;
  const names = namesOf(state);
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [awaited, setAwaited] = useState<number>();
  const [recognised, setRecognised] = useState<readonly Recognised[]>([]);
  const [tested, setTested] = useState<{ right: number; decibels: number }>();
  const said = useRef(0);
  const { scene: id, seed, decibels } = state;
  const scene = useMemo(() => sceneOf(id, { seed, decibels }), [id, seed, decibels]);
  /** The supplied sound that is being heard; `undefined` for the microphone. */
  const [heard, setHeard] = useState<{ id: typeof id; decibels: number; scene: Scene }>();

  const answer = async (signal: Float32Array, truth: Recognised["truth"]) => {
    const [probabilities] = await voice.ask([signal]);
    if (probabilities) setRecognised((before) => [...before.slice(-49), { probabilities, truth }]);
  };
  const voice = useVoice((signal) => {
    if (heard) return;
    if (awaited !== undefined) {
      const label = awaited;
      setAwaited(undefined);
      setSamples((before) =>
        before.filter((sample) => sample.label === label).length < MOST_SAMPLES
          ? [...before, { signal, label }]
          : before,
      );
    } else if (voice.lesson && state.part === "words") void answer(signal, undefined);
  });
  useEffect(() => {
    if (!heard || voice.blocks !== SCENE_BLOCKS) return;
    const finding = findingOf(heard.id, heard.decibels, heard.scene, voice.track);
    if (finding) setFindings((before) => [...before.slice(-19), finding]);
  }, [voice.blocks, heard]);

  const hear = () => {
    setHeard({ id, decibels, scene });
    voice.hear(scene);
  };
  useEffect(() => {
    // What is chosen is heard without a press: nothing is fetched for it and no sound is made.
    if (voice.microphone) return;
    const timer = setTimeout(hear, SETTLED);
    return () => clearTimeout(timer);
  }, [scene, voice.detector === "ready"]);
  const forget = () => {
    voice.forget();
    setSamples([]);
    setRecognised([]);
    setTested(undefined);
    setFindings([]);
    setAwaited(undefined);
    setHeard(undefined);
  };
  const teach = () => {
    setRecognised([]);
    setTested(undefined);
    voice.teach(samples, names.length, state.seed);
  };
  const say = (who: "new" | "stranger") => {
    said.current++;
    const label = (said.current * 7 + state.seed) % VOWEL_WORDS.length;
    const vowels = who === "new" ? VOWEL_WORDS[label]!.vowels : STRANGER.vowels;
    void answer(
      saidBy(vowels, decibels, 5_000_000 + state.seed * 1000 + said.current),
      who === "new" ? label : who,
    );
  };
  const test = async () => {
    const speakers = newSpeakers(decibels, state.seed);
    const answers = await voice.ask(speakers.map(({ signal }) => signal));
    setTested({ right: answers.filter((each, i) => bestOf(each) === speakers[i]!.label).length, decibels });
  };
  const finding = findingText(findings.at(-1));
  const lesson = leftOutText(voice.lesson, voice.teaching, names);
  return (
    <WidgetFrame
      widget="voice-lab"
      title={WIDGETS["voice-lab"].title}
      instruction={
        state.part === "find"
          ? "소리의 그림입니다. 신경망을 받아 어디가 말소리인지 물어보세요. 마이크를 켜도 됩니다."
          : "낱말 셋의 녹음을 모아 신경망에게 가르치세요. 마이크 대신 본보기 목소리를 써도 됩니다."
      }
      goals={voiceGoals(findings, voice.lesson, recognised)}
      description={`소리를 높이와 시간의 그림으로 바꾸고, 말소리인지 아닌지와 어느 낱말인지를 신경망이 답합니다. 모든 계산은 이 기기에서 하고, 녹음은 페이지를 닫으면 사라집니다. ${finding} ${lesson}`}
      onReset={() => {
        forget();
        widget.reset();
      }}
      encodedState={() => voiceState.encode(state)}
      notice={widget.notice ?? voice.failure}
      announcement={
        voice.microphone
          ? "마이크가 켜졌습니다."
          : state.part === "find"
            ? finding
            : recognised.length > 0
              ? answerText(recognised.at(-1), names)
              : lesson
      }
    >
      <div class="vl" ref={place}>
        <Segmented
          label="무엇을 할까요"
          value={state.part}
          options={PARTS}
          onChange={(part) => set({ part })}
        />
        <Picture
          voice={voice}
          speech={heard?.scene.speech}
          label="소리의 그림: 가로는 시간, 세로는 소리의 높이, 진할수록 센 소리입니다. 아래 곡선은 말소리일 확률과 소리 크기입니다."
        />
        <div class="vl-buttons">
          <Button
            pressed={voice.microphone}
            onClick={() => {
              if (voice.microphone) {
                voice.closeMicrophone();
                setAwaited(undefined);
                return;
              }
              setHeard(undefined);
              voice.openMicrophone();
            }}
          >
            {voice.microphone ? "마이크 끄기" : "마이크 켜기"}
          </Button>
          <p class="vl-note">소리는 이 기기를 떠나지 않고, 저장하지 않으며, 페이지를 닫으면 사라집니다.</p>
        </div>
        {state.part === "find" ? (
          <>
            <p class="vl-status">{finding}</p>
            <Find {...{ voice, state, scene, findings, set }} onHear={hear} />
          </>
        ) : (
          <Words
            {...{ voice, state, samples, awaited, recognised, tested, set }}
            onAwait={(label) => setAwaited(awaited === label ? undefined : label)}
            onFill={() => {
              setSamples(suppliedSamples(state.seed));
              const [first, second, third] = VOWEL_WORDS;
              set({ first: first.word, second: second.word, third: third.word });
            }}
            onRemove={(sample) => setSamples(samples.filter((one) => one !== sample))}
            onTeach={teach}
            onSay={say}
            onTest={() => void test()}
            onJudge={(truth) =>
              setRecognised((before) =>
                before.map((one, i) => (i === before.length - 1 ? { ...one, truth } : one)),
              )
            }
          />
        )}
      </div>
    </WidgetFrame>
  );
}
