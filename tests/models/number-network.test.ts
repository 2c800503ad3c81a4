import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { openTranslator } from "../../scripts/pretrain/run-translator.ts";
import { parseReading } from "../../src/data/number-reading.ts";
import { Random } from "../../src/engine/random.ts";
import {
  drawPairs,
  heldOutPairs,
  isHeldOut,
  LONGEST,
  NumberNetwork,
  type NumberNetworkKind,
  pairOf,
  TRANSLATOR_FILES,
  textOfTokens,
  tokensOf,
} from "../../src/models/number-network.ts";
import { parseSequenceCard } from "../../src/models/sequence-card.ts";
import { readWeights } from "../../src/onnx/read-weights.ts";

const FOLDER = join(import.meta.dirname, "../../public/models");

const cardOf = (kind: NumberNetworkKind) =>
  parseSequenceCard(readFileSync(join(FOLDER, `${TRANSLATOR_FILES[kind]}.json`), "utf8"))!;

function shipped(kind: NumberNetworkKind) {
  const card = cardOf(kind);
  const bytes = readFileSync(join(FOLDER, card.file));
  const network = new NumberNetwork(kind, 9, 4);
  network.setWeights(readWeights(bytes));
  return { card, bytes, network };
}

const SAMPLE = ([3, 4, 5, 6] as const).flatMap((digits) =>
  (["read", "write"] as const).flatMap((way) => heldOutPairs(digits, way, 12, 3)),
);

describe.each(["attention", "plain"] as const)("the shipped translator: %s", (kind) => {
  const { card, bytes, network } = shipped(kind);

  it("belongs to its card", () => {
    expect(card.bytes).toBe(bytes.length);
    expect(card.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(card.parameters).toBe(network.parameterCount);
    expect(bytes.length).toBeLessThan(400_000);
  });

  it("writes in onnxruntime what it writes here, and as often rightly as its card says", async () => {
    const sources = SAMPLE.map(({ source }) => source);
    const ours = [0, 50].flatMap((at) => network.translate(sources.slice(at, at + 50)));
    const theirs = await openTranslator(bytes);
    // A few: the file computes the whole target anew for every symbol.
    const few = [0, 20, 40, 60, 80, 95];
    expect(await theirs.translate(few.map((i) => sources[i]!))).toEqual(few.map((i) => ours[i]!.output));
    await theirs.dispose();
    const shares = card.scores.filter(({ what }) => /^[3-6]자리/.test(what)).map(({ share }) => share);
    const expected = shares.reduce((a, b) => a + b) / shares.length;
    const right = SAMPLE.filter(({ target }, i) => ours[i]!.output === target).length / SAMPLE.length;
    expect(Math.abs(right - expected)).toBeLessThan(4 * Math.sqrt(0.1 / SAMPLE.length));
    expect(expected).toBeGreaterThan(kind === "attention" ? 0.99 : 0.9);
  });

  it("sees a share of 1 of the source for every symbol, or has no attention", () => {
    const [answer] = network.translate(["384512"]);
    expect(answer!.probabilities).toHaveLength(answer!.output.length + 1);
    expect(answer!.attention).toHaveLength(kind === "plain" ? 0 : answer!.output.length + 1);
    for (const row of answer!.attention) {
      expect(row).toHaveLength(7);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
    }
  });
});

test("two networks of about one size", () => {
  const counts = (["attention", "plain"] as const).map((kind) => cardOf(kind).parameters);
  expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.1);
});

describe("pairs", () => {
  it("for training are never held out, go both ways, and are right by the rules", () => {
    const pairs = drawPairs(400, [1, 2, 3, 4, 5, 6, 7, 8], new Random(1));
    for (const { value, direction, source, target } of pairs) {
      expect(isHeldOut(value)).toBe(false);
      const [digits, reading] = direction === "read" ? [source, target] : [target, source];
      expect(digits).toBe(String(value));
      expect(parseReading(reading)).toBe(value);
    }
    expect(pairs.filter(({ direction }) => direction === "read")).toHaveLength(200);
  });

  it("for tests are held out, of one length and all different", () => {
    const pairs = heldOutPairs(5, "read", 100, 3);
    expect(new Set(pairs.map(({ value }) => value)).size).toBe(100);
    for (const { value } of pairs) {
      expect(isHeldOut(value)).toBe(true);
      expect(String(value)).toHaveLength(5);
    }
    const share =
      Array.from({ length: 20_000 }, (_, i) => isHeldOut(i + 1000)).filter(Boolean).length / 20_000;
    expect(share).toBeCloseTo(0.1, 1);
  });

  it("become tokens and text again", () => {
    const { source, target } = pairOf(99_999_999, "read");
    const tokens = tokensOf([source, target]);
    expect(textOfTokens(tokens.subarray(0, LONGEST))).toBe("99999999");
    expect(textOfTokens(tokens.subarray(LONGEST))).toBe(target);
    expect(() => tokensOf(["칠조"])).toThrow(RangeError);
  });
});
