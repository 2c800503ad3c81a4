/**
 * Korean sentences that praise or complain, put together from an authored grammar, and those written by hand for the
 * training. The sentences of the test are written apart from both (`sentiment-test.ts`).
 */
import { josa } from "es-hangul";
import { Random } from "../engine/random.ts";
import { WRITTEN_NEGATIVE, WRITTEN_POSITIVE } from "./sentiment-written.ts";

export const SENTIMENTS = ["부정", "긍정"] as const;

export interface RatedSentence {
  readonly text: string;
  /** Position in `SENTIMENTS`. */
  readonly label: number;
}

/** A predicate as its endings need it: 맛있-, 맛있었-, 맛있어요. */
interface Predicate {
  readonly stem: string;
  readonly past: string;
  readonly polite: string;
}

/** `맛있 맛있었 맛있어요`, several of them joined by commas. */
const predicates = (text: string): readonly Predicate[] =>
  text.split(",").map((part) => {
    const [stem, past, polite] = part.trim().split(" ") as [string, string, string];
    return { stem, past, polite };
  });

interface Subject {
  readonly nouns: readonly string[];
  /** Negative, positive. */
  readonly predicates: readonly [readonly Predicate[], readonly Predicate[]];
}

const subject = (nouns: string, negative: string, positive: string): Subject => ({
  nouns: nouns.split(" "),
  predicates: [predicates(negative), predicates(positive)],
});

const ALWAYS_NEGATIVE =
  "별로 별로였 별로예요, 형편없 형편없었 형편없어요, 실망스럽 실망스러웠 실망스러워요, 나쁘 나빴 나빠요, 아쉽 아쉬웠 아쉬워요, 엉망이 엉망이었 엉망이에요, 짜증나 짜증났 짜증나요, 끔찍하 끔찍했 끔찍해요";
const ALWAYS_POSITIVE =
  "좋 좋았 좋아요, 훌륭하 훌륭했 훌륭해요, 만족스럽 만족스러웠 만족스러워요, 완벽하 완벽했 완벽해요, 최고 최고였 최고예요, 괜찮 괜찮았 괜찮아요, 근사하 근사했 근사해요, 뛰어나 뛰어났 뛰어나요";

const SUBJECTS: readonly Subject[] = [
  subject(
    "음식 국물 커피 빵 김밥 떡볶이 치킨 케이크 반찬 점심",
    "맛없 맛없었 맛없어요, 싱겁 싱거웠 싱거워요, 눅눅하 눅눅했 눅눅해요, 느끼하 느끼했 느끼해요, 비리 비렸 비려요, 질기 질겼 질겨요, 비싸 비쌌 비싸요",
    "맛있 맛있었 맛있어요, 고소하 고소했 고소해요, 신선하 신선했 신선해요, 부드럽 부드러웠 부드러워요, 푸짐하 푸짐했 푸짐해요, 담백하 담백했 담백해요, 저렴하 저렴했 저렴해요",
  ),
  subject(
    "직원 선생님 기사님 사장님 상담원 간호사",
    "불친절하 불친절했 불친절해요, 무례하 무례했 무례해요, 차갑 차가웠 차가워요, 느리 느렸 느려요, 퉁명스럽 퉁명스러웠 퉁명스러워요",
    "친절하 친절했 친절해요, 따뜻하 따뜻했 따뜻해요, 상냥하 상냥했 상냥해요, 고맙 고마웠 고마워요, 든든하 든든했 든든해요",
  ),
  subject(
    "방 숙소 화장실 침대 가게 카페 교실 도서관",
    "더럽 더러웠 더러워요, 지저분하 지저분했 지저분해요, 시끄럽 시끄러웠 시끄러워요, 좁 좁았 좁아요, 춥 추웠 추워요, 불편하 불편했 불편해요, 어둡 어두웠 어두워요",
    "깨끗하 깨끗했 깨끗해요, 넓 넓었 넓어요, 조용하 조용했 조용해요, 아늑하 아늑했 아늑해요, 편하 편했 편해요, 쾌적하 쾌적했 쾌적해요, 예쁘 예뻤 예뻐요",
  ),
  subject(
    "영화 책 노래 공연 드라마 게임 수업 강의 연극 만화",
    "지루하 지루했 지루해요, 재미없 재미없었 재미없어요, 뻔하 뻔했 뻔해요, 유치하 유치했 유치해요, 답답하 답답했 답답해요, 졸리 졸렸 졸려요",
    "재미있 재미있었 재미있어요, 신나 신났 신나요, 감동적이 감동적이었 감동적이에요, 즐겁 즐거웠 즐거워요, 유익하 유익했 유익해요, 아름답 아름다웠 아름다워요",
  ),
  subject(
    "배송 화면 이어폰 의자 가방 신발 앱 냉장고 휴대폰 서비스",
    "느리 느렸 느려요, 허술하 허술했 허술해요, 불편하 불편했 불편해요, 약하 약했 약해요, 비싸 비쌌 비싸요, 복잡하 복잡했 복잡해요",
    "빠르 빨랐 빨라요, 튼튼하 튼튼했 튼튼해요, 편하 편했 편해요, 가볍 가벼웠 가벼워요, 저렴하 저렴했 저렴해요, 깔끔하 깔끔했 깔끔해요",
  ),
  subject(
    "하루 여행 주말 소풍 생일 방학",
    "고단하 고단했 고단해요, 슬프 슬펐 슬퍼요, 우울하 우울했 우울해요, 피곤하 피곤했 피곤해요, 괴롭 괴로웠 괴로워요, 속상하 속상했 속상해요",
    "즐겁 즐거웠 즐거워요, 행복하 행복했 행복해요, 신나 신났 신나요, 상쾌하 상쾌했 상쾌해요, 뿌듯하 뿌듯했 뿌듯해요, 평화롭 평화로웠 평화로워요",
  ),
];

