/**
 * Every widget a lesson may place: its id (folder name, URL parameter, `/embed/<id>/`), its title, the lesson
 * it belongs to, and the presets it can open with. MDX is checked against this table while it builds.
 */
export interface WidgetEntry {
  readonly title: string;
  /** Id of the lesson whose page shows the widget; “공유” links there. */
  readonly lesson: string;
  /** Names a lesson may pass as `preset`. */
  readonly presets: readonly string[];
}

export const WIDGETS = {
  "depth-playground": {
    title: "깊이 놀이터",
    lesson: "01-deep",
    presets: ["first", "xor", "warp", "spiral"],
  },
  "wide-deep": { title: "넓게 대 깊게", lesson: "01-deep", presets: [] },
  "perceptron-lab": { title: "퍼셉트론 실험실", lesson: "02-perceptron", presets: ["line", "gates", "rule"] },
  "neuron-parts": { title: "뉴런의 세 요소", lesson: "02-perceptron", presets: [] },
  "backprop-graph": {
    title: "책임의 역전파",
    lesson: "04-learning",
    presets: ["neuron", "fork", "pair", "chain", "empty"],
  },
  "training-loop": { title: "학습 루프 한 걸음씩", lesson: "04-learning", presets: [] },
  "gan-lab": { title: "GAN 실험실", lesson: "05-4-gan", presets: ["first", "collapse", "draw"] },
  "forger-detective": {
    title: "위조범과 감별사",
    lesson: "05-4-gan",
    presets: ["walk", "mix", "duel", "train"],
  },
  "layer-builder": { title: "층 조립기", lesson: "03-layers", presets: ["small", "lenet"] },
  "signal-journey": {
    title: "신호의 여행",
    lesson: "03-layers",
    presets: ["picture", "sentence", "sound"],
  },
  "feature-hierarchy": { title: "선 → 면 → 형태 → 물체", lesson: "03-layers", presets: [] },
  "memory-chain": { title: "기억의 사슬", lesson: "05-2-rnn", presets: ["race", "gates"] },
  "number-translator": {
    title: "숫자 읽기 번역기",
    lesson: "05-2-rnn",
    presets: ["first", "reading", "long"],
  },
  "korean-gpt": { title: "작은 한국어 GPT", lesson: "05-3-transformer", presets: [] },
  "name-maker": { title: "이름 짓는 신경망", lesson: "05-2-rnn", presets: ["names", "countries", "own"] },
  "descent-race": {
    title: "경사하강 경주",
    lesson: "04-learning",
    presets: ["race", "cliff", "network"],
  },
  "more-data": { title: "데이터가 많아지면", lesson: "04-learning", presets: [] },
  "gradient-health": {
    title: "기울기 건강검진",
    lesson: "04-learning",
    presets: ["vanishing", "exploding", "degrading", "own"],
  },
  "why-gpu": { title: "왜 GPU인가", lesson: "04-learning", presets: [] },
  "probability-answers": {
    title: "확률로 답하기",
    lesson: "03-layers",
    presets: ["softmax", "calibration", "nonsense"],
  },
  "convolution-microscope": {
    title: "합성곱 현미경",
    lesson: "05-1-cnn",
    presets: ["edges", "numbers", "pooling"],
  },
  "self-driving": { title: "자율주행", lesson: "06-applications", presets: ["first", "straight"] },
  "attention-anatomy": {
    title: "어텐션 해부",
    lesson: "05-3-transformer",
    presets: ["heads", "cell", "off"],
  },
  "own-gpt": {
    title: "나만의 GPT 훈련",
    lesson: "05-3-transformer",
    presets: ["proverbs", "own", "tasks", "recall"],
  },
  "doodle-recognizer": {
    title: "낙서 알아보기",
    lesson: "06-applications",
    presets: ["known", "own"],
  },
  "history-timeline": { title: "딥러닝 연대기", lesson: "07-people", presets: [] },
  sentiment: { title: "감정 읽기", lesson: "06-applications", presets: [] },
  "three-strengths": {
    title: "장점 셋",
    lesson: "06-applications",
    presets: ["features", "dimensions", "data"],
  },
  "voice-lab": { title: "목소리 실험실", lesson: "06-applications", presets: ["find", "words"] },
  "handwriting-lab": { title: "손글씨 실험실", lesson: "05-1-cnn", presets: ["digits", "jamo"] },
} as const satisfies Record<string, WidgetEntry>;

export type WidgetId = keyof typeof WIDGETS;
