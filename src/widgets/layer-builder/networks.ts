/** Networks to start from: small ones, and those of the literature with what their papers say of them. */
import type { InputId } from "./inputs.ts";
import type { ActivationKind, Layer } from "./layers.ts";

/** What was published, and where. */
export interface Published {
  readonly year: number;
  /** Layers as the authors count them, and what they count. */
  readonly depth: number;
  readonly counted: string;
  /** Their own words for the number of parameters. */
  readonly parameters: string;
  readonly source: string;
  /** Where what is built here differs from the paper. */
  readonly difference: string;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly input: InputId;
  readonly layers: readonly Layer[];
  readonly published?: Published;
}

const conv = (
  channels: number,
  window: number,
  rest: {
    readonly stride?: number;
    readonly same?: boolean;
    readonly groups?: number;
    readonly bias?: boolean;
  } = {},
): Layer => ({
  kind: "convolution",
  channels,
  window,
  ...{ stride: 1, same: true, groups: 1, bias: true },
  ...rest,
});
const pool = (how: "max" | "average", window: number, stride = window, same = false): Layer => ({
  kind: "pool",
  ...{ how, window, stride, same },
});
const dense = (units: number): Layer => ({ kind: "dense", units });
const act = (name: ActivationKind): Layer => ({ kind: "activation", name });
const relu = act("relu");
const flatten: Layer = { kind: "flatten" };
const average: Layer = { kind: "average" };
const half: Layer = { kind: "dropout", percent: 50 };
const residual = (channels: number, stride: number, bottleneck: boolean, repeat: number): Layer => ({
  kind: "residual",
  ...{ channels, stride, bottleneck, repeat },
});

const lenet: readonly Layer[] = [
  ...[conv(6, 5, { same: false }), act("tanh"), pool("average", 2)],
  ...[conv(16, 5, { same: false }), act("tanh"), pool("average", 2)],
  ...[conv(120, 5, { same: false }), act("tanh"), flatten],
  ...[dense(84), act("tanh"), dense(10)],
];

const alexnet: readonly Layer[] = [
  ...[conv(96, 11, { stride: 4, same: false }), relu, pool("max", 3, 2)],
  ...[conv(256, 5, { groups: 2 }), relu, pool("max", 3, 2)],
  ...[conv(384, 3), relu, conv(384, 3, { groups: 2 }), relu],
  ...[conv(256, 3, { groups: 2 }), relu, pool("max", 3, 2), flatten],
  ...[dense(4096), relu, half, dense(4096), relu, half, dense(1000)],
];

const vgg: readonly Layer[] = [
  ...[
    [64, 2],
    [128, 2],
    [256, 3],
    [512, 3],
    [512, 3],
  ].flatMap(([channels, count]) => [
    ...Array.from({ length: count! }, () => [conv(channels!, 3), relu]).flat(),
    pool("max", 2),
  ]),
  ...[flatten, dense(4096), relu, half, dense(4096), relu, half, dense(1000)],
];

const resnet = (
  bottleneck: boolean,
  repeats: readonly [number, number, number, number],
): readonly Layer[] => [
  ...[
    conv(64, 7, { stride: 2, bias: false }),
    { kind: "batch-norm" } as const,
    relu,
    pool("max", 3, 2, true),
  ],
  ...repeats.map((repeat, i) =>
    residual((bottleneck ? 256 : 64) * 2 ** i, i === 0 ? 1 : 2, bottleneck, repeat),
  ),
  ...[average, dense(1000)],
];

const gpt = (width: number, heads: number, repeat: number): readonly Layer[] => [
  { kind: "embedding", width, positions: true },
  { kind: "transformer", heads, repeat },
  { kind: "layer-norm" },
  { kind: "unembedding" },
];

