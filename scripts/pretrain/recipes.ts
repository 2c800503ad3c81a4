/** How each network of `public/models` is trained. */

import { type DatasetInfo, DIGITS } from "../../src/data/datasets.ts";
import { type Deformation, NO_DEFORMATION } from "../../src/data/deform.ts";
import type { Pictures } from "../../src/data/pictures.ts";
import type { TrainingRecipe } from "../../src/models/classifier-trainer.ts";
import type { PretrainedId } from "../../src/models/load.ts";
import type { PictureNetworkConfig } from "../../src/models/picture-network.ts";
import type { WeightStorage } from "../../src/onnx/weights.ts";
import { loadDigits } from "../data/digits.ts";

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
    hidden: [64],
    batchNorm: false,
    dropout: 0.2,
  },
  training: { seed: 1, epochs: 14, batchSize: 64, learningRate: 2e-3, weightDecay: 1e-2 },
  deformation: { ...NO_DEFORMATION, turn: 0.2, scale: 0.12, shear: 0.12, shift: 1.5, wave: 0.8 },
  augmentation: "훈련할 때마다 조금씩 돌리고, 늘이고, 기울이고, 밀고, 물결처럼 구부렸습니다.",
  weights: "float16",
};

export const RECIPES: Readonly<Partial<Record<PretrainedId, PretrainRecipe>>> = { digits };
