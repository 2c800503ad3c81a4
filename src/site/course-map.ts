import type { WidgetId } from "../widgets/registry.ts";

/** An idea of the course and the widget where it can be touched. */
export interface MapIdea {
  readonly name: string;
  readonly widget: WidgetId;
}

export interface MapBranch {
  readonly id: string;
  readonly title: string;
  /** The question the branch answers. */
  readonly question: string;
  readonly ideas: readonly MapIdea[];
}

/** The conclusion as a map: what deep learning consists of, idea by idea. */
export const COURSE_MAP: readonly MapBranch[] = [
  {
    id: "structure",
    title: "구조",
    question: "무엇을 쌓는가",
    ideas: [
      { name: "뉴런: 입력, 가중치, 활성화 함수", widget: "neuron-parts" },
      { name: "퍼셉트론과 그 한계", widget: "perceptron-lab" },
      { name: "은닉층이 하는 일", widget: "depth-playground" },
      { name: "넓게와 깊게", widget: "wide-deep" },
      { name: "입력층에서 출력층까지", widget: "signal-journey" },
      { name: "층의 모양과 파라미터 수", widget: "layer-builder" },
      { name: "특징의 계층", widget: "feature-hierarchy" },
      { name: "확률로 답하기", widget: "probability-answers" },
    ],
  },
  {
    id: "learning",
    title: "학습",
    question: "어떻게 가중치를 고치는가",
    ideas: [
      { name: "순전파, 손실, 역전파, 갱신", widget: "training-loop" },
      { name: "역전파와 연쇄 법칙", widget: "backprop-graph" },
      { name: "경사하강법과 옵티마이저", widget: "descent-race" },
      { name: "기울기 소실과 폭주, 그 약", widget: "gradient-health" },
      { name: "GPU와 행렬 곱", widget: "why-gpu" },
      { name: "데이터의 양", widget: "more-data" },
    ],
  },
  {
    id: "families",
    title: "대표 신경망 4종",
    question: "데이터의 생김새를 어떻게 새기는가",
    ideas: [
      { name: "합성곱: 커널이 훑는 무늬", widget: "convolution-microscope" },
      { name: "CNN과 완전 연결층의 대결", widget: "handwriting-lab" },
      { name: "순환 신경망의 기억", widget: "memory-chain" },
      { name: "다음 글자 맞히기", widget: "name-maker" },
      { name: "인코더와 디코더, 번역", widget: "number-translator" },
      { name: "어텐션: 질의, 키, 값", widget: "attention-anatomy" },
      { name: "언어 모델의 다음 토큰", widget: "korean-gpt" },
      { name: "트랜스포머 훈련하기", widget: "own-gpt" },
      { name: "생성자와 판별자의 경쟁", widget: "gan-lab" },
      { name: "잠재 공간과 위조된 그림", widget: "forger-detective" },
    ],
  },
  {
    id: "uses",
    title: "쓰이는 곳",
    question: "무엇에 쓰는가",
    ideas: [
      { name: "이미지", widget: "doodle-recognizer" },
      { name: "자연어", widget: "sentiment" },
      { name: "음성", widget: "voice-lab" },
      { name: "자율주행", widget: "self-driving" },
      { name: "딥러닝의 장점 셋", widget: "three-strengths" },
    ],
  },
  {
    id: "people",
    title: "사람들",
    question: "누가 생각했는가",
    ideas: [{ name: "딥러닝의 역사", widget: "history-timeline" }],
  },
];