export const NETWORKS: readonly Network[] = [
  {
    id: "small",
    name: "작은 합성곱 신경망",
    input: "gray-28",
    layers: [conv(8, 5), relu, pool("max", 2), conv(16, 5), relu, pool("max", 2), flatten, dense(10)],
  },
  { id: "dense", name: "완전 연결층만", input: "gray-28", layers: [flatten, dense(32), relu, dense(10)] },
  {
    id: "plane",
    name: "평면의 점을 가르는 신경망",
    input: "points",
    layers: [dense(16), act("tanh"), dense(16), act("tanh"), dense(2)],
  },
  {
    id: "sound",
    name: "소리를 듣는 신경망",
    input: "sound",
    layers: [conv(8, 16, { stride: 4 }), relu, conv(16, 8, { stride: 4 }), relu, average, dense(5)],
  },
  {
    id: "text",
    name: "문장을 읽는 신경망",
    input: "text",
    layers: [
      { kind: "embedding", width: 16, positions: false },
      { kind: "transformer", heads: 2, repeat: 1 },
      average,
      dense(5),
    ],
  },
  {
    id: "lenet-5",
    name: "LeNet-5",
    input: "gray-32",
    layers: lenet,
    published: {
      year: 1998,
      depth: 7,
      counted: "입력을 뺀 모든 층 (풀링 2개 포함)",
      parameters: "60,000",
      source: "LeCun et al. (1998), Proceedings of the IEEE 86(11)",
      difference:
        "논문의 둘째 합성곱은 채널을 표에 따라 골라 이어 1,516개(여기서는 모두 이어 2,416개), 풀링 둘은 배우는 계수가 있어 12개와 32개(여기서는 0개), 출력층은 고정된 RBF여서 0개(여기서는 850개)입니다. 이 차이를 되돌리면 꼭 60,000개입니다.",
    },
  },
  {
    id: "alexnet",
    name: "AlexNet",
    input: "color-227",
    layers: alexnet,
    published: {
      year: 2012,
      depth: 8,
      counted: "가중치가 있는 층 (합성곱 5, 완전 연결 3)",
      parameters: "60 million",
      source: "Krizhevsky, Sutskever, Hinton (2012), NeurIPS",
      difference:
        "논문의 국소 응답 정규화는 파라미터가 없어 뺐습니다. 논문은 입력을 224×224라고 적었지만, 둘레를 채우지 않고 55×55가 나오려면 227×227이어야 합니다.",
    },
  },
  {
    id: "vgg-16",
    name: "VGG-16",
    input: "color-224",
    layers: vgg,
    published: {
      year: 2014,
      depth: 16,
      counted: "가중치가 있는 층 (합성곱 13, 완전 연결 3)",
      parameters: "138 million",
      source: "Simonyan, Zisserman (2014), arXiv:1409.1556, 표 2의 D",
      difference: "다른 점이 없습니다.",
    },
  },
  {
    id: "resnet-18",
    name: "ResNet-18",
    input: "color-224",
    layers: resnet(false, [2, 2, 2, 2]),
    published: {
      year: 2015,
      depth: 18,
      counted: "차례로 지나는 합성곱 17, 완전 연결 1 (지름길의 합성곱은 세지 않음)",
      parameters: "논문에는 없음 (곱셈 1.8 × 10⁹)",
      source: "He et al. (2015), arXiv:1512.03385, 표 1",
      difference: "모양이 바뀌는 지름길에는 1×1 합성곱을 두었습니다(논문의 선택지 B).",
    },
  },
  {
    id: "resnet-152",
    name: "ResNet-152",
    input: "color-224",
    layers: resnet(true, [3, 8, 36, 3]),
    published: {
      year: 2015,
      depth: 152,
      counted: "차례로 지나는 합성곱 151, 완전 연결 1 (지름길의 합성곱은 세지 않음)",
      parameters: "논문에는 없음 (곱셈 11.3 × 10⁹)",
      source: "He et al. (2015), arXiv:1512.03385, 표 1",
      difference: "모양이 바뀌는 지름길에는 1×1 합성곱을 두었습니다(논문의 선택지 B).",
    },
  },
  {
    id: "gpt-2",
    name: "GPT-2 (작은 것)",
    input: "gpt-2",
    layers: gpt(768, 12, 12),
    published: {
      year: 2019,
      depth: 12,
      counted: "트랜스포머 블록",
      parameters: "117M (나중에 124M으로 고침)",
      source: "Radford et al. (2019), 표 2, 공개 코드의 설명",
      difference:
        "다른 점이 없습니다. 논문의 표에는 117M이라고 적혀 있고, 공개 코드에서 124M으로 고쳤습니다.",
    },
  },
  {
    id: "gpt-3",
    name: "GPT-3",
    input: "gpt-3",
    layers: gpt(12_288, 96, 96),
    published: {
      year: 2020,
      depth: 96,
      counted: "트랜스포머 블록",
      parameters: "175.0 B",
      source: "Brown et al. (2020), arXiv:2005.14165, 표 2.1",
      difference:
        "논문은 층의 절반에서 어텐션이 가까운 토큰만 보게 했습니다. 파라미터 수는 같고, 곱셈은 여기의 계산이 더 많습니다.",
    },
  },
];

export const NETWORK_IDS = NETWORKS.map(({ id }) => id);

export const networkOf = (id: string): Network =>
  NETWORKS.find((network) => network.id === id) ?? NETWORKS[0]!;
