import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeRecords } from "../../src/learner/merge.ts";
import { readText } from "../../src/learner/read.ts";
import type { AnswerRecord, LearnerRecord } from "../../src/learner/record.ts";

const id = fc.constantFrom("a", "b", "c", "constructor", "toString");
const date = fc.constantFrom(
  "2026-01-01T00:00:00.000Z",
  "2026-01-02T00:00:00.000Z",
  "2027-05-05T05:05:05.005Z",
);

const answer: fc.Arbitrary<AnswerRecord> = fc.record({
  version: fc.integer({ min: 1, max: 3 }),
  response: fc.oneof(fc.string(), fc.array(id)),
  verdict: fc.constantFrom("correct", "partial", "incorrect"),
  attempts: fc.integer({ min: 1, max: 5 }),
  overridden: fc.boolean(),
  revealed: fc.boolean(),
  at: date,
});

const record: fc.Arbitrary<LearnerRecord> = fc.record({
  version: fc.constant(1 as const),
  since: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, date),
  read: fc.dictionary(id, fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs), {
    noNullPrototype: true,
  }),
  goals: fc.dictionary(
    id,
    fc.uniqueArray(id).map((ids) => ids.sort()),
    { noNullPrototype: true },
  ),
  answers: fc.dictionary(id, answer, { noNullPrototype: true }),
  settings: fc.record({ theme: fc.constantFrom("system", "light", "dark") }),
  settingsAt: fc.oneof(fc.constant(""), date),
});

const sameEra = fc.tuple(record, record).map(([a, b]) => [a, { ...b, since: a.since }] as const);

describe("mergeRecords", () => {
  test("does not depend on the order", () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(mergeRecords(a, b)).toEqual(mergeRecords(b, a));
      }),
    );
  });

  test("does not depend on the grouping", () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(mergeRecords(mergeRecords(a, b), c)).toEqual(mergeRecords(a, mergeRecords(b, c)));
      }),
    );
  });

  test("changes nothing when repeated", () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const merged = mergeRecords(a, b);
        expect(mergeRecords(merged, b)).toEqual(merged);
        expect(mergeRecords(a, a)).toEqual(a);
      }),
    );
  });

  test("loses no goal, no read fraction and no newest answer", () => {
    fc.assert(
      fc.property(sameEra, ([a, b]) => {
        const merged = mergeRecords(a, b);
        for (const source of [a, b]) {
          for (const [widget, ids] of Object.entries(source.goals)) {
            for (const goal of ids) expect(merged.goals[widget]).toContain(goal);
          }
          for (const [lesson, fraction] of Object.entries(source.read)) {
            expect(merged.read[lesson]).toBeGreaterThanOrEqual(fraction);
          }
          for (const [question, given] of Object.entries(source.answers)) {
            expect(merged.answers[question]!.at >= given.at).toBe(true);
          }
        }
      }),
    );
  });
});

describe("readText", () => {
  test("reads back what was written", () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(readText(JSON.stringify(value))).toEqual({ kind: "intact", record: value });
      }),
    );
  });

  test("any beginning of a text reads without inventing anything", () => {
    fc.assert(
      fc.property(record, fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const reading = readText(text.slice(0, at % text.length));
        expect(reading.kind).toBe("damaged");
        for (const [question, given] of Object.entries(reading.record.answers)) {
          expect(given.response).toEqual(value.answers[question]!.response.slice(0, given.response.length));
          expect(given.verdict).toBe(value.answers[question]!.verdict);
        }
        for (const [widget, ids] of Object.entries(reading.record.goals)) {
          for (const goal of ids) expect(value.goals[widget]).toContain(goal);
        }
      }),
    );
  });

  test("any text at all reads without throwing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["damaged", "newer"]).toContain(readText(text).kind);
      }),
    );
  });

  test("a text of many open brackets is read quickly", () => {
    const start = performance.now();
    expect(readText(`{"version":1,"read":${"[".repeat(20_000)}`).kind).toBe("damaged");
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
