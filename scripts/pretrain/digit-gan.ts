/** Forger and detective: trained, written as two files, and measured as they lie there. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DIGITS } from "../../src/data/datasets.ts";
import {
  type GanCard,
  type GanFile,
  type GanQuality,
  parseGanCard,
} from "../../src/models/digit-gan-card.ts";
import { discriminatorGraph, generatorGraph } from "../../src/models/digit-gan-file.ts";
import { LATENT } from "../../src/models/digit-gan-network.ts";
import { DigitGan } from "../../src/models/digit-gan-trainer.ts";
import { Problem } from "../bootstrap.mjs";
import { loadDigits } from "../data/digits.ts";
import { exportGan, type GanBytes } from "./digit-gan-export.ts";
import { measureGan } from "./digit-gan-score.ts";
import { DIGIT_GAN_TRAINING, trainDigitGan } from "./digit-gan-training.ts";

export interface GanRun {
  readonly folder: string;
  /** Measures the files that are there instead of training. */
  readonly check: boolean;
}

export async function pretrainDigitGan({ folder, check }: GanRun): Promise<void> {
  if (check) return checkFiles(folder);
  let since = performance.now();
  const gan = trainDigitGan(loadDigits("train"), ({ gan: { losses }, stage, round }) => {
    const { rounds } = DIGIT_GAN_TRAINING.stages[stage]!;
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    const [d, g] = [losses.discriminator, losses.generator].map((loss) => loss.toFixed(3));
    console.log(
      `stage ${stage + 1}, round ${round} of ${rounds}: discriminator ${d}, generator ${g}, ${seconds} s`,
    );
    since = performance.now();
  });
  await writeGan(exportGan(gan), folder);
}

/** Measures both files and writes them with their card. */
export async function writeGan(bytes: GanBytes, folder: string): Promise<void> {
  const quality = await measureGan(bytes, untrained().generator);
  const card = makeCard(bytes, quality);
  mkdirSync(folder, { recursive: true });
  for (const side of ["generator", "discriminator"] as const) {
    writeFileSync(join(folder, card[side].file), bytes[side]);
  }
  writeFileSync(join(folder, "digit-gan.json"), `${JSON.stringify(card, null, 2)}\n`);
  console.log(quality);
}

const untrained = () =>
  exportGan(new DigitGan({ seed: DIGIT_GAN_TRAINING.stages[0].seed, batchSize: 2, residents: 2, looked: 2 }));

const ARCHITECTURE = {
  generator: [
    `완전 연결층 128개, 배치 정규화, ReLU (잡음 ${LATENT}개를 받음)`,
    "완전 연결층 2,352개를 7×7, 48채널로, 배치 정규화, ReLU",
    "전치 합성곱 4×4, 스트라이드 2, 14×14, 24채널, 배치 정규화, ReLU",
    "전치 합성곱 4×4, 스트라이드 2, 28×28, 1채널, 시그모이드",
  ],
  discriminator: [
    "합성곱 4×4, 스트라이드 2, 14×14, 24채널, 리키 ReLU",
    "합성곱 4×4, 스트라이드 2, 7×7, 48채널, 리키 ReLU",
    "완전 연결층 1개, 시그모이드",
  ],
} as const;

function makeCard(bytes: GanBytes, quality: GanQuality): GanCard {
  const { name, about, licence, credit, url, split } = DIGITS;
  const fileOf = (side: "generator" | "discriminator"): GanFile => ({
    file: `digit-gan-${side}.onnx`,
    bytes: bytes[side].length,
    sha256: createHash("sha256").update(bytes[side]).digest("hex"),
    parameters: (side === "generator" ? generatorGraph(2) : discriminatorGraph(2)).parameters,
    architecture: ARCHITECTURE[side],
  });
  return {
    id: "digit-gan",
    name: "숫자 위조범과 감별사",
    task: "위조범(생성자)은 잡음 32개로 28×28 흑백 숫자 그림을 만들고, 감별사(판별자)는 그림이 진짜 손글씨일 확률을 말합니다.",
    limits:
      "만든 그림 가운데에는 어느 숫자도 아닌 것이 섞여 있습니다. 감별사는 이 위조범의 그림만 보고 배웠으므로 다른 방법으로 만든 가짜는 알아보지 못할 수 있습니다.",
    licence,
    latent: LATENT,
    ...{ generator: fileOf("generator"), discriminator: fileOf("discriminator") },
    data: { name, about, licence, credit, url, train: split.train },
    training: DIGIT_GAN_TRAINING,
    quality,
  };
}

async function checkFiles(folder: string): Promise<void> {
  const card = parseGanCard(readFileSync(join(folder, "digit-gan.json"), "utf8"));
  if (!card) throw new Problem("digit-gan.json을 읽을 수 없습니다.");
  const read = (side: "generator" | "discriminator") => readFileSync(join(folder, card[side].file));
  const quality = await measureGan(
    { generator: read("generator"), discriminator: read("discriminator") },
    untrained().generator,
  );
  console.log(quality);
  if (JSON.stringify(quality) !== JSON.stringify(card.quality)) {
    throw new Problem("설명서에 적힌 값과 다릅니다.");
  }
}
