import { describe, expect, it } from "vitest";
import { interpret } from "../../src/engine/interpret.ts";
import { Random } from "../../src/engine/random.ts";
import { generate } from "../../src/nn/generate.ts";
import { Gpt, type GptConfig, IGNORED } from "../../src/nn/gpt.ts";

const CONFIG: GptConfig = {
  vocabulary: 11,
  context: 9,
  width: 12,
  layers: 2,
  heads: 3,
  tied: true,
  seed: 5,
};

const tokens = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.below(CONFIG.vocabulary));

/** Larger weights than training begins with, so that every part of the network shows in the logits. */
function enlarge(gpt: Gpt): void {
  const random = new Random(8);
  for (const parameter of gpt.parameters.all) {
    gpt.program.write(
      parameter,
      gpt.program.view(parameter).map((value) => value + 0.4 * random.normal()),
    );
  }
}

describe("GPT", () => {
  it.each([{ ...CONFIG }, { ...CONFIG, tied: false, norm: "rms" as const, heads: 1, layers: 1 }])(
    "generating with a cache gives the logits of the whole sequence (%o)",
    (config) => {
      const gpt = new Gpt(config, { infer: { batch: 2 }, generate: true });
      enlarge(gpt);
      const batch = tokens(new Random(1), 2 * config.context);
      const whole = gpt.infer(batch).slice();
      const largest = Math.max(...whole.map(Math.abs));
      for (let row = 0; row < 2; row++) {
        // The second sequence begins over the remains of the first.
        gpt.restart();
        for (let at = 0; at < config.context; at++) {
          const logits = gpt.next(batch[row * config.context + at]!);
          const expected = whole.subarray((row * config.context + at) * config.vocabulary);
          logits.forEach((value, i) => {
            expect(Math.abs(value - expected[i]!), `row ${row}, position ${at}`).toBeLessThan(2e-5 * largest);
          });
        }
        expect(() => gpt.next(0)).toThrow("the context of 9 tokens is full");
      }
    },
  );

  it("computes what the interpreter computes, and no position sees what comes after it", () => {
    const gpt = new Gpt(CONFIG, { infer: { batch: 1 } });
    enlarge(gpt);
    const sequence = tokens(new Random(2), CONFIG.context);
    const first = gpt.infer(sequence).slice();
    const leaf = gpt.graph.leaf("tokens");
    const output = gpt.graph.nodes.filter(({ shape }) => shape.join() === "1,9,11").at(-1)!;
    const leaves = new Map([...gpt.parameters.all, leaf].map((tensor) => [tensor, gpt.program.view(tensor)]));
    const exact = interpret([output], leaves).get(output)!;
    first.forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i]!, 4);
    });
    const changed = [...sequence];
    changed[6] = (changed[6]! + 1) % CONFIG.vocabulary;
    const second = gpt.infer(changed);
    const sees = (position: number) =>
      first
        .subarray(position * 11, (position + 1) * 11)
        .some((value, i) => value !== second[position * 11 + i]);
    expect(Array.from({ length: 9 }, (_, position) => sees(position))).toEqual([
      ...new Array(6).fill(false),
      ...new Array(3).fill(true),
    ]);
  });

  it("begins at the loss of guessing, ln 11, and learns a sequence by heart, with dropout too", () => {
    for (const dropout of [0, 0.1]) {
      const gpt = new Gpt({ ...CONFIG, dropout }, { train: { batch: 3 } });
      const random = new Random(3);
      const text = tokens(random, 3 * 10);
      const rows = [0, 1, 2].map((row) => text.slice(row * 10, (row + 1) * 10));
      gpt.setBatch(
        rows.flatMap((row) => row.slice(0, 9)),
        rows.flatMap((row) => row.slice(1)),
      );
      expect(gpt.loss()).toBeCloseTo(Math.log(11), 1);
      expect(gpt.step(300, 0.01)).toBe(300);
      // Each row's first token may not say which row it is; the rest must be known.
      expect(gpt.loss(), `dropout ${dropout}`).toBeLessThan(0.15);
    }
  });

  it("learns from a text in memory, and writes it on from its first tokens", () => {
    // It repeats after 11 tokens; most tokens occur twice, so one alone does not tell what follows.
    const text = Array.from({ length: 200 }, (_, i) => (i * i + 3 * i) % 11);
    const gpt = new Gpt(
      { ...CONFIG, width: 24, seed: 2 },
      { train: { batch: 8, text: text.length }, generate: true },
    );
    gpt.setText(text);
    gpt.setBatch(
      Array.from({ length: 72 }, (_, i) => text[i % 9]!),
      Array.from({ length: 72 }, (_, i) => text[(i % 9) + 1]!),
    );
    expect(gpt.step(300, 0.005)).toBe(300);
    expect(gpt.loss()).toBeLessThan(0.5);
    const written: number[] = [];
    // Longer than the context, so that the window moves on.
    for (const { token, distribution } of generate(gpt, text.slice(0, 6), new Random(1), {
      temperature: 0,
    })) {
      expect(distribution[token]).toBe(1);
      if (written.push(token) === 30) break;
    }
    expect(written).toEqual(text.slice(6, 36));
  });

  it("does not learn from targets that are ignored, and measures the others only", () => {
    const losses = [1, 7].map((unseen) => {
      const gpt = new Gpt(CONFIG, {
        train: { batch: 2, time: 4, ignore: true },
        infer: { batch: 2, time: 4 },
      });
      const sequence = [3, 1, 4, unseen, 2, 6, 5, unseen];
      gpt.setBatch(sequence, [1, IGNORED, IGNORED, 9, 6, 5, IGNORED, IGNORED]);
      const logits = gpt.infer(sequence);
      const nats = ([place, target]: readonly [number, number]) => {
        const row = logits.subarray(place * 11, (place + 1) * 11);
        return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[target]!;
      };
      const counted = [[0, 1] as const, [3, 9] as const, [4, 6] as const, [5, 5] as const].map(nats);
      expect(gpt.loss()).toBeCloseTo(counted.reduce((a, b) => a + b) / 4, 5);
      expect(gpt.step(150, 0.01)).toBe(150);
      return gpt.loss();
    });
    for (const loss of losses) expect(loss).toBeLessThan(0.05);
  });

  it("keeps the attention weights when asked: each row a distribution over what came before", () => {
    const gpt = new Gpt(CONFIG, { infer: { batch: 2, attention: true } });
    enlarge(gpt);
    gpt.infer(tokens(new Random(4), 2 * CONFIG.context));
    const blocks = gpt.attention();
    expect(blocks).toHaveLength(CONFIG.layers);
    const time = CONFIG.context;
    for (const weights of blocks) {
      expect(weights).toHaveLength(2 * CONFIG.heads * time * time);
      for (let row = 0; row < weights.length / time; row++) {
        const own = weights.subarray(row * time, (row + 1) * time);
        expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        expect(own.subarray((row % time) + 1).every((weight) => weight === 0)).toBe(true);
      }
    }
  });

  it("counts its parameters: embeddings, 12·d² + 13·d a block, the final norm", () => {
    const { vocabulary, context, width: d, layers } = CONFIG;
    const expected = (vocabulary + context) * d + layers * (12 * d * d + 13 * d) + 2 * d;
    expect(new Gpt(CONFIG, { infer: { batch: 1 } }).parameters.count).toBe(expected);
  });
});
