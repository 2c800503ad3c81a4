/** Operators that a graph of fixed shapes and fixed order cannot hold, and why, for the learner. */
import { OnnxError } from "./errors.ts";

const CONTROL = "실행할 때마다 계산 순서가 달라지기 때문입니다";
const SHAPE = "결과의 크기가 입력의 값에 따라 달라지기 때문입니다";
const CHANCE = "실행할 때마다 다른 난수를 쓰기 때문입니다";
const INTEGER = "여기에서는 정수 곱셈이 아니라 32비트 실수로 계산하기 때문입니다";
const CONTAINER = "텐서가 아닌 값을 다루기 때문입니다";

const REASONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["If", "Loop", "Scan"].map((name) => [name, CONTROL])),
  ...Object.fromEntries(
    ["NonZero", "Unique", "Compress", "NonMaxSuppression", "StringSplit"].map((name) => [name, SHAPE]),
  ),
  ...Object.fromEntries(
    [
      ...["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"],
      ...["Bernoulli", "Multinomial"],
    ].map((name) => [name, CHANCE]),
  ),
  ...Object.fromEntries(
    [
      ...["QLinearMatMul", "QLinearConv", "MatMulInteger", "ConvInteger", "DynamicQuantizeLinear"],
      ...["com.microsoft.MatMulNBits", "com.microsoft.QAttention", "com.microsoft.DynamicQuantizeMatMul"],
    ].map((name) => [name, INTEGER]),
  ),
  ...Object.fromEntries(
    [
      "SequenceConstruct",
      "SequenceAt",
      "SequenceEmpty",
      "SplitToSequence",
      "ConcatFromSequence",
      "Optional",
    ].map((name) => [name, CONTAINER]),
  ),
};

/** Names the operator; where there is a reason that no further entry of the table would remove, that too. */
export function unknownOperator(name: string): OnnxError {
  const reason = REASONS[name];
  return new OnnxError(
    "unknown-operator",
    `여기에서 계산할 수 없는 ONNX 연산이 들어 있습니다: ${name}.${reason ? ` ${reason}.` : ""} 이 연산이 없는 모델을 골라 주세요.`,
  );
}
