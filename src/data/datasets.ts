/** The course's picture datasets: what they are, whose they are, and what their classes are called. */

export type DatasetId = "digits" | "jamo" | "doodles" | "clothing";

export interface DatasetInfo {
  readonly id: DatasetId;
  /** As a learner reads it. */
  readonly name: string;
  /** What the pictures are and how they were made, in one or two sentences. */
  readonly about: string;
  readonly licence: string;
  /** Who made it. */
  readonly credit: string;
  readonly url: string;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly split: {
    readonly train: number;
    readonly test: number;
    /** What makes the test pictures other than the training pictures. */
    readonly rule: string;
  };
  /** How a drawing is brought into the form of these pictures. */
  readonly preparation: Preparation;
}

/**
 * `mass`: scaled into a box of `box` pixels, centre of mass in the middle of the picture.
 * `box`: scaled into a box of `box` pixels, which lies in the middle. `none`: no drawings.
 */
export type Preparation =
  | { readonly kind: "mass" | "box"; readonly box: number; readonly pen: number }
  | { readonly kind: "none" };

export const DIGITS: DatasetInfo = {
  id: "digits",
  name: "손글씨 숫자(MNIST)",
  about: "미국 인구조사국 직원과 고등학생이 쓴 숫자를 스캔한 그림입니다.",
  licence: "CC BY-SA 3.0",
  credit: "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
  url: "https://yann.lecun.com/exdb/mnist/",
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  rows: 28,
  columns: 28,
  split: { train: 60_000, test: 10_000, rule: "훈련과 시험은 쓴 사람이 다릅니다." },
  preparation: { kind: "mass", box: 20, pen: 2.8 },
};

export const JAMO: DatasetInfo = {
  id: "jamo",
  name: "한글 자모",
  about:
    "글꼴의 윤곽을 기울이고, 구부리고, 굵기를 바꾸어 만든 그림입니다. 사람이 쓴 글씨가 아니라 글꼴에서 합성한 데이터입니다.",
  licence: "SIL OFL 1.1 (글꼴)",
  credit: "네이버 나눔글꼴, 고운글꼴, Google Fonts의 한글 글꼴을 만든 사람들",
  url: "https://fonts.google.com/?lang=ko_Kore",
  classes: [..."ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ"],
  rows: 28,
  columns: 28,
  split: {
    train: 48_000,
    test: 7_200,
    rule: "시험 그림은 훈련에 쓰지 않은 여섯 글꼴로 만들었습니다.",
  },
  preparation: { kind: "mass", box: 20, pen: 2.8 },
};

export const CLOTHING: DatasetInfo = {
  id: "clothing",
  name: "옷 사진(Fashion-MNIST)",
  about: "쇼핑몰의 상품 사진을 28×28 흑백으로 줄인 것입니다.",
  licence: "MIT",
  credit: "Zalando SE (Han Xiao, Kashif Rasul, Roland Vollgraf)",
  url: "https://github.com/zalandoresearch/fashion-mnist",
  classes: ["티셔츠", "바지", "스웨터", "원피스", "코트", "샌들", "셔츠", "운동화", "가방", "앵클부츠"],
  rows: 28,
  columns: 28,
  split: { train: 60_000, test: 10_000, rule: "상품이 서로 다릅니다." },
  preparation: { kind: "none" },
};

/** Classes of Quick, Draw! that a learner can draw and recognise, with their Korean names. */
const DOODLE_NAMES = [
  ["airplane", "비행기"],
  ["apple", "사과"],
  ["bicycle", "자전거"],
  ["book", "책"],
  ["butterfly", "나비"],
  ["cactus", "선인장"],
  ["camera", "카메라"],
  ["candle", "양초"],
  ["car", "자동차"],
  ["cat", "고양이"],
  ["clock", "시계"],
  ["cloud", "구름"],
  ["coffee cup", "커피잔"],
  ["crown", "왕관"],
  ["donut", "도넛"],
  ["envelope", "편지 봉투"],
  ["eye", "눈"],
  ["eyeglasses", "안경"],
  ["fish", "물고기"],
  ["flower", "꽃"],
  ["guitar", "기타"],
  ["house", "집"],
  ["ice cream", "아이스크림"],
  ["key", "열쇠"],
  ["lightning", "번개"],
  ["moon", "달"],
  ["mountain", "산"],
  ["mushroom", "버섯"],
  ["pants", "바지"],
  ["rainbow", "무지개"],
  ["sailboat", "돛단배"],
  ["scissors", "가위"],
  ["smiley face", "웃는 얼굴"],
  ["snail", "달팽이"],
  ["snowman", "눈사람"],
  ["spider", "거미"],
  ["star", "별"],
  ["sun", "해"],
  ["t-shirt", "티셔츠"],
  ["umbrella", "우산"],
] as const;

/** The classes' names in the dataset, in the order of `DOODLES.classes`. */
export const ENGLISH_DOODLES: readonly string[] = DOODLE_NAMES.map(([english]) => english);

export const DOODLES: DatasetInfo = {
  id: "doodles",
  name: "낙서(Quick, Draw!)",
  about: "20초 안에 그리는 놀이에 세계 여러 나라 사람이 그린 낙서입니다. 낱말과 다른 그림도 섞여 있습니다.",
  licence: "CC BY 4.0",
  credit: "Google",
  url: "https://github.com/googlecreativelab/quickdraw-dataset",
  classes: DOODLE_NAMES.map(([, korean]) => korean),
  rows: 28,
  columns: 28,
  split: { train: 3_200, test: 800, rule: "다섯 장마다 한 장을 시험용으로 떼어 두었습니다." },
  preparation: { kind: "box", box: 24, pen: 1.4 },
};

export const DATASETS: Readonly<Record<DatasetId, DatasetInfo>> = {
  digits: DIGITS,
  jamo: JAMO,
  doodles: DOODLES,
  clothing: CLOTHING,
};
