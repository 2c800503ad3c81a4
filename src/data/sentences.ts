/**
 * Short Korean sentences of four kinds, put together from an authored grammar: what somebody does, in the forms each
 * kind of sentence takes. The words of the test sentences' actions never occur in the training.
 */
import { Random } from "../engine/random.ts";

export const SENTENCE_KINDS = [
  { id: "question", label: "질문" },
  { id: "request", label: "부탁" },
  { id: "exclamation", label: "감탄" },
  { id: "statement", label: "설명" },
] as const;

export type SentenceKind = (typeof SENTENCE_KINDS)[number]["id"];

/** One action in the forms its endings need: 먹었-, 먹어, 먹는-, 먹을-, 먹-. */
interface Action {
  readonly object: string;
  readonly past: string;
  readonly plain: string;
  readonly now: string;
  readonly will: string;
  readonly stem: string;
}

const action = (
  object: string,
  past: string,
  plain: string,
  now: string,
  will: string,
  stem: string,
): Action => ({
  ...{ object, past, plain, now, will, stem },
});

const ACTIONS: readonly Action[] = [
  action("밥", "먹었", "먹어", "먹는", "먹을", "먹"),
  action("물", "마셨", "마셔", "마시는", "마실", "마시"),
  action("책", "읽었", "읽어", "읽는", "읽을", "읽"),
  action("편지", "썼", "써", "쓰는", "쓸", "쓰"),
  action("문", "열었", "열어", "여는", "열", "열"),
  action("창문", "닫았", "닫아", "닫는", "닫을", "닫"),
  action("노래", "불렀", "불러", "부르는", "부를", "부르"),
  action("사진", "찍었", "찍어", "찍는", "찍을", "찍"),
  action("그림", "그렸", "그려", "그리는", "그릴", "그리"),
  action("옷", "입었", "입어", "입는", "입을", "입"),
  action("빵", "구웠", "구워", "굽는", "구울", "굽"),
  action("청소", "했", "해", "하는", "할", "하"),
  action("숙제", "끝냈", "끝내", "끝내는", "끝낼", "끝내"),
  action("자전거", "탔", "타", "타는", "탈", "타"),
  action("강아지", "씻겼", "씻겨", "씻기는", "씻길", "씻기"),
  action("영화", "봤", "봐", "보는", "볼", "보"),
  action("음악", "들었", "들어", "듣는", "들을", "듣"),
  action("우산", "샀", "사", "사는", "살", "사"),
  action("길", "찾았", "찾아", "찾는", "찾을", "찾"),
  action("이름", "적었", "적어", "적는", "적을", "적"),
  action("고양이", "안았", "안아", "안는", "안을", "안"),
  action("약속", "지켰", "지켜", "지키는", "지킬", "지키"),
  action("꽃", "심었", "심어", "심는", "심을", "심"),
  action("전화", "받았", "받아", "받는", "받을", "받"),
];

/** Every fourth action is kept for the test. */
const isHeldOut = (index: number) => index % 4 === 3;

type Form = (of: Action) => string;

/** The forms of each kind, without the mark at the end. */
const FORMS: Readonly<Record<SentenceKind, readonly Form[]>> = {
  question: [
    ({ object, past }) => `${object} ${past}어`,
    ({ object, past }) => `${object} ${past}니`,
    ({ object, past }) => `${object} ${past}나요`,
    ({ object, past }) => `${object} ${past}습니까`,
    ({ object, will }) => `우리 ${object} ${will}까`,
    ({ object, stem }) => `지금 ${object} ${stem}고 있어`,
    ({ object, past }) => `언제 ${object} ${past}어`,
    ({ object, past }) => `왜 ${object} ${past}어요`,
    ({ object, past }) => `누가 ${object} ${past}는지 알아`,
    ({ object, now }) => `어디서 ${object} ${now} 거야`,
    ({ object, now }) => `혹시 ${object} ${now} 중인가요`,
  ],
  request: [
    ({ object, plain }) => `${object} ${plain} 줘`,
    ({ object, plain }) => `${object} 좀 ${plain} 줘`,
    ({ object, plain }) => `${object} ${plain} 주세요`,
    ({ object, plain }) => `미안하지만 ${object} 좀 ${plain} 주세요`,
    ({ object, plain }) => `${object} ${plain} 줄래`,
    ({ object, plain }) => `${object} ${plain} 주실래요`,
    ({ object, plain }) => `${object} ${plain} 주시겠어요`,
    ({ object, plain }) => `${object} ${plain} 주면 좋겠어`,
    ({ object, plain }) => `얼른 ${object} ${plain} 주렴`,
    ({ object, plain }) => `${object} ${plain} 달라고 부탁할게`,
  ],
  exclamation: [
    ({ object, past }) => `${object} ${past}구나`,
    ({ object, past }) => `${object} ${past}네`,
    ({ object, past }) => `와 ${object} ${past}네`,
    ({ object, past }) => `우와 ${object} 정말 잘 ${past}다`,
    ({ object, past }) => `벌써 ${object} ${past}다니`,
    ({ object, past }) => `세상에 ${object} 다 ${past}어`,
    ({ object, past }) => `${object} 참 잘 ${past}군요`,
    ({ object, now }) => `${object} 정말 잘 ${now}구나`,
    ({ object, past }) => `${object} ${past}어 정말 신난다`,
  ],
  statement: [
    ({ object, past }) => `${object} ${past}습니다`,
    ({ object, past }) => `${object} ${past}어요`,
    ({ object, past }) => `${object} ${past}다`,
    ({ object, past }) => `나는 어제 ${object} ${past}다`,
    // Without a mark the same words may ask or tell: nobody can know which.
    ({ object, past }) => `${object} ${past}어`,
    ({ object, past }) => `오늘 ${object} ${past}어`,
    ({ object, past }) => `동생이 ${object} ${past}어요`,
    ({ object, stem }) => `지금 ${object} ${stem}고 있습니다`,
    ({ object, will }) => `내일 ${object} ${will} 것이다`,
    ({ object, will }) => `내일 ${object} ${will} 거예요`,
    ({ object, past }) => `우리는 함께 ${object} ${past}습니다`,
  ],
};

const MARKS: Readonly<Record<SentenceKind, string>> = {
  question: "?",
  request: ".",
  exclamation: "!",
  statement: ".",
};
/** Requests that are asked as questions end in ? like them. */
const ASKED = /(줄래|주실래요|주시겠어요)$/;
/** As in messages, the mark is often left out. */
const UNMARKED = 0.4;

export interface Sentence {
  readonly text: string;
  /** Position in `SENTENCE_KINDS`. */
  readonly label: number;
}

/**
 * Sentences drawn from a seed, every kind as often.
 * @param part actions of the training, or those kept for the test.
 */
export function drawSentences(count: number, part: "train" | "test", seed: number): Sentence[] {
  const random = new Random(seed);
  const actions = ACTIONS.filter((_, i) => isHeldOut(i) === (part === "test"));
  return Array.from({ length: count }, (_, i) => {
    const label = i % SENTENCE_KINDS.length;
    const kind = SENTENCE_KINDS[label]!.id;
    const forms = FORMS[kind];
    const body = forms[random.below(forms.length)]!(actions[random.below(actions.length)]!);
    const mark = ASKED.test(body) ? "?" : MARKS[kind];
    return { text: random.uniform() < UNMARKED ? body : body + mark, label };
  });
}
