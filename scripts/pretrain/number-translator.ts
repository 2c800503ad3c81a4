/** The two translators of numbers, with attention and without, trained for as many steps on the same pairs. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../src/engine/random.ts";
import {
  type Direction,
  drawPairs,
  heldOutPairs,
  LENGTHS,
  NETWORKS,
  NumberNetwork,
  type NumberNetworkKind,
  TRAINED_DIGITS,
  TRANSLATOR_FILES,
} from "../../src/models/number-network.ts";
import { parseSequenceCard, type Score, type SequenceCard } from "../../src/models/sequence-card.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { Problem } from "../bootstrap.mjs";
import { openTranslator } from "./run-translator.ts";
import type { SequenceRun } from "./sequences.ts";

const TRAINING = { seed: 1, steps: 1500, batch: 64, learningRate: 3e-3, warmUp: 100 } as const;
const MOST_BYTES = 1_000_000;
/** Numbers of each length that are asked. */
const ASKED = 200;
const ASKED_SEED = 77;

export async function pretrainTranslators({ folder, check }: SequenceRun): Promise<void> {
  for (const kind of Object.keys(NETWORKS) as NumberNetworkKind[]) {
    const id = TRANSLATOR_FILES[kind];
    if (check) await checkFile(folder, id);
    else await pretrain(folder, id, kind);
  }
}

async function pretrain(folder: string, id: string, kind: NumberNetworkKind): Promise<void> {
  const network = train(kind);
  const { inputs, outputs, values } = network.forward;
  const { bytes, batch } = exportOnnx({ inputs, outputs, values, weights: "float16", name: id });
  if (!batch.open) throw new Error(`the batch is fixed: ${batch.reason}`);
  if (bytes.length > MOST_BYTES) throw new Error(`${bytes.length} bytes, more than ${MOST_BYTES}`);
  const scores = await scoreFile(bytes);
  report(id, scores);
  const card = makeCard(id, kind, network.parameterCount, bytes, scores);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.onnx`), bytes);
  writeFileSync(join(folder, `${id}.json`), `${JSON.stringify(card, null, 2)}\n`);
}

/** Up within the first steps, then down along half a cosine. */
function rateAt(step: number): number {
  const { learningRate, steps, warmUp } = TRAINING;
  const progress = Math.max(0, step - warmUp) / (steps - warmUp);
  return learningRate * Math.min(1, (step + 1) / warmUp) * (0.51 + 0.49 * Math.cos(Math.PI * progress));
}

function train(kind: NumberNetworkKind): NumberNetwork {
  const { seed, steps, batch } = TRAINING;
  const network = new NumberNetwork(kind, seed, batch);
  const random = new Random(seed);
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const loss = network.train(drawPairs(batch, TRAINED_DIGITS, random), rateAt(step));
    if (loss === undefined) throw new Error(`step ${step}: ${network.nonFinite?.node} is not finite`);
    sum += loss;
    if ((step + 1) % 100 !== 0) continue;
    console.log(`${kind} step ${step + 1}: loss ${(sum / 100).toFixed(4)}`);
    sum = 0;
  }
  return network;
}

const DIRECTIONS: Readonly<Record<Direction, string>> = { read: "숫자를 읽기", write: "읽은 것을 숫자로" };

/** Shares of held-out numbers translated to the last symbol, computed by onnxruntime from the file. */
async function scoreFile(bytes: Uint8Array): Promise<Score[]> {
  const translator = await openTranslator(bytes);
  const scores: Score[] = [];
  for (const direction of ["read", "write"] as const) {
    for (const digits of LENGTHS) {
      const pairs = heldOutPairs(digits, direction, ASKED, ASKED_SEED);
      const outputs = await translator.translate(pairs.map(({ source }) => source));
      const right = pairs.filter(({ target }, i) => outputs[i] === target).length;
      scores.push({
        what: `${digits}자리 ${DIRECTIONS[direction]}`,
        share: Math.round((10_000 * right) / pairs.length) / 10_000,
        count: pairs.length,
      });
    }
  }
  await translator.dispose();
  return scores;
}

function makeCard(
  id: string,
  kind: NumberNetworkKind,
  parameters: number,
  bytes: Uint8Array,
  scores: readonly Score[],
): SequenceCard {
  const { embedding, encoder, decoder, attention } = NETWORKS[kind];
  const { seed, steps, batch, learningRate } = TRAINING;
  return {
    kind: "sequence",
    ...{ id, file: `${id}.onnx`, bytes: bytes.length, parameters, scores },
    name: kind === "attention" ? "숫자 읽기 번역기" : "어텐션 없는 숫자 읽기 번역기",
    task: "아라비아 숫자를 한글로 읽고, 한글로 읽은 것을 숫자로 적습니다.",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    licence: "CC BY 4.0",
    architecture: [
      `기호마다 수 ${embedding}개(임베딩)`,
      `인코더: 앞뒤 두 방향으로 읽는 GRU, 방향마다 유닛 ${encoder}개`,
      ...(attention > 0 ? [`덧셈 어텐션(바흐다나우 등), 너비 ${attention}`] : []),
      `디코더: GRU, 유닛 ${decoder}개`,
      "완전 연결층, 소프트맥스",
    ],
    data: {
      name: "수 읽기 규칙으로 만든 짝",
      about: `한 자리부터 ${TRAINED_DIGITS.at(-1)}자리까지의 수와 그 읽기입니다. 훈련할 때마다 새로 뽑았고, 두 자리 이상의 수 열 개 가운데 하나는 훈련에 쓰지 않고 남겨 두었습니다. 한글에서 숫자로 갈 때는 ‘일만’과 ‘만’처럼 일을 붙인 것과 뺀 것을 섞었습니다.`,
      licence: "CC BY 4.0",
    },
    training: `이 강의의 엔진으로 짝 ${batch}개씩 ${steps.toLocaleString("ko")}걸음, Adam, 학습률은 가장 높을 때 ${learningRate}, 기울기 길이는 1까지, 씨앗 값 ${seed}.`,
    limits:
      "훈련에 쓴 것보다 긴 수는 거의 맞히지 못합니다. 소수, 음수, ‘스물다섯’ 같은 고유어 수는 읽지 못합니다. 틀려도 그럴듯한 답을 내므로 믿고 쓰면 안 됩니다.",
  };
}

async function checkFile(folder: string, id: string): Promise<void> {
  const card = parseSequenceCard(readFileSync(join(folder, `${id}.json`), "utf8"));
  if (!card) throw new Problem(`${id}.json을 읽을 수 없습니다.`);
  const scores = await scoreFile(readFileSync(join(folder, card.file)));
  report(id, scores);
  if (JSON.stringify(scores) !== JSON.stringify(card.scores)) throw new Problem(`${id}: 설명서와 다릅니다.`);
}

function report(id: string, scores: readonly Score[]): void {
  for (const { what, share, count } of scores) {
    console.log(`${id}: ${what} ${(100 * share).toFixed(1)} % of ${count}`);
  }
}
