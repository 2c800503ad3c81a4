/** How many places a window has, and why it sometimes has none. */

export interface Axis {
  readonly input: number;
  readonly window: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

export interface Places {
  /** The picture with its padding on both sides. */
  readonly padded: number;
  /** Pixels from the first to the last that the window covers. */
  readonly span: number;
  /** Places of the window; below 1 when it does not fit. */
  readonly output: number;
  /** Pixels behind the last place that no window reaches. */
  readonly unused: number;
}

/** ⌊(input + 2·padding − span) / stride⌋ + 1 with span = dilation·(window − 1) + 1 (V. Dumoulin, F. Visin 2016). */
export function placesOf({ input, window, stride, padding, dilation }: Axis): Places {
  const padded = input + 2 * padding;
  const span = dilation * (window - 1) + 1;
  const room = padded - span;
  const output = room < 0 ? 0 : Math.floor(room / stride) + 1;
  return { padded, span, output, unused: room < 0 ? 0 : room % stride };
}

/** The formula with its numbers: `⌊(96 + 2×1 − 3) ÷ 2⌋ + 1 = 48`. */
export function formulaText(axis: Axis): string {
  const { span, output } = placesOf(axis);
  if (output < 1) return `(${axis.input} + 2×${axis.padding} − ${span}) < 0`;
  return `⌊(${axis.input} + 2×${axis.padding} − ${span}) ÷ ${axis.stride}⌋ + 1 = ${output}`;
}

/** What there is to say of the setting beside its size; empty when all is plain. */
export function remarkText(axis: Axis): string {
  const { padded, span, output, unused } = placesOf(axis);
  if (output < 1) {
    const padding = Math.ceil((span - axis.input) / 2);
    const dilation = Math.floor((axis.input + 2 * axis.padding - 1) / (axis.window - 1));
    const ways = [
      `패딩을 ${padding} 이상으로 늘리`,
      ...(axis.dilation > 1 && dilation >= 1 ? [`간격을 ${dilation} 이하로 줄이`] : []),
    ];
    return `창이 ${span}칸에 걸치는데 그림은 패딩까지 합쳐 ${padded}칸뿐이라 창을 놓을 자리가 없습니다. ${ways.join("거나 ")}면 됩니다.`;
  }
  if (unused > 0) {
    return `나누어떨어지지 않아 내림합니다. 오른쪽과 아래의 ${unused}칸은 어느 창에도 들어가지 않습니다.`;
  }
  return "";
}
