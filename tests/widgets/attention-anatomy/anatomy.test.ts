import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/random.ts";
import { Gpt, type GptConfig } from "../../../src/nn/gpt.ts";
import { probabilities } from "../../../src/nn/sampling.ts";
import { anatomyGoals } from "../../../src/widgets/attention-anatomy/goals.ts";
import {
  AnatomyNetwork,
  type AnatomySource,
  LONGEST,
} from "../../../src/widgets/attention-anatomy/network.ts";
import {
  maskedOf,
  mixedTerms,
  productsOf,
  productTerms,
  projectionTerms,
  softmaxShares,
  sumOf,
  unmaskedWeights,
} from "../../../src/widgets/attention-anatomy/parts.ts";
import type { Looked } from "../../../src/widgets/attention-anatomy/protocol.ts";
import { readSentence } from "../../../src/widgets/attention-anatomy/sentence.ts";
import { type AnatomyState, anatomyState, STEPS } from "../../../src/widgets/attention-anatomy/state.ts";
import { points, signed } from "../../../src/widgets/attention-anatomy/text.ts";

const CONFIG: GptConfig = {
  ...{ vocabulary: 13, context: 32, width: 12, layers: 2, heads: 3, tied: true, deviation: 0.5, seed: 3 },
};

/** A network whose weights are all drawn, biases too, and the same one as `Gpt` runs it. */
function drawn(): { network: AnatomyNetwork; gpt: Gpt } {
  const gpt = new Gpt(CONFIG, { infer: { batch: 1, time: LONGEST } });
  const random = new Random(5);
  const values = new Map(
    gpt.parameters.all.map((parameter) => {
      const own = gpt.program.view(parameter).map((value) => value + 0.2 * random.normal()) as Float32Array;
      gpt.program.write(parameter, own);
      return [parameter.name!, own];
    }),
  );
  const source: AnatomySource = { gpt: CONFIG, weight: (name) => ({ values: values.get(name)! }) };
  return { network: new AnatomyNetwork(source), gpt };
}

const TOKENS = [0, 4, 7, 2, 11, 4, 9];
const { network, gpt } = drawn();
const look = (patch: Partial<Parameters<AnatomyNetwork["look"]>[0]> = {}) =>
  network.look({ tokens: TOKENS, layer: 1, head: 2, off: [], ...patch });

