/** The small Korean GPT: trained, written as one file that reads token by token, and measured on stories kept back. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StoryTokens } from "../../src/data/story-tokens.ts";
import { parseStoryGptCard, type StoryGptCard } from "../../src/models/story-gpt-card.ts";
import { STORY_GPT } from "../../src/models/story-gpt-config.ts";
import type { Gpt } from "../../src/nn/gpt.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import type { WeightStorage } from "../../src/onnx/weights.ts";
import { Problem } from "../bootstrap.mjs";
import type { SequenceRun } from "./sequences.ts";
import { type StoryScore, scoreStoryGpt } from "./story-score.ts";
import {
  forgetTraining,
  STORY_TRAINING,
  type StoryText,
  storyText,
  trainStoryGpt,
} from "./story-training.ts";

const ID = "story-gpt";
const MOST_BYTES = 3_000_000;

export async function pretrainStoryGpt({ folder, check }: SequenceRun): Promise<void> {
  if (check) return checkFile(folder);
  const text = storyText();
  console.log(`${text.tokens.length} tokens of ${text.tokenizer.pieces.length} kinds`);
  await writeStoryGpt(trainStoryGpt(text), text, folder);
  forgetTraining();
}

/** Writes file and card of a trained network. */
export async function writeStoryGpt(gpt: Gpt, text: StoryText, folder: string): Promise<void> {
  const bytes = fileOf(gpt, "int8");
  if (bytes.length > MOST_BYTES) throw new Error(`${bytes.length} bytes, more than ${MOST_BYTES}`);
  const score = await scoreStoryGpt(bytes, text.tokenizer);
  const whole = await scoreStoryGpt(fileOf(gpt, "float32"), text.tokenizer, { generate: false });
  report(score);
  const card = makeCard(gpt, text, bytes, score, score.tokenLoss - whole.tokenLoss);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${ID}.onnx`), bytes);
  writeFileSync(join(folder, `${ID}.json`), `${JSON.stringify(card)}\n`);
}

const fileOf = (gpt: Gpt, weights: WeightStorage) =>
  exportOnnx({ ...gpt.cachedStep, weights, batch: "fixed", name: ID }).bytes;

const rounded = (value: number, digits = 4) => Number(value.toFixed(digits));

function scoresOf({ grammatical, sentences, consistent, stories }: StoryScore) {
  return [
    { what: "이야기 문법에 맞는 문장", share: rounded(grammatical), count: sentences },
    { what: "이름과 물건이 끝까지 한결같은 이야기", share: rounded(consistent), count: stories },
  ];
}

/** Share of consistent stories from which the card no longer warns of lost names. */
const KEEPS_NAMES = 0.8;

const limitsOf = ({ consistent }: StoryScore) =>
  [
    "동화 몇 갈래와 이 강의의 글만 배웠습니다.",
    "세상일을 모르고, 물음에 답하지 못하며, 배우지 않은 낱말로 시작하면 곧 아는 동화로 돌아갑니다.",
    ...(consistent < KEEPS_NAMES
      ? [
          "문장은 거의 다 문법에 맞지만, 앞에 나온 이름을 이어 가지 못하고 다른 이름으로 바꾸는 일이 많습니다.",
        ]
      : []),
    `앞의 토큰을 ${STORY_GPT.context}개까지만 봅니다.`,
  ].join(" ");

function makeCard(
  gpt: Gpt,
  { tokenizer, tokens, characters }: StoryText,
  bytes: Uint8Array,
  score: StoryScore,
  lost: number,
): StoryGptCard {
  const { context, width, layers, heads, tied, seed } = STORY_GPT;
  const { stories, courseTimes, steps, batch, learningRate } = STORY_TRAINING;
  const number = (value: number) => value.toLocaleString("ko");
  return {
    kind: "sequence",
    ...{ id: ID, file: `${ID}.onnx`, bytes: bytes.length, licence: "CC BY 4.0" },
    name: "작은 한국어 GPT",
    task: "한국어 글의 다음 토큰을 예측합니다. 이어 쓰면 짧은 동화가 됩니다.",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    parameters: gpt.parameters.count,
    architecture: [
      `토큰 ${number(tokenizer.pieces.length)}종과 위치 ${context}곳의 임베딩, 너비 ${width}`,
      `트랜스포머 블록 ${layers}개: 머리 ${heads}개짜리 마스크 어텐션, 은닉층 ${4 * width}개(GELU), 잔차 연결, 층 정규화`,
      "토큰 임베딩을 함께 쓰는 출력층, 소프트맥스",
    ],
    data: {
      name: `문법으로 지어낸 동화 ${number(stories)}편과 이 강의의 글`,
      about: `동화는 이 강의가 쓴 줄거리와 낱말을 씨앗 값에 따라 조합한 것입니다. 강의 글은 ${courseTimes}번 되풀이했습니다. 모두 ${number(characters)}자, 토큰 ${number(tokens.length)}개입니다.`,
      licence: "CC BY 4.0 · 깊이",
    },
    training: `이 강의의 엔진으로 ${number(steps)}걸음, 한 번에 토큰 ${number(batch * context)}개, AdamW, 학습률은 가장 높을 때 ${learningRate}, 씨앗 값 ${seed}. 가중치는 8비트 정수로 줄여 담았고, ${lossText(lost)}`,
    scores: scoresOf(score),
    measures: [
      `처음 보는 동화 ${score.stories}편의 혼란도: 토큰당 ${Math.exp(score.tokenLoss).toFixed(2)}, 글자당 ${Math.exp(score.characterLoss).toFixed(2)}`,
      `문장 점수는 처음 보는 동화의 첫머리를 주고 온도 ${score.temperature}, 씨앗 값 1로 이어 쓰게 하여 문법 검사기로 셌습니다`,
    ],
    limits: limitsOf(score),
    gpt: { vocabulary: tokenizer.pieces.length, context, width, layers, heads, tied },
    tokens: tokenizer.table,
  };
}

function lossText(lost: number): string {
  const change = lost.toFixed(4);
  if (Number(change) === 0) return "그렇게 해도 토큰당 손실은 소수점 아래 넷째 자리까지 같았습니다.";
  return `그 때문에 토큰당 손실이 ${change} 달라졌습니다.`;
}

async function checkFile(folder: string): Promise<void> {
  const path = (extension: string) => join(folder, `${ID}.${extension}`);
  const card = parseStoryGptCard(readFileSync(path("json"), "utf8"));
  if (!card) throw new Problem(`${path("json")}을 읽을 수 없습니다.`);
  const { StoryTokens } = await import("../../src/data/story-tokens.ts");
  const tokenizer: StoryTokens = new StoryTokens(card.tokens);
  const score = await scoreStoryGpt(readFileSync(path("onnx")), tokenizer);
  report(score);
  scoresOf(score).forEach(({ what, share }, i) => {
    const noted = card.scores[i]?.share;
    if (share !== noted) throw new Problem(`${what}: 설명서의 ${noted}과 다릅니다. ${share}`);
  });
}

function report({ tokenLoss, characterLoss, grammatical, sentences, consistent, stories, rate }: StoryScore) {
  console.log(
    `perplexity ${Math.exp(tokenLoss).toFixed(3)} a token, ${Math.exp(characterLoss).toFixed(3)} a character`,
  );
  console.log(`${(100 * grammatical).toFixed(1)} % of ${sentences} sentences are grammatical`);
  console.log(
    `${(100 * consistent).toFixed(1)} % of ${stories} stories keep to their names; ${Math.round(rate)} tokens/s`,
  );
}
