/** Changes of the input whose effect is to be predicted: does the answer change? */
import { FRAME, synthesise } from "../../data/vowels.ts";
import { inputOf, type JourneyState, LONGEST_TEXT, rounded, voiceOf } from "./state.ts";

export interface Change {
  readonly id: string;
  /** Ends the sentence “… 답이 바뀔까요?”, such as “문장 부호를 ?로 바꾸면”. */
  readonly label: string;
  /** What to notice afterwards. */
  readonly lesson: string;
  /** The new settings, or samples that no setting makes; `undefined` where it would change nothing. */
  apply(state: JourneyState, samples: readonly number[]): Changed | undefined;
}

export interface Changed {
  readonly patch: Partial<JourneyState>;
  /** Takes the place of the voice. */
  readonly samples?: readonly number[];
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

const SOUND_CHANGES: readonly Change[] = [
  {
    id: "loud",
    label: "소리를 세 배로 키우면",
    lesson: "들어온 소리는 먼저 크기를 맞춥니다. 그래서 첫 층부터 모든 수가 그대로입니다.",
    apply: (_state, samples) => ({ patch: {}, samples: samples.map((value) => value * 3) }),
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
    lesson: "어느 높이의 울림이 센지는 거꾸로 들어도 같습니다. 다만 필터에는 앞뒤가 있어 세기가 조금 달라집니다.",
    apply: (_state, samples) => ({ patch: {}, samples: [...samples].reverse() }),
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
    apply: (state) => ({ patch: {}, samples: slowed(state) }),
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
  return rounded(Array.from({ length: FRAME }, (_, i) => (samples[Math.floor(i / 2)]! + samples[Math.ceil(i / 2)]!) / 2));
}

export const changesOf = (kind: JourneyState["kind"]): readonly Change[] =>
  kind === "sentence" ? SENTENCE_CHANGES : SOUND_CHANGES;

/** The next change, from position `from` on, that would change something; with its position. */
export function nextChange(state: JourneyState, from: number): { change: Change; at: number; changed: Changed } {
  const changes = changesOf(state.kind);
  const input = inputOf(state);
  const samples = input.kind === "sound" ? input.samples : [];
  for (let turn = 0; turn < changes.length; turn++) {
    const at = (from + turn) % changes.length;
    const changed = changes[at]!.apply(state, samples);
    if (changed) return { change: changes[at]!, at, changed };
  }
  throw new Error(`no change applies to ${state.kind}`);
}
