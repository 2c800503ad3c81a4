/** The course's picture datasets: what they are, whose they are, and what their classes are called. */

export interface DatasetInfo {
  readonly id: string;
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
  url: "http://yann.lecun.com/exdb/mnist/",
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  rows: 28,
  columns: 28,
  split: { train: 60_000, test: 10_000, rule: "훈련과 시험은 쓴 사람이 다릅니다." },
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