const BEFORE = ["", "", "", "이번 ", "오늘 ", "어제 ", "여기 ", "그 ", "역시 ", "생각보다 "];
const DEGREES = ["", "", "정말 ", "너무 ", "진짜 ", "아주 ", "꽤 ", "참 "];
const MARKS = ["", "", ".", "!", "~", ".."] as const;

/** Stems of nouns and adverbs take no -고 or -지. */
const canJoin = ({ stem }: Predicate) => stem !== "별로" && stem !== "최고";
/** 안 stands before short predicates only: 안 좋아요, but 맛있지 않아요. */
const takesShortNegation = ({ stem, polite }: Predicate) =>
  stem.length <= 2 && !["맛있", "맛없"].includes(stem) && !polite.endsWith("에요");

const plainEnd = ({ past, polite, stem }: Predicate, random: Random): string =>
  pick(
    [polite, polite, `${past}어요`, `${past}습니다`, `${past}다`, `${past}어`, `${stem}네요`, `${stem}네`],
    random,
  );

/** The opposite is said: 좋지 않아요, 안 좋아요, 좋은 줄 모르겠어요. */
function deniedEnd(predicate: Predicate, random: Random): string {
  const { stem, polite, past } = predicate;
  const long = ["지 않아요", "지 않았어요", "지 않네요", "지 않다", "지도 않아요", "지가 않아요"];
  if (takesShortNegation(predicate) && random.uniform() < 0.5) {
    return `안 ${pick([polite, `${past}어요`, `${past}다`], random)}`;
  }
  return stem + pick(long, random);
}

const pick = <T>(from: readonly T[], random: Random): T => from[random.below(from.length)]!;

/** One sentence of the grammar: said plainly, denied, joined by 고, or turned by 지만, where the end decides. */
function composed(label: number, random: Random): string {
  const { nouns, predicates: own } = pick(SUBJECTS, random);
  const always = [predicates(ALWAYS_NEGATIVE), predicates(ALWAYS_POSITIVE)] as const;
  const [noun, other] = [pick(nouns, random), pick(nouns, random)];
  const of = (side: number): Predicate =>
    random.uniform() < 0.75 ? pick(own[side]!, random) : pick(always[side]!.filter(canJoin), random);
  const any = (side: number): Predicate => (random.uniform() < 0.1 ? always[side]![0]! : of(side));
  const start = pick(BEFORE, random) + josa(noun, random.uniform() < 0.7 ? "이/가" : "은/는");
  const degree = pick(DEGREES, random);
  const form = random.uniform();
  if (form < 0.5) return `${start} ${degree}${plainEnd(any(label), random)}`;
  if (form < 0.75) {
    const adverb = pick(["", "별로 ", "그다지 ", "하나도 ", "전혀 "], random);
    return `${start} ${adverb}${deniedEnd(of(1 - label), random)}`;
  }
  if (form < 0.87) return `${start} ${of(label).stem}고 ${degree}${plainEnd(of(label), random)}`;
  return `${start} ${of(1 - label).stem}지만 ${josa(other, "은/는")} ${degree}${plainEnd(of(label), random)}`;
}

/** How often a sentence written by hand is among the training sentences, for one that is composed. */
const WRITTEN_SHARE = 0.45;

/** Training sentences drawn from a seed, both sentiments as often; hand-written ones come again and again. */
export function drawRatedSentences(count: number, seed: number): RatedSentence[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    const label = i % SENTIMENTS.length;
    const written = label === 1 ? WRITTEN_POSITIVE : WRITTEN_NEGATIVE;
    const body = random.uniform() < WRITTEN_SHARE ? pick(written, random) : composed(label, random);
    return { text: body + pick(MARKS, random), label };
  });
}