describe("every number opens to the numbers it came from", () => {
  const { part } = look();
  const cells = TOKENS.flatMap((_, row) => [0, 3].map((dimension) => ({ row, dimension })));

  it.each(["query", "key", "value"] as const)("%s", (kind) => {
    for (const { row, dimension } of cells) {
      const sum =
        sumOf(projectionTerms(part, kind, row, dimension)) + part.projections[kind].bias[dimension]!;
      expect(part[kind][row * part.size + dimension]).toBeCloseTo(sum, 4);
    }
  });

  it("products, weights and what is taken", () => {
    const products = productsOf(part);
    const masked = maskedOf(part);
    for (let row = 0; row < part.count; row++) {
      const shares = softmaxShares(part, row, true);
      for (let column = 0; column < part.count; column++) {
        const at = row * part.count + column;
        const sum = sumOf(productTerms(part, row, column));
        expect(products[at]).toBeCloseTo(sum, 4);
        expect(part.scores[at]).toBeCloseTo(sum / 2, 4);
        expect(masked[at]).toBe(column > row ? Number.NEGATIVE_INFINITY : part.scores[at]);
        expect(part.weights[at]).toBeCloseTo(shares[column]!.share, 5);
      }
      for (let dimension = 0; dimension < part.size; dimension++) {
        const sum = sumOf(mixedTerms(part, row, dimension));
        expect(part.mixed[row * part.size + dimension]).toBeCloseTo(sum, 4);
      }
    }
  });

  it("without the mask every row still adds up to 1, and the last one does not change", () => {
    const open = unmaskedWeights(part);
    const n = part.count;
    for (let row = 0; row < n; row++) {
      expect(open.subarray(row * n, (row + 1) * n).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    open.subarray((n - 1) * n).forEach((share, i) => {
      expect(share).toBeCloseTo(part.weights[(n - 1) * n + i]!, 5);
    });
  });
});

describe("heads switched off", () => {
  const all = [0, 1].flatMap((layer) => [0, 1, 2].map((head) => ({ layer, head })));

  it("none: what the network itself foretells", () => {
    const padded = [...TOKENS, ...new Array<number>(LONGEST - TOKENS.length).fill(0)];
    const logits = gpt.infer(padded).subarray((TOKENS.length - 1) * 13, TOKENS.length * 13);
    const expected = probabilities(logits);
    for (const { token, probability } of look().next) expect(probability).toBeCloseTo(expected[token]!, 5);
    expect(look().changed).toBeUndefined();
  });

  it("all: earlier tokens no longer matter, and on again they do", () => {
    const blind = (tokens: readonly number[]) => look({ tokens, off: all }).changed!;
    const other = [0, 1, 1, 8, 3, 12, 9];
    blind(TOKENS).forEach(({ token, probability }, i) => {
      expect(blind(other)[i]!.token).toBe(token);
      expect(blind(other)[i]!.probability).toBeCloseTo(probability, 6);
    });
    expect(look().next[0]!.probability).not.toBeCloseTo(look({ tokens: other }).next[0]!.probability, 3);
  });

  it("one: the effect that is told is what switching it off does", () => {
    const { effects, next } = look();
    all.forEach((head, i) => {
      const { changed } = look({ off: [head] });
      const without = changed!.find(({ token }) => token === next[0]!.token)!.probability;
      expect(next[0]!.probability - without).toBeCloseTo(effects[i]!, 6);
    });
    expect(Math.max(...effects.map(Math.abs))).toBeGreaterThan(0.001);
  });

  it("too many tokens are refused", () => {
    expect(() => look({ tokens: [] })).toThrow("0 tokens");
    expect(() => look({ tokens: new Array(LONGEST + 1).fill(0) })).toThrow(`${LONGEST + 1} tokens`);
  });
});

it("a sentence begins with the beginning, and what does not fit is counted", () => {
  const tokenizer = { encode: (text: string) => [...text].map(() => 1), label: () => "▁가" };
  expect(readSentence(" 가나 ", tokenizer, 0)).toEqual({
    ...{ tokens: [0, 1, 1], labels: ["시작", "␣가", "␣가"], beyond: 0 },
  });
  expect(readSentence("가".repeat(30), tokenizer, 0).beyond).toBe(31 - LONGEST);
  expect(readSentence("", tokenizer, 0).tokens).toEqual([0]);
});

describe("goals", () => {
  const looked = (tokens: readonly number[], patch: Partial<Looked["anatomy"]> = {}): Looked => ({
    ...{ text: tokens.join(" "), labels: [], names: {}, beyond: 0 },
    anatomy: { ...look({ tokens }), ...patch },
  });
  const first = (token: number) => [{ token, probability: 1 }];
  const done = (given: Partial<Parameters<typeof anatomyGoals>[0]>, state: Partial<AnatomyState> = {}) =>
    anatomyGoals({
      ...{ state: { ...anatomyState.defaults, ...state }, looked: undefined, before: undefined, row: 6 },
      ...{ visited: new Set(), ...given },
    })
      .filter((goal) => goal.done)
      .map(({ id }) => id);
  const withWeights = (column: number, row: number): Looked => {
    const plain = looked(TOKENS);
    const weights = new Float32Array(49);
    weights[row * 7 + column] = 1;
    return { ...plain, anatomy: { ...plain.anatomy, part: { ...plain.anatomy.part, weights } } };
  };

  it("are judged from what the network did", () => {
    expect(done({ looked: withWeights(5, 6) })).toEqual(["previous"]);
    expect(done({ looked: withWeights(1, 6) }, { layer: 1, head: 2 })).toEqual(["far"]);
    expect(done({ looked: withWeights(1, 6) })).toEqual([]);
    expect(done({ looked: withWeights(0, 6) })).toEqual([]);
    expect(done({ looked: withWeights(3, 3), row: 3, visited: new Set(STEPS) })).toEqual(["walk"]);
    const [one, other] = [
      [0, 4, 7],
      [0, 5, 7],
    ];
    const before = looked(one!, { next: first(3) });
    expect(done({ row: 2, before, looked: looked(other!, { next: first(4) }) })).toContain("edit");
    expect(done({ row: 2, before, looked: looked(other!, { next: first(3) }) })).not.toContain("edit");
    expect(done({ row: 2, before, looked: looked([0, 5, 8], { next: first(4) }) })).not.toContain("edit");
    const cut = looked(TOKENS, { next: first(1), changed: first(2) });
    expect(done({ looked: cut }, { off: [{ layer: 0, head: 1 }] })).toContain("off");
    expect(done({ looked: cut }, { off: [] })).not.toContain("off");
  });
});

it("the state travels in the address, the sentence and the heads that are off as well", () => {
  const state: AnatomyState = {
    ...anatomyState.defaults,
    ...{
      sentence: "새; 문장=100%",
      off: [
        { layer: 3, head: 1 },
        { layer: 0, head: 0 },
      ],
      row: 4,
      masked: false,
    },
  };
  expect(anatomyState.decode(anatomyState.encode(state))).toEqual({ state, problems: [] });
  expect(anatomyState.decode("1;off=7;sentence=%").problems).toEqual(["off", "sentence"]);
});

it("numbers are written with a true minus", () => {
  expect([-0.001, -1.5, 2, Number.NEGATIVE_INFINITY].map(signed)).toEqual(["0.00", "−1.50", "2.00", "−∞"]);
  expect([0.123, -0.05, 0.0001].map(points)).toEqual(["−12.3%p", "+5.0%p", "변화 없음"]);
});
