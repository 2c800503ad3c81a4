/** Changes of the input whose effect is to be predicted: does the answer change? */

import type { Stroke } from "../../data/strokes.ts";
import { FRAME, synthesise } from "../../data/vowels.ts";
import type { SignalInput } from "./signals.ts";
import { inputOf, type JourneyState, LONGEST_TEXT, rounded, voiceOf } from "./state.ts";

export interface Change {
  readonly id: string;
  /** Ends the sentence “… 답이 바뀔까요?”, such as “문장 부호를 ?로 바꾸면”. */
  readonly label: string;
  /** What to notice afterwards. */
  readonly lesson: string;
  /** The new settings, or samples that no setting makes; `undefined` where it would change nothing. */
  apply(state: JourneyState, input: SignalInput): Changed | undefined;
}

export interface Changed {
  readonly patch: Partial<JourneyState>;
  /** Takes the place of what the settings make. */
  readonly input?: SignalInput;
}

const bare = (text: string) => text.replace(/[.?!]+$/u, "");

/** A change of the text; nothing when it stays or becomes too long. */
const ofText =
  (change: (text: string) => string): Change["apply"] =>
  ({ text }) => {
    const next = change(text);
    return next === text || next.length > LONGEST_TEXT ? undefined : { patch: { text: next } };
  };

const SENTENCE_CHANGES: readonly Change[] = [
  {
    id: "ask",
    label: "문장 부호를 ?로 바꾸면",
    lesson: "부호 하나도 토큰 하나입니다. 토큰이 적을수록 하나의 몫이 큽니다.",
    apply: ofText((text) => `${bare(text)}?`),
  },
  {
    id: "reverse",
    label: "낱말의 순서를 거꾸로 하면",
    lesson: "평균을 내는 층이 순서를 지웁니다. 그래서 이 신경망은 뒤섞인 문장도 똑같이 읽습니다.",
    apply: ofText((text) => text.split(" ").reverse().join(" ")),
  },
  {
    id: "cry",
    label: "문장 부호를 !로 바꾸면",
    lesson: "같은 낱말이라도 부호의 임베딩이 달라서 평균이 다른 쪽으로 끌려갑니다.",
    apply: ofText((text) => `${bare(text)}!`),
  },
  {
    id: "twice",
    label: "같은 문장을 두 번 쓰면",
    lesson: "토큰이 두 배가 되어도 평균은 그대로입니다.",
    apply: ofText((text) => `${text} ${text}`),
  },
  {
    id: "bare",
    label: "문장 부호를 빼면",
    lesson: "부호가 없으면 어미만 남습니다. ‘먹었어’는 물음일 수도, 설명일 수도 있습니다.",
    apply: ofText(bare),
  },
  {
    id: "please",
    label: "뒤에 ‘주세요’를 붙이면",
    lesson: "부탁하는 문장에만 나오던 토큰이 평균을 부탁 쪽으로 끕니다.",
    apply: ofText((text) => `${bare(text)} 주세요`),
  },
];

const ofSamples =
  (change: (samples: readonly number[]) => number[]): Change["apply"] =>
  (_state, input) =>
    input.kind === "sound"
      ? { patch: {}, input: { kind: "sound", samples: change(input.samples) } }
      : undefined;

const SOUND_CHANGES: readonly Change[] = [
  {
    id: "loud",
    label: "소리를 세 배로 키우면",
    lesson: "들어온 소리는 먼저 크기를 맞춥니다. 그래서 첫 층부터 모든 수가 그대로입니다.",
    apply: ofSamples((samples) => samples.map((value) => value * 3)),
  },
  {
    id: "noise",
    label: "목소리만큼 큰 잡음을 섞으면",
    lesson: "잡음은 모든 높이에 고루 들어 있어 필터마다 세기가 함께 올라갑니다.",
    apply: (state) => (state.noise >= 1 ? undefined : { patch: { noise: 1 } }),
  },
  {
    id: "back",
    label: "소리를 거꾸로 들려주면",
    lesson:
      "어느 높이의 울림이 센지는 거꾸로 들어도 같습니다. 다만 필터에는 앞뒤가 있어 세기가 조금 달라집니다.",
    apply: ofSamples((samples) => [...samples].reverse()),
  },
  {
    id: "high",
    label: "음높이를 1.5배로 올리면",
    lesson: "음높이는 성대가 떠는 빠르기이고, 모음은 입안의 울림이 정합니다.",
    apply: ({ pitch }) => (pitch * 1.5 > 400 ? undefined : { patch: { pitch: Math.round(pitch * 1.5) } }),
  },
  {
    id: "half",
    label: "소리를 두 배 느리게 들려주면",
    lesson: "느리게 하면 울림의 높이까지 절반이 되어 다른 모음처럼 들립니다.",
    apply: (state) => ({ patch: {}, input: { kind: "sound", samples: slowed(state) } }),
  },
  {
    id: "person",
    label: "같은 모음을 다른 사람의 목소리로 바꾸면",
    lesson: "사람마다 울림의 높이가 다릅니다. 여러 목소리로 훈련해야 모두 알아듣습니다.",
    apply: ({ voice }) => ({ patch: { voice: voice < 0.5 ? 1 : 0 } }),
  },
];

