/** The events of the timeline: what was shown, where it is written, and what is disputed about it. */

/** The five people the lesson tells of. */
export const PEOPLE = [
  { id: "hinton", name: "제프리 힌턴", latin: "Geoffrey Hinton" },
  { id: "lecun", name: "얀 르쿤", latin: "Yann LeCun" },
  { id: "bengio", name: "요슈아 벤지오", latin: "Yoshua Bengio" },
  { id: "goodfellow", name: "이안 굿펠로", latin: "Ian Goodfellow" },
  { id: "schmidhuber", name: "위르겐 슈미트후버", latin: "Jürgen Schmidhuber" },
] as const;

export type PersonId = (typeof PEOPLE)[number]["id"];

export interface HistoryEvent {
  readonly id: string;
  readonly year: number;
  readonly title: string;
  readonly what: string;
  /** Who, as the source names them. */
  readonly authors: string;
  readonly source: string;
  readonly url: string;
  readonly people: readonly PersonId[];
  /** Who says what against the usual telling. */
  readonly dispute?: string;
  /** Where in the course the idea can be touched, from the root of the site. */
  readonly touch?: { readonly path: string; readonly name: string };
}

export const EVENTS: readonly HistoryEvent[] = [
  {
    id: "neuron",
    year: 1943,
    title: "뉴런을 논리 소자로 나타내다",
    what: "신호가 문턱을 넘으면 켜지는 뉴런을 그물로 이으면 논리식을 계산할 수 있음을 보였습니다. 스스로 배우는 규칙은 없었습니다.",
    authors: "매컬러(W. McCulloch), 피츠(W. Pitts)",
    source: "Bulletin of Mathematical Biophysics 5, 115–133",
    url: "https://doi.org/10.1007/BF02478259",
    people: [],
    touch: { path: "lessons/02-perceptron/#neuron-parts", name: "뉴런의 세 요소" },
  },
  {
    id: "perceptron",
    year: 1958,
    title: "배우는 뉴런, 퍼셉트론",
    what: "틀릴 때마다 가중치를 고치는 퍼셉트론을 발표했습니다. 뒤이어 20 × 20개의 광센서를 눈으로 쓰는 마크 I 퍼셉트론을 만들었습니다.",
    authors: "로젠블랫(F. Rosenblatt)",
    source: "Psychological Review 65, 386–408",
    url: "https://doi.org/10.1037/h0042519",
    people: [],
    touch: { path: "lessons/02-perceptron/#perceptron-lab", name: "퍼셉트론 실험실" },
  },
  {
    id: "limits",
    year: 1969,
    title: "한 층으로 안 되는 것을 증명하다",
    what: "칸을 조금씩만 보는 부분들을 모아 한 번에 판정하는 퍼셉트론이 홀짝이나 이어짐을 가리지 못함을 수학으로 밝혔습니다.",
    authors: "민스키(M. Minsky), 패퍼트(S. Papert)",
    source: "책 Perceptrons, MIT Press",
    url: "https://mitpress.mit.edu/9780262534772/perceptrons/",
    people: [],
    dispute:
      "이 책 하나가 신경망 연구를 멈추게 했다고들 합니다. 그러나 층을 더하면 XOR이 풀린다는 것은 그때도 알려져 있었습니다. 여러 층을 훈련하는 방법과 계산할 힘이 모자랐던 것도 함께 보아야 합니다.",
    touch: { path: "lessons/02-perceptron/#perceptron-lab", name: "퍼셉트론 실험실" },
  },
  {
    id: "reverse",
    year: 1970,
    title: "미분을 뒤에서부터 구하다",
    what: "이어진 계산의 미분을 뒤에서 앞으로 한 번에 구하는 방법이 석사 논문에 실렸습니다. 오늘날의 역전파가 쓰는 계산입니다. 신경망 이야기는 아니었습니다.",
    authors: "린나인마(S. Linnainmaa)",
    source: "헬싱키 대학교 석사 논문, 1976년 BIT 16, 146–160에 요약",
    url: "https://doi.org/10.1007/BF01931367",
    people: [],
    dispute:
      "누가 역전파를 발명했는지는 무엇을 역전파라고 부르느냐에 달려 있습니다. 계산 방법으로는 린나인마가 앞섰고, 신경망에 쓰자는 제안은 웨어보스(P. Werbos)의 1982년 논문이 1986년보다 앞섭니다. 제어 이론에는 1960년대에 비슷한 방법이 있었습니다.",
    touch: { path: "lessons/04-learning/#backprop-graph", name: "책임의 역전파" },
  },
  {
    id: "neocognitron",
    year: 1980,
    title: "단순한 무늬에서 복잡한 무늬로, 네오코그니트론",
    what: "좁은 곳을 보는 같은 뉴런을 그림 전체에 늘어놓고 층을 쌓았습니다. 합성곱 신경망의 뼈대가 여기에 있습니다. 역전파로 훈련하지는 않았습니다.",
    authors: "후쿠시마(K. Fukushima)",
    source: "Biological Cybernetics 36, 193–202",
    url: "https://doi.org/10.1007/BF00344251",
    people: [],
    touch: { path: "lessons/03-layers/#feature-hierarchy", name: "선 → 면 → 형태 → 물체" },
  },
  {
    id: "backprop",
    year: 1986,
    title: "역전파가 널리 알려지다",
    what: "역전파로 훈련한 은닉층이 쓸모 있는 특징을 스스로 찾아낸다는 것을 보였습니다.",
    authors: "러멜하트(D. Rumelhart), 힌턴, 윌리엄스(R. Williams)",
    source: "Nature 323, 533–536",
    url: "https://doi.org/10.1038/323533a0",
    people: ["hinton"],
    dispute:
      "이 논문이 역전파를 처음 발명한 것은 아닙니다. 힌턴 자신도 발명했다고 말하지 않습니다. 이 논문의 몫은 은닉층이 무엇을 배우는지를 보여 주고 널리 알린 일입니다.",
    touch: { path: "lessons/04-learning/#backprop-graph", name: "책임의 역전파" },
  },
  {
    id: "zip",
    year: 1989,
    title: "역전파로 훈련한 합성곱 신경망",
    what: "우편물에 손으로 쓴 우편번호 숫자를 합성곱 신경망으로 읽었습니다. 1998년의 LeNet-5로 이어집니다.",
    authors: "르쿤 외 6명",
    source: "Neural Computation 1, 541–551",
    url: "https://doi.org/10.1162/neco.1989.1.4.541",
    people: ["lecun"],
    dispute:
      "가중치를 나누어 쓰는 망을 역전파로 훈련한 일은 음성에서 와이벨(A. Waibel)이 조금 앞섰고, 층을 쌓는 뼈대는 후쿠시마가 앞섰습니다. 르쿤의 몫은 둘을 그림에 묶어 실제로 쓰이는 것을 만든 일입니다.",
    touch: { path: "lessons/03-layers/#layer-builder", name: "층 조립기" },
  },
  {
    id: "vanishing",
    year: 1991,
    title: "기울기가 사라지는 까닭을 밝히다",
    what: "거슬러 가는 길이 길면 기울기가 사라지거나 터진다는 것을 학위 논문에서 분석했습니다. 지도한 사람이 슈미트후버입니다.",
    authors: "호흐라이터(S. Hochreiter)",
    source: "뮌헨 공과대학교 학위 논문",
    url: "https://people.idsia.ch/~juergen/SeppHochreiter1991ThesisAdvisorSchmidhuber.pdf",
    people: ["schmidhuber"],
    touch: { path: "lessons/04-learning/#gradient-health", name: "기울기 건강검진" },
  },
  {
    id: "long-term",
    year: 1994,
    title: "먼 과거를 배우기가 왜 어려운가",
    what: "순환 신경망이 오래된 입력을 기억하는 일과 경사하강법으로 배우는 일이 서로 부딪친다는 것을 보였습니다.",
    authors: "벤지오, 시마르(P. Simard), 프라스코니(P. Frasconi)",
    source: "IEEE Transactions on Neural Networks 5, 157–166",
    url: "https://doi.org/10.1109/72.279181",
    people: ["bengio"],
    touch: { path: "lessons/05-2-rnn/#memory-chain", name: "기억의 사슬" },
  },
  {
    id: "lstm",
    year: 1997,
    title: "오래 기억하는 칸, LSTM",
    what: "기울기가 줄지 않고 지나가는 길을 칸 안에 두어, 훨씬 먼 과거를 배우게 했습니다. 잊는 문은 1999년에 더해졌습니다.",
    authors: "호흐라이터, 슈미트후버",
    source: "Neural Computation 9, 1735–1780",
    url: "https://doi.org/10.1162/neco.1997.9.8.1735",
    people: ["schmidhuber"],
    touch: { path: "lessons/05-2-rnn/#memory-chain", name: "기억의 사슬" },
  },
  {
    id: "language",
    year: 2003,
    title: "낱말을 벡터로 배우는 언어 모델",
    what: "낱말마다 벡터를 두고, 앞의 낱말들에서 다음 낱말의 확률을 신경망으로 구했습니다. 낱말의 벡터도 함께 배웁니다.",
    authors: "벤지오 외 3명",
    source: "Journal of Machine Learning Research 3, 1137–1155",
    url: "https://www.jmlr.org/papers/v3/bengio03a.html",
    people: ["bengio"],
    touch: { path: "lessons/03-layers/#signal-journey", name: "신호의 여행" },
  },
  {
    id: "layerwise",
    year: 2006,
    title: "깊은 망을 층마다 미리 훈련하다",
    what: "층을 하나씩 미리 훈련한 뒤 전체를 다듬는 방법으로 깊은 망을 훈련했습니다. ‘딥’이라는 말이 다시 쓰이기 시작했습니다.",
    authors: "힌턴, 오신데로(S. Osindero), 테(Y. W. Teh)",
    source: "Neural Computation 18, 1527–1554",
    url: "https://doi.org/10.1162/neco.2006.18.7.1527",
    people: ["hinton"],
    dispute:
      "흔히 2006년에 깊은 망이 처음 훈련되었다고 하지만, 이바흐넨코(A. Ivakhnenko)와 라파(V. Lapa)는 1965년에 여러 층의 망을 층마다 훈련했고, 1971년에는 여덟 층까지 쌓았습니다. 층마다 미리 훈련하는 일도 지금은 꼭 필요하지 않습니다.",
    touch: { path: "lessons/01-deep/#wide-deep", name: "넓게 대 깊게" },
  },
  {
    id: "initialization",
    year: 2010,
    title: "시작하는 가중치를 다시 보다",
    what: "층을 지나며 신호와 기울기의 크기가 유지되도록 처음 가중치의 크기를 정하는 법을 내놓았습니다. 세이비어 초기화라고 부릅니다.",
    authors: "글로럿(X. Glorot), 벤지오",
    source: "AISTATS 2010, PMLR 9, 249–256",
    url: "https://proceedings.mlr.press/v9/glorot10a.html",
    people: ["bengio"],
    touch: { path: "lessons/04-learning/#gradient-health", name: "기울기 건강검진" },
  },
  {
    id: "alexnet",
    year: 2012,
    title: "GPU 두 개로 훈련한 AlexNet",
    what: "이미지넷 대회에서 다섯 번 안에 못 맞힌 비율 15.3%로 이겼습니다. 둘째는 26.2%였습니다. 렐루, 드롭아웃, 큰 데이터, GPU가 한자리에 모였습니다.",
    authors: "크리젭스키(A. Krizhevsky), 수츠케버(I. Sutskever), 힌턴",
    source: "NeurIPS 2012",
    url: "https://papers.nips.cc/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html",
    people: ["hinton"],
    dispute:
      "GPU로 훈련한 합성곱 신경망이 대회에서 이긴 것은 처음이 아닙니다. 2011년에 슈미트후버의 연구실에서 치레샨(D. Cireşan) 등이 교통 표지판 대회를 이겼습니다. 1,000가지 물체를 가리는 큰 대회를 큰 차이로 이긴 것이 AlexNet의 몫입니다.",
    touch: { path: "lessons/04-learning/#why-gpu", name: "왜 GPU인가" },
  },
  {
    id: "gan",
    year: 2014,
    title: "둘을 겨루게 하다, GAN",
    what: "만드는 망과 가려내는 망을 겨루게 하여 새 데이터를 만들어 냈습니다.",
    authors: "굿펠로 외 7명(벤지오 포함)",
    source: "NeurIPS 2014, arXiv:1406.2661",
    url: "https://arxiv.org/abs/1406.2661",
    people: ["goodfellow", "bengio"],
    dispute:
      "슈미트후버는 두 망을 맞세우는 생각이 자신의 1990년대 초 연구에 있었다고 주장합니다. GAN 논문은 그 가운데 예측 가능성 최소화(1992)를 들어 무엇이 다른지를 적었습니다. 지금도 두 쪽의 말이 다릅니다.",
    touch: { path: "lessons/05-4-gan/#gan-lab", name: "GAN 실험실" },
  },
  {
    id: "attention",
    year: 2015,
    title: "옮길 곳을 되돌아보는 어텐션",
    what: "번역하는 망이 낱말을 낼 때마다 원문의 어디를 볼지를 함께 배웠습니다. 논문은 2014년 9월에 공개되었습니다.",
    authors: "바다나우(D. Bahdanau), 조경현, 벤지오",
    source: "ICLR 2015, arXiv:1409.0473",
    url: "https://arxiv.org/abs/1409.0473",
    people: ["bengio"],
    touch: { path: "lessons/05-2-rnn/#number-translator", name: "숫자 읽기 번역기" },
  },
  {
    id: "transformer",
    year: 2017,
    title: "어텐션만으로, 트랜스포머",
    what: "순환 없이 어텐션으로만 문장을 다루었습니다. 한꺼번에 계산할 수 있어 아주 큰 모델로 가는 길이 열렸습니다.",
    authors: "바스와니(A. Vaswani) 외 7명",
    source: "NeurIPS 2017, arXiv:1706.03762",
    url: "https://arxiv.org/abs/1706.03762",
    people: [],
    dispute:
      "슈미트후버는 자신의 1991년 ‘빠른 가중치’가 소프트맥스 없는 어텐션과 같은 계산이라고 말합니다. 2021년 논문이 둘이 수학으로 같음을 보였습니다. 다만 오늘의 트랜스포머에는 소프트맥스와 여러 머리 같은 다른 부품이 함께 들어 있습니다.",
    touch: { path: "lessons/05-3-transformer/#attention-anatomy", name: "어텐션 해부" },
  },
  {
    id: "gpt3",
    year: 2020,
    title: "파라미터 1,750억 개의 GPT-3",
    what: "다음 토큰을 맞히도록 훈련한 큰 모델이, 예를 몇 개 보여 주는 것만으로 여러 일을 해냈습니다.",
    authors: "브라운(T. Brown) 외 30명",
    source: "NeurIPS 2020, arXiv:2005.14165",
    url: "https://arxiv.org/abs/2005.14165",
    people: [],
    touch: { path: "lessons/03-layers/#layer-builder", name: "층 조립기" },
  },
  {
    id: "chatgpt",
    year: 2022,
    title: "대화하는 모델, ChatGPT",
    what: "사람의 시범과 평가로 더 훈련한 GPT가 11월 30일에 공개되어, 많은 사람이 처음으로 언어 모델과 말을 나누었습니다.",
    authors: "OpenAI",
    source: "OpenAI, Introducing ChatGPT, 2022년 11월 30일",
    url: "https://openai.com/index/chatgpt/",
    people: [],
    touch: { path: "lessons/05-3-transformer/#own-gpt", name: "나만의 GPT 훈련" },
  },
  {
    id: "nobel",
    year: 2024,
    title: "노벨 물리학상",
    what: "인공 신경망으로 하는 기계 학습의 바탕이 된 발견으로 홉필드(J. Hopfield)와 힌턴이 받았습니다. 2018년 튜링상은 벤지오, 힌턴, 르쿤이 받았습니다.",
    authors: "스웨덴 왕립과학원",
    source: "The Nobel Prize in Physics 2024",
    url: "https://www.nobelprize.org/prizes/physics/2024/summary/",
    people: ["hinton"],
    dispute:
      "상이 몇 사람의 이름만 남긴다는 비판이 있습니다. 슈미트후버는 이바흐넨코, 아마리(S. Amari), 린나인마처럼 앞선 사람들이 빠졌다고 썼습니다.",
  },
];

export const eventOf = (id: string): HistoryEvent => EVENTS.find((event) => event.id === id) ?? EVENTS[0]!;

export const disputed = EVENTS.filter(({ dispute }) => dispute !== undefined);
