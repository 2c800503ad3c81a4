/** What can be tried in a page: memory, and why something cannot. */
import type { Derivation } from "./derive.ts";
import { bytesText, sizeOfValues, type ValueShape } from "./shapes.ts";

/** Examples in a training step. */
export const BATCH = 16;
const TRAIN_EXAMPLES = 480;
const TEST_EXAMPLES = 192;
const BYTES = 4;
/** A page on a telephone gets about so much. */
export const MOST_BYTES = 420e6;
const MOST_DATA_BYTES = 48e6;

/** How many examples there are: fewer where each is large. */
export function exampleCounts(
  input: ValueShape,
  train: boolean,
): { readonly train: number; readonly test: number } {
  if (!train) return { train: BATCH, test: 1 };
  const room = Math.floor(MOST_DATA_BYTES / (BYTES * sizeOfValues(input)));
  const share = Math.min(1, room / (TRAIN_EXAMPLES + TEST_EXAMPLES));
  // Whole batches, so that one goes round without a gap.
  return {
    train: Math.max(1, Math.floor((TRAIN_EXAMPLES * share) / BATCH)) * BATCH,
    test: Math.max(BATCH, Math.floor(TEST_EXAMPLES * share)),
  };
}

/** Training steps at one press: points cost next to nothing, and a spiral needs many. */
export const roundOf = ({ kind }: ValueShape): number => (kind === "vector" ? 3000 : 300);

/** Bytes that one example needs on its way forward. */
export const forwardBytes = ({ totals }: Derivation): number => BYTES * (totals.parameters + totals.values);

/** Weights, gradients and Adam's two averages; values and their gradients for the whole batch. */
export const trainingBytes = ({ totals }: Derivation): number =>
  BYTES * (4 * totals.parameters + 2 * BATCH * totals.values);

/** Why the network cannot be tried; `undefined` when it can. */
export function obstacle(derivation: Derivation, train: boolean): string | undefined {
  const { output, broken } = derivation;
  if (broken !== undefined || output === undefined) return "이어지지 않은 곳을 먼저 고쳐야 합니다.";
  if (output.kind === "tokens") return "토큰 번호만 있고 계산하는 층이 없습니다. 층을 더해 주세요.";
  const needed = train ? trainingBytes(derivation) : forwardBytes(derivation);
  if (needed > MOST_BYTES) {
    return `${bytesText(needed)}쯤 필요합니다. 이 페이지에서는 ${bytesText(MOST_BYTES)}까지만 씁니다.`;
  }
  if (!train) return undefined;
  if (output.kind !== "vector" || output.size < 2) {
    return "훈련하려면 마지막 값이 한 줄로 놓여 있고 둘 이상이어야 합니다. 펼치기나 전역 평균 뒤에 완전 연결층을 두세요.";
  }
  if (derivation.totals.parameters === 0) return "고칠 파라미터가 없습니다.";
  return undefined;
}
