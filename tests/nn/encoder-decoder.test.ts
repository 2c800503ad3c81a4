import { describe, expect, it } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import {
  decodeGiven,
  decodeStep,
  encoderDecoderWeights,
  encodeSource,
  translationLoss,
} from "../../src/nn/encoder-decoder.ts";
import { Parameters } from "../../src/nn/parameters.ts";
import { expectSlopes, fill } from "./slopes.ts";

const SIZES = { vocabulary: 7, embedding: 3, encoder: 2, decoder: 3, padding: 0 };
const [BATCH, FROM, TO] = [2, 4, 3];
/** The second source is shorter: its last two places are padding. */
const SOURCE = [2, 3, 4, 1, 5, 1, 0, 0];
const GIVEN = [1, 4, 5, 1, 6, 2];
const TARGETS = [4, 5, 1, 6, 1, 0];

function build(attention: number) {
  const graph = new Graph();
  const parameters = new Parameters(graph);
  const own = encoderDecoderWeights(parameters, { ...SIZES, attention });
  const source = graph.input("source", [BATCH, FROM], "i32");
  const given = graph.input("given", [BATCH, TO], "i32");
  const targets = graph.input("targets", [BATCH, TO], "i32");
  const encoded = encodeSource(source, own);
  const { logits, weights } = decodeGiven(given, encoded, own);
  const loss = translationLoss(logits, targets, 0);
  const values = fill(parameters.all, 11, 0.7);
  values.set(source, Float64Array.from(SOURCE));
  values.set(given, Float64Array.from(GIVEN));
  values.set(targets, Float64Array.from(TARGETS));
  return { graph, parameters, own, source, given, encoded, logits, weights, loss, values };
}

describe.each([0, 4])("with an attention of width %i", (attention) => {
  it("has the derivatives of central differences", () => {
    const { parameters, loss, values } = build(attention);
    expectSlopes(loss, parameters.all, values);
  });

  it("does one step as it does all: the state carried on gives the same logits", () => {
    const { graph, own, encoded, logits, values } = build(attention);
    const steps = Array.from({ length: TO }, (_, t) => graph.input(`token ${t}`, [BATCH], "i32"));
    let state = encoded.start;
    const found = steps.map((token, t) => {
      values.set(token, Float64Array.from([GIVEN[t]!, GIVEN[TO + t]!]));
      const step = decodeStep(token, state, encoded, own);
      state = step.state;
      return step.logits;
    });
    const all = interpret([logits, ...found], values);
    found.forEach((tensor, t) => {
      for (let row = 0; row < BATCH; row++) {
        for (let i = 0; i < 7; i++) {
          expect(all.get(tensor)![row * 7 + i]).toBeCloseTo(all.get(logits)![(row * TO + t) * 7 + i]!, 12);
        }
      }
    });
  });

  it("does not read padding: a shorter source alone gives the same", () => {
    const { own, logits, values, graph } = build(attention);
    const short = graph.input("short", [1, 2], "i32");
    const given = graph.input("short given", [1, TO], "i32");
    values.set(short, Float64Array.from([5, 1]));
    values.set(given, Float64Array.from(GIVEN.slice(TO)));
    const alone = decodeGiven(given, encodeSource(short, own), own).logits;
    const all = interpret([logits, alone], values);
    for (let i = 0; i < TO * 7; i++) {
      expect(all.get(alone)![i]).toBeCloseTo(all.get(logits)![TO * 7 + i]!, 12);
    }
  });
});

it("divides its attention by softmax of vᵀ·tanh(W·s + U·h), nothing for padding", () => {
  const { encoded, weights, values, own } = build(4);
  const { query, key, score } = own.alignment!;
  const all = interpret([weights!, encoded.states, encoded.start], values);
  const [given, states, start] = [weights!, encoded.states, encoded.start].map((it) => all.get(it)!);
  const at = (name: typeof query, row: number, column: number) =>
    values.get(name)![row * name.shape[1]! + column]!;
  for (let row = 0; row < BATCH; row++) {
    const real = row === 0 ? FROM : 2;
    const energies = Array.from({ length: real }, (_, j) =>
      Array.from({ length: 4 }, (_, a) => {
        let total = 0;
        for (let i = 0; i < 3; i++) total += start![row * 3 + i]! * at(query, i, a);
        for (let i = 0; i < 4; i++) total += states![(row * FROM + j) * 4 + i]! * at(key, i, a);
        return Math.tanh(total) * at(score, a, 0);
      }).reduce((x, y) => x + y),
    );
    const total = energies.reduce((sum, energy) => sum + Math.exp(energy), 0);
    for (let j = 0; j < FROM; j++) {
      // The first target step asks with the decoder's first state.
      const expected = j < real ? Math.exp(energies[j]!) / total : 0;
      expect(given![row * TO * FROM + j]).toBeCloseTo(expected, 10);
    }
  }
});
