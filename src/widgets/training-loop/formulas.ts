/** Each computation of a step as the learner would write it: in letters, with the numbers put in, and its result. */
import { numberText, shortText } from "../../ui/number-text.ts";
import type { Activation, Example, Parameters, Reading } from "./network.ts";
import { NAMES } from "./state.ts";

export interface Line {
  /** What is computed. */
  readonly name: string;
  readonly letters: string;
  readonly numbers: string;
  readonly result: number;
  /** Decimals of the result. */
  readonly digits: number;
}

const plain = (value: number) => numberText(value, 2);
/** Inside a product or a sum a negative number stands in brackets. */
const inner = (value: number, digits = 2) => {
  const text = numberText(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
};

const FUNCTIONS: Readonly<Record<Activation, { name: string; slope: string }>> = {
  tanh: { name: "tanh", slope: "(1 − h²)" },
  sigmoid: { name: "σ", slope: "h(1 − h)" },
  relu: { name: "ReLU", slope: "ReLU′(z)" },
};

/** An input or a target: given, not computed. */
const given = (value: number) => {
  const text = shortText(value);
  return text.startsWith("−") ? `(${text})` : text;
};

const SUB = "₁₂";

export function forwardLines(
  activation: Activation,
  parameters: Parameters,
  { x }: Example,
  { sums, hidden, output }: Reading,
): Line[] {
  const neurons = [0, 1].flatMap((i): Line[] => {
    const [a, b, bias] = [0, 1, 2].map((k) => 3 * i + k) as [number, number, number];
    const terms = `${inner(parameters[a]!)}×${given(x[0])} + ${inner(parameters[b]!)}×${given(x[1])}`;
    return [
      {
        name: `z${SUB[i]}`,
        letters: `${NAMES[a]}x₁ + ${NAMES[b]}x₂ + ${NAMES[bias]}`,
        numbers: `${terms} + ${inner(parameters[bias]!)}`,
        result: sums[i]!,
        digits: 2,
      },
      {
        name: `h${SUB[i]}`,
        letters: `${FUNCTIONS[activation].name}(z${SUB[i]})`,
        numbers: `${FUNCTIONS[activation].name}(${plain(sums[i]!)})`,
        result: hidden[i]!,
        digits: 2,
      },
    ];
  });
  const [w5, w6, b3] = [6, 7, 8].map((i) => parameters[i]!) as [number, number, number];
  return [
    ...neurons,
    {
      name: "y",
      letters: "w₅h₁ + w₆h₂ + b₃",
      numbers: `${inner(w5)}×${inner(hidden[0])} + ${inner(w6)}×${inner(hidden[1])} + ${inner(b3)}`,
      result: output,
      digits: 2,
    },
  ];
}

export function lossLines({ target }: Example, { output, loss }: Reading): Line[] {
  return [
    {
      name: "L",
      letters: "(y − t)²",
      numbers: `(${plain(output)} − ${given(target)})²`,
      result: loss,
      digits: 3,
    },
  ];
}

export function outputLines({ target }: Example, reading: Reading): Line[] {
  const { output, hidden, outputGradient, gradients } = reading;
  const upstream = inner(outputGradient);
  return [
    {
      name: "∂L/∂y",
      letters: "2(y − t)",
      numbers: `2×(${plain(output)} − ${given(target)})`,
      result: outputGradient,
      digits: 3,
    },
    ...[0, 1].map((i) => ({
      name: `∂L/∂${NAMES[6 + i]}`,
      letters: `∂L/∂y × h${SUB[i]}`,
      numbers: `${upstream}×${inner(hidden[i]!)}`,
      result: gradients[6 + i]!,
      digits: 3,
    })),
    { name: "∂L/∂b₃", letters: "∂L/∂y × 1", numbers: `${upstream}×1`, result: gradients[8]!, digits: 3 },
  ];
}

/** f′(z) with the numbers put in. */
function slopeText(activation: Activation, sum: number, value: number): string {
  if (activation === "tanh") return `(1 − ${inner(value)}²)`;
  if (activation === "sigmoid") return `${inner(value)}×(1 − ${inner(value)})`;
  return sum > 0 ? "1" : "0";
}

export function hiddenLines(
  activation: Activation,
  parameters: Parameters,
  { x }: Example,
  { sums, hidden, outputGradient, sumGradients, gradients }: Reading,
): Line[] {
  return [0, 1].flatMap((i): Line[] => {
    const out = 6 + i;
    const slope = FUNCTIONS[activation].slope.replace(/[hz]/g, (letter) => `${letter}${SUB[i]}`);
    const upstream = inner(sumGradients[i]!, 3);
    const first = 3 * i;
    return [
      {
        name: `∂L/∂z${SUB[i]}`,
        letters: `∂L/∂y × ${NAMES[out]} × ${slope}`,
        numbers: `${inner(outputGradient)}×${inner(parameters[out]!)}×${slopeText(activation, sums[i]!, hidden[i]!)}`,
        result: sumGradients[i]!,
        digits: 3,
      },
      ...[0, 1].map((k) => ({
        name: `∂L/∂${NAMES[first + k]}`,
        letters: `∂L/∂z${SUB[i]} × x${SUB[k]}`,
        numbers: `${upstream}×${given(x[k]!)}`,
        result: gradients[first + k]!,
        digits: 3,
      })),
      {
        name: `∂L/∂${NAMES[first + 2]}`,
        letters: `∂L/∂z${SUB[i]} × 1`,
        numbers: `${upstream}×1`,
        result: gradients[first + 2]!,
        digits: 3,
      },
    ];
  });
}

export function updateLines(parameters: Parameters, rate: string, { gradients, next }: Reading): Line[] {
  return NAMES.map((name, i) => ({
    name,
    letters: `${name} − η × ∂L/∂${name}`,
    numbers: `${plain(parameters[i]!)} − ${rate}×${inner(gradients[i]!, 3)}`,
    result: next[i]!,
    digits: 3,
  }));
}
