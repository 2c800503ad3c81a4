import { expect, it } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import { Graph } from "../../src/engine/graph.ts";
import { createProgram } from "../../src/engine/program.ts";
import { Random } from "../../src/engine/random.ts";
import { adam } from "../../src/nn/optimizers.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { decode, encode, type Seq2SeqConfig, seq2SeqLoss, seq2SeqWeights } from "../../src/nn/seq2seq.ts";

const [PADDING, START] = [0, 1];
/** Tokens 2 to 6 are letters. */
const CONFIG: Seq2SeqConfig = {
  ...{ sourceVocabulary: 7, targetVocabulary: 7, width: 16, heads: 2, layers: 1, padding: PADDING },
};
const [BATCH, TIME] = [32, 4];

function build() {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const weights = seq2SeqWeights(parameters, CONFIG);
  const source = graph.input("source", [BATCH, TIME], "i32");
  const given = graph.input("given", [BATCH, TIME], "i32");
  const targets = graph.input("targets", [BATCH, TIME], "i32");
  const logits = decode(given, source, encode(source, weights, CONFIG), weights, CONFIG);
  const loss = seq2SeqLoss(logits, targets, CONFIG);
  const updates = adam(graph, parameters.all, gradients(loss, parameters.all), graph.constant(0.01));
  const program = createProgram(graph, {
    step: { updates, guard: loss },
    run: { outputs: [logits, loss] },
  });
  parameters.initialize(program, 4);
  return { program, source, given, targets, logits, loss };
}

/** Words of 1 to 4 letters and the same words backwards, padded behind. */
function words(random: Random) {
  const rows = Array.from({ length: BATCH }, () =>
    Array.from({ length: 1 + random.below(TIME) }, () => 2 + random.below(5)),
  );
  const padded = (row: number[]) => [...row, ...new Array<number>(TIME - row.length).fill(PADDING)];
  return {
    source: rows.flatMap(padded),
    targets: rows.flatMap((row) => padded([...row].reverse())),
    given: rows.flatMap((row) => padded([START, ...[...row].reverse().slice(0, -1)])),
  };
}

it("learns to write words backwards that it has not seen", () => {
  const { program, source, given, targets, logits } = build();
  const random = new Random(5);
  const load = (batch: ReturnType<typeof words>) => {
    program.write(source, batch.source);
    program.write(given, batch.given);
    program.write(targets, batch.targets);
  };
  for (let round = 0; round < 150; round++) {
    load(words(random));
    expect(program.run("step", 3)).toBe(3);
  }
  const test = words(new Random(99));
  load(test);
  program.run("run");
  const values = program.view(logits);
  let [right, all] = [0, 0];
  test.targets.forEach((target, at) => {
    if (target === PADDING) return;
    const row = Array.from(values.subarray(at * 7, at * 7 + 7));
    all++;
    if (row.indexOf(Math.max(...row)) === target) right++;
  });
  // Guessing letters would get one in five.
  expect(right / all).toBeGreaterThan(0.9);
});

it("does not read padding: what stands for it changes nothing before it", () => {
  const { program, source, given, logits } = build();
  program.write(source, new Array(BATCH).fill([2, 3, PADDING, PADDING]).flat());
  program.write(given, new Array(BATCH).fill([START, 3, 4, 5]).flat());
  program.run("run");
  const before = program.view(logits).slice(0, 28);
  // The second example gets a letter where the first keeps its padding.
  program.write(source, [2, 3, PADDING, PADDING, 2, 3, 4, PADDING, ...new Array(4 * (BATCH - 2)).fill(2)]);
  program.run("run");
  const after = program.view(logits);
  expect(after.slice(0, 28)).toEqual(before);
  expect(after.slice(28, 56)).not.toEqual(before);
});
