/** How each network of `public/models` is trained. */

import { CLOTHING, type DatasetInfo, DIGITS, DOODLES, JAMO } from "../../src/data/datasets.ts";
import { type Deformation, NO_DEFORMATION } from "../../src/data/deform.ts";
import type { Pictures } from "../../src/data/pictures.ts";
import type { TrainingRecipe } from "../../src/models/classifier-trainer.ts";
import type { PretrainedId } from "../../src/models/load.ts";
import type { PictureNetworkConfig } from "../../src/models/picture-network.ts";
import type { WeightStorage } from "../../src/onnx/weights.ts";
import { loadClothing } from "../data/clothing.ts";
import { loadDigits } from "../data/digits.ts";
import { loadDoodles } from "../data/doodles.ts";
import { loadJamo } from "../data/jamo.ts";

export interface PretrainRecipe {
  readonly id: PretrainedId;
  readonly name: string;
  readonly task: string;
  readonly limits: string;
  readonly data: DatasetInfo;
  load(part: "train" | "test"): Promise<Pictures> | Pictures;
  readonly network: Omit<PictureNetworkConfig, "image" | "classes">;
  readonly training: TrainingRecipe;
  readonly deformation: Deformation;
  /** What `deformation` does, for the card. */
  readonly augmentation: string;
  readonly weights: WeightStorage;
}

const digits: PretrainRecipe = {
  id: "digits",
  name: "숫자 인식 합성곱 신경망",
  task: "28×28 흑백 그림을 보고 0부터 9까지 가운데 하나를 고릅니다.",
  limits:
    "숫자가 아닌 그림에도 숫자 하나를 고릅니다. 미국식 손글씨로 배웠으므로 1과 7, 9를 우리 식으로 쓰면 틀릴 수 있습니다.",
  data: DIGITS,
  load: loadDigits,
  network: {
    blocks: [
      { channels: 8, window: 5, pool: 2 },
      { channels: 16, window: 5, pool: 2 },
      { channels: 32, window: 3, pool: 1 },
    ],
    head: "flatten",
    hidden: [64],
    batchNorm: false,
    dropout: 0.2,
  },
  training: { seed: 1, epochs: 14, batchSize: 64, learningRate: 2e-3, weightDecay: 1e-2 },
  deformation: { ...NO_DEFORMATION, turn: 0.2, scale: 0.12, shear: 0.12, shift: 1.5, wave: 0.8 },
  augmentation: "훈련할 때마다 조금씩 돌리고, 늘이고, 기울이고, 밀고, 물결처럼 구부렸습니다.",
  weights: "float16",
};

const jamo: PretrainRecipe = {
  id: "jamo",
  name: "한글 자모 인식 합성곱 신경망",
  task: "28×28 흑백 그림을 보고 자음 14개와 모음 10개 가운데 하나를 고릅니다.",
  limits:
    "글꼴에서 합성한 그림으로 배웠으므로 흘려 쓴 글씨에는 약합니다. ㅇ과 ㅁ처럼 닮은 글자를 헷갈리고, 자모가 아닌 그림에도 하나를 고릅니다.",
  data: JAMO,
  load: loadJamo,
  network: {
    blocks: [
      { channels: 12, window: 5, pool: 2 },
      { channels: 24, window: 3, pool: 2 },
      { channels: 48, window: 3, pool: 1 },
    ],
    head: "flatten",
    hidden: [64],
    batchNorm: false,
    dropout: 0.25,
  },
  training: { seed: 1, epochs: 9, batchSize: 64, learningRate: 2e-3, weightDecay: 1e-2 },
  deformation: { ...NO_DEFORMATION, turn: 0.12, scale: 0.1, shear: 0.1, shift: 1.2, wave: 0.6 },
  augmentation:
    "글꼴의 윤곽을 기울이고, 구부리고, 굵기를 바꾼 뒤, 훈련할 때마다 조금씩 더 돌리고, 늘이고, 밀었습니다.",
  weights: "float16",
};

const doodles: PretrainRecipe = {
  id: "doodles",
  name: "낙서 인식 합성곱 신경망",
  task: "28×28 흑백 낙서를 보고 마흔 가지 가운데 하나를 고릅니다.",
  limits: "종류마다 80장밖에 보지 못했으므로 자주 틀립니다. 마흔 가지에 없는 것을 그려도 하나를 고릅니다.",
  data: DOODLES,
  load: loadDoodles,
  network: {
    blocks: [
      { channels: 24, window: 5, pool: 2 },
      { channels: 48, window: 3, pool: 2 },
      { channels: 96, window: 3, pool: 2 },
    ],
    head: "flatten",
    hidden: [96],
    batchNorm: true,
    dropout: 0.4,
  },
  training: { seed: 1, epochs: 70, batchSize: 32, learningRate: 3e-3, weightDecay: 5e-2 },
  deformation: { turn: 0.2, scale: 0.15, shear: 0.18, shift: 2, wave: 1, mirror: true },
  augmentation: "훈련할 때마다 돌리고, 늘이고, 기울이고, 밀고, 구부렸으며, 절반은 좌우를 뒤집었습니다.",
  weights: "float16",
};

const clothing: PretrainRecipe = {
  id: "clothing",
  name: "옷 사진 합성곱 신경망",
  task: "28×28 흑백 상품 사진을 보고 열 가지 옷과 신발 가운데 하나를 고릅니다.",
  limits:
    "어두운 배경에 옷 하나가 반듯하게 놓인 사진으로 배웠습니다. 셔츠, 티셔츠, 스웨터, 코트는 자주 헷갈리고, 옷이 아닌 사진에도 하나를 고릅니다.",
  data: CLOTHING,
  load: loadClothing,
  network: {
    blocks: [
      { channels: 8, window: 5, pool: 1 },
      { channels: 16, window: 3, pool: 2 },
      { channels: 24, window: 3, pool: 1 },
      { channels: 32, window: 3, pool: 2 },
      { channels: 64, window: 3, pool: 1 },
    ],
    head: "average",
    hidden: [],
    batchNorm: true,
    dropout: 0,
  },
  training: { seed: 1, epochs: 12, batchSize: 64, learningRate: 4e-3, weightDecay: 1e-2 },
  deformation: { ...NO_DEFORMATION, turn: 0.06, scale: 0.06, shear: 0.05, shift: 1.5, mirror: true },
  augmentation: "훈련할 때마다 조금씩 돌리고, 늘이고, 밀고, 절반은 좌우를 뒤집었습니다.",
  weights: "float16",
};

export const RECIPES: Readonly<Record<PretrainedId, PretrainRecipe>> = { digits, jamo, doodles, clothing };
