/** Whether probabilities are what they say: of the answers given with 95 %, are 95 % right? */
import { largest, softmax } from "./softmax.ts";

/** A network's answers to examples whose classes are known. */
export interface Answers {
  /** [count, classes] */
  readonly logits: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** Answers whose confidence lies within one tenth. */
export interface Bin {
  /** From this confidence on, up to the next bin. */
  readonly from: number;
  readonly count: number;
  /** Mean probability of the chosen class. */
  readonly confidence: number;
  /** Share of right answers. */
  readonly accuracy: number;
}

export interface Reliability {
  readonly bins: readonly Bin[];
  /**
   * Expected calibration error: the gaps between confidence and accuracy, weighted by how many answers each bin has
   * (M. Naeini, G. Cooper, M. Hauskrecht 2015).
   */
  readonly ece: number;
  readonly accuracy: number;
  readonly confidence: number;
  /** Mean of −ln p of the right class. */
  readonly loss: number;
}

const BINS = 10;

const row = ({ logits, classes }: Answers, at: number): number[] =>
  Array.from({ length: classes }, (_, i) => logits[at * classes + i]!);

/** Sorts the answers into ten bins by their confidence. */
export function reliabilityOf(answers: Answers, temperature = 1): Reliability {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  let loss = 0;
  const total = answers.labels.length;
  for (let at = 0; at < total; at++) {
    const probabilities = softmax(row(answers, at), temperature);
    const answer = largest(probabilities);
    const label = answers.labels[at]!;
    const confidence = probabilities[answer]!;
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))]!;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += answer === label ? 1 : 0;
    loss -= Math.log(Math.max(1e-300, probabilities[label]!));
  }
  const bins = sums.map(({ count, confidence, right }, i) => ({
    from: i / BINS,
    count,
    confidence: count > 0 ? confidence / count : 0,
    accuracy: count > 0 ? right / count : 0,
  }));
  const mean = (value: (bin: Bin) => number) =>
    bins.reduce((sum, bin) => sum + bin.count * value(bin), 0) / Math.max(1, total);
  return {
    bins,
    ece: mean(({ confidence, accuracy }) => Math.abs(confidence - accuracy)),
    accuracy: mean(({ accuracy }) => accuracy),
    confidence: mean(({ confidence }) => confidence),
    loss: loss / Math.max(1, total),
  };
}

export const COLDEST = 0.2;
export const HOTTEST = 8;

/**
 * The temperature whose probabilities suit the answers best: the smallest loss (temperature scaling; C. Guo et al. 2017,
 * arXiv:1706.04599). The loss has one valley in 1/T, so a golden section finds it.
 */
export function fitTemperature(answers: Answers): number {
  const lossAt = (inverse: number) => reliabilityOf(answers, 1 / inverse).loss;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [1 / HOTTEST, 1 / COLDEST];
  while (high - low > 1e-4) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  return 2 / (low + high);
}