/** Every sample held twice as long: half the frequencies. */
function slowed(state: JourneyState): number[] {
  const samples = synthesise(voiceOf(state), state.seed, FRAME);
  return rounded(
    Array.from({ length: FRAME }, (_, i) => (samples[Math.floor(i / 2)]! + samples[Math.ceil(i / 2)]!) / 2),
  );
}

/** Every point of the drawing moved. */
const ofPoints =
  (move: (x: number, y: number) => readonly [number, number]): Change["apply"] =>
  ({ strokes }) => ({
    patch: {
      strokes: strokes.map((stroke) =>
        stroke.map(({ x, y }) => {
          const [toX, toY] = move(x, y);
          return { x: toX, y: toY };
        }),
      ),
    },
  });

const PICTURE_CHANGES: readonly Change[] = [
  {
    id: "small",
    label: "절반 크기로 구석에 그리면",
    lesson: "그림은 먼저 크기와 자리를 맞춥니다. 그래서 신경망에는 거의 같은 숫자가 들어갑니다.",
    apply: ofPoints((x, y) => [x / 2, y / 2]),
  },
  {
    id: "upside",
    label: "위아래를 뒤집으면",
    lesson: "합성곱은 옮겨 간 무늬는 알아보지만, 뒤집힌 무늬는 다른 무늬입니다.",
    apply: ofPoints((x, y) => [x, 1 - y]),
  },
  {
    id: "stroke",
    label: "마지막에 그은 획을 지우면",
    lesson: "획 하나가 없어지면 그 자리를 보던 유닛부터 값이 달라집니다.",
    apply: ({ strokes }) => (strokes.length < 2 ? undefined : { patch: { strokes: strokes.slice(0, -1) } }),
  },
  {
    id: "wide",
    label: "가로로 절반이 되게 누르면",
    lesson: "훈련할 때도 조금씩 늘이고 눌러 가며 보여 주었습니다. 어느 정도까지는 견딥니다.",
    apply: ofPoints((x, y) => [0.25 + x / 2, y]),
  },
  {
    id: "slant",
    label: "오른쪽으로 기울여 쓰면",
    lesson: "손글씨는 저마다 기울기가 다릅니다. 훈련에서 본 만큼은 견딥니다.",
    apply: ofPoints((x, y) => [Math.max(0, Math.min(1, x + 0.3 * (0.5 - y))), y]),
  },
  {
    id: "bar",
    label: "한가운데에 세로줄을 하나 그으면",
    lesson: "사람에게는 덧그은 줄이지만, 신경망에는 획이 하나 더 있는 다른 그림입니다.",
    apply: ({ strokes }) => ({ patch: { strokes: [...strokes, BAR] } }),
  },
];

const BAR: Stroke = [
  { x: 0.5, y: 0.1 },
  { x: 0.5, y: 0.9 },
];

const CHANGES: Readonly<Record<JourneyState["kind"], readonly Change[]>> = {
  picture: PICTURE_CHANGES,
  sentence: SENTENCE_CHANGES,
  sound: SOUND_CHANGES,
};

export const changesOf = (kind: JourneyState["kind"]): readonly Change[] => CHANGES[kind];

/** The next change, from position `from` on, that would change something; with its position. */
export function nextChange(
  state: JourneyState,
  from: number,
  input: SignalInput = inputOf(state),
): { change: Change; at: number; changed: Changed } {
  const changes = changesOf(state.kind);
  for (let turn = 0; turn < changes.length; turn++) {
    const at = (from + turn) % changes.length;
    const changed = changes[at]!.apply(state, input);
    if (changed) return { change: changes[at]!, at, changed };
  }
  throw new Error(`no change applies to ${state.kind}`);
}
