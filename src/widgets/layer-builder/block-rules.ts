/** Layers made of several: a residual block and a transformer block, as often as they are repeated. */
import type { LayerOf } from "./layers.ts";
import { refuse } from "./refusal.ts";
import type { Rule } from "./rules.ts";
import { number, type ValueShape } from "./shapes.ts";

interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  readonly window: number;
  readonly stride: number;
}

/** The convolutions of one residual block on its main way, and the one on its shortcut where the shape changes. */
export function residualConvolutions(
  { channels, bottleneck }: LayerOf<"residual">,
  inputs: number,
  stride: number,
): { readonly main: readonly Convolution[]; readonly shortcut: Convolution | undefined } {
  const inner = channels / 4;
  const main = bottleneck
    ? [
        { inputs, outputs: inner, window: 1, stride },
        { inputs: inner, outputs: inner, window: 3, stride: 1 },
        { inputs: inner, outputs: channels, window: 1, stride: 1 },
      ]
    : [
        { inputs, outputs: channels, window: 3, stride },
        { inputs: channels, outputs: channels, window: 3, stride: 1 },
      ];
  const changes = stride !== 1 || inputs !== channels;
  return { main, shortcut: changes ? { inputs, outputs: channels, window: 1, stride } : undefined };
}

/** Convolutions without bias, each followed by batch normalisation (K. He et al. 2015, arXiv:1512.03385, table 1). */
export const residualRule: Rule<LayerOf<"residual">> = (layer, { shape }) => {
  if (shape.kind !== "image") return refuse(shape.kind === "tokens" ? "tokens" : "no-image");
  const { channels, stride, bottleneck, repeat } = layer;
  if (bottleneck && channels % 4 !== 0) return refuse("bottleneck", channels);
  let [parameters, products, values] = [0, 0, 0];
  let current: Extract<ValueShape, { kind: "image" }> = shape;
  const windows: { window: number; stride: number }[] = [];
  for (let i = 0; i < repeat; i++) {
    const own = i === 0 ? stride : 1;
    const { main, shortcut } = residualConvolutions(layer, current.channels, own);
    let { rows, columns } = current;
    const count = (convolution: Convolution, height: number, width: number) => {
      const weights = convolution.window ** 2 * convolution.inputs * convolution.outputs;
      parameters += weights + 2 * convolution.outputs;
      products += weights * height * width;
      values += convolution.outputs * height * width;
    };
    for (const convolution of main) {
      [rows, columns] = [Math.ceil(rows / convolution.stride), Math.ceil(columns / convolution.stride)];
      count(convolution, rows, columns);
      windows.push({ window: convolution.window, stride: convolution.stride });
    }
    if (shortcut) count(shortcut, rows, columns);
    current = { kind: "image", channels, rows, columns };
  }
  const inside = bottleneck ? "합성곱 셋(1×1, 3×3, 1×1)" : "합성곱 둘(3×3, 3×3)";
  return {
    shape: current,
    ...{ parameters, products, values, windows },
    weightLayers: windows.length,
    explanation: [
      `블록 하나는 ${inside}이고, 들어온 값을 결과에 그대로 더합니다. 합성곱마다 배치 정규화가 따릅니다.`,
      `블록 ${number(repeat)}개에서 차례로 지나는 합성곱: ${number(windows.length)}개`,
      `파라미터 ${number(parameters)}개, 곱셈 ${number(products)}번`,
    ],
  };
};

/** Pre-norm blocks with four projections and two dense layers of four times the width, all with biases (GPT-2). */
export const transformerRule: Rule<LayerOf<"transformer">> = ({ heads, repeat }, { shape }) => {
  if (shape.kind !== "sequence") return refuse(shape.kind === "tokens" ? "tokens" : "no-sequence");
  const { width, length } = shape;
  if (width % heads !== 0) return refuse("heads", width, heads);
  const perBlock = 12 * width * width + 13 * width;
  const weightProducts = 12 * width * width * length;
  const scoreProducts = 2 * length * length * width;
  return {
    shape,
    parameters: repeat * perBlock,
    products: repeat * (weightProducts + scoreProducts),
    // Queries, keys, values, what attention mixes and gives out, the stream twice, and four times the width.
    values: repeat * length * (11 * width + heads * length),
    weightLayers: 4 * repeat,
    windows: [],
    explanation: [
      `파라미터: 블록마다 12 × ${number(width)}² + 13 × ${number(width)} = ${number(perBlock)}, 블록 ${number(repeat)}개면 ${number(repeat * perBlock)}`,
      `어텐션의 행렬 넷(4d²)과 완전 연결층 둘(8d²)에, 편향과 정규화의 13d를 더한 것입니다.`,
      `곱셈: 블록마다 가중치와 ${number(weightProducts)}번, 토큰끼리 ${number(scoreProducts)}번`,
    ],
  };
};
