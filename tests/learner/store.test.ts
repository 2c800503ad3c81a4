import { describe, expect, test } from "vitest";
import type { AnswerRecord } from "../../src/learner/record.ts";
import { DAMAGED_KEY, RECORD_KEY } from "../../src/learner/storage.ts";
import { createLearner } from "../../src/learner/store.ts";
import { FakeStorage } from "./fake-storage.ts";

const answer = (response: string, at = "2026-01-02T03:04:05.000Z"): AnswerRecord => ({
  version: 1,
  response,
  verdict: "correct",
  attempts: 1,
  overridden: false,
  revealed: false,
  at,
});

/** One page over `storage`, already loaded. */
function openPage(storage: FakeStorage | undefined, now = "2026-06-01T00:00:00.000Z") {
  const events = new EventTarget();
  const learner = createLearner({ open: () => storage, events, now: () => new Date(now) });
  learner.load();
  return { learner, events };
}

const stored = (storage: FakeStorage) => JSON.parse(storage.items.get(RECORD_KEY) ?? "null");

describe("a working storage", () => {
  test("everything is there after a reload", () => {
    const storage = new FakeStorage();
    const { learner } = openPage(storage);
    learner.markRead("01-deep", 0.5);
    learner.reachGoal("depth-playground", "xor");
    learner.saveAnswer("dl-q1", answer("은닉층이 여러 개라서"));
    learner.setSetting("theme", "dark");

    const again = openPage(storage).learner;
    expect(again.record.value.read).toEqual({ "01-deep": 0.5 });
    expect(again.record.value.goals).toEqual({ "depth-playground": ["xor"] });
    expect(again.answer("dl-q1")).toEqual(answer("은닉층이 여러 개라서"));
    expect(again.record.value.settings.theme).toBe("dark");
    expect(again.problem.value).toBeNull();
  });

  test("the record is empty and nothing is written before load and on the server", () => {
    const storage = new FakeStorage();
    createLearner({ open: () => storage });
    expect(storage.writes).toBe(0);
    const onServer = createLearner({ open: () => undefined });
    expect(onServer.record.value.answers).toEqual({});
    expect(onServer.problem.value).toBeNull();
    expect(onServer.loaded.value).toBe(false);
  });

  test("reading keeps the maximum, within 0…1, and writes at most once a hundredth", () => {
    const storage = new FakeStorage();
    const { learner } = openPage(storage);
    for (let step = 0; step <= 5000; step += 1) learner.markRead("01-deep", step / 5000);
    expect(storage.writes).toBeLessThanOrEqual(100);
    for (const fraction of [0.2, -1, Number.NaN, 7]) learner.markRead("01-deep", fraction);
    expect(learner.record.value.read["01-deep"]).toBe(1);
  });

  test("a goal counts once; names of object members are ordinary ids", () => {
    const { learner } = openPage(new FakeStorage());
    learner.reachGoal("constructor", "toString");
    learner.reachGoal("constructor", "toString");
    expect(learner.record.value.goals.constructor).toEqual(["toString"]);
    expect(learner.answer("constructor")).toBeUndefined();
  });

  test("a clock that was set back does not make the older answer win", () => {
    const storage = new FakeStorage();
    openPage(storage).learner.saveAnswer("dl-q1", answer("미래", "2035-01-01T00:00:00.000Z"));
    openPage(storage).learner.saveAnswer("dl-q1", answer("지금", "2026-01-01T00:00:00.000Z"));
    expect(openPage(storage).learner.answer("dl-q1")?.response).toBe("지금");
  });
});

describe("two tabs", () => {
  test("neither overwrites the other, even without an event", () => {
    const storage = new FakeStorage();
    const a = openPage(storage).learner;
    const b = openPage(storage).learner;
    a.saveAnswer("dl-q1", answer("하나"));
    b.saveAnswer("dl-q2", answer("둘"));
    a.markRead("01-deep", 0.4);
    b.markRead("01-deep", 0.3);
    expect(Object.keys(stored(storage).answers)).toEqual(["dl-q1", "dl-q2"]);
    expect(stored(storage).read).toEqual({ "01-deep": 0.4 });
  });

  test("the other tab shows a change at its storage event, and when it comes back from the cache", () => {
    const storage = new FakeStorage();
    const a = openPage(storage).learner;
    const b = openPage(storage);
    a.saveAnswer("dl-q1", answer("하나"));
    storage.announce("something-else", b.events);
    expect(b.learner.answer("dl-q1")).toBeUndefined();
    storage.announce(RECORD_KEY, b.events);
    expect(b.learner.answer("dl-q1")?.response).toBe("하나");
    a.saveAnswer("dl-q2", answer("둘"));
    b.events.dispatchEvent(new Event("pageshow"));
    expect(b.learner.answer("dl-q2")?.response).toBe("둘");
  });

  test("an erasure in one tab is not undone by what the other still remembers", () => {
    const storage = new FakeStorage();
    const a = openPage(storage).learner;
    a.saveAnswer("dl-q1", answer("하나"));
    const b = openPage(storage).learner;
    a.erase();
    b.markRead("01-deep", 0.1);
    expect(stored(storage).answers).toEqual({});
    expect(stored(storage).read).toEqual({ "01-deep": 0.1 });
  });
});

describe("blocked storage", () => {
  test.each(["throws", "is missing"])("storage %s: works in memory, says so, exports", (how) => {
    const storage = new FakeStorage();
    storage.blocked = true;
    const { learner } = openPage(how === "throws" ? storage : undefined);
    expect(learner.problem.value).toBe("blocked");
    learner.saveAnswer("dl-q1", answer("기억만"));
    expect(learner.answer("dl-q1")?.response).toBe("기억만");
    expect(learner.exportText()).toContain("기억만");
    expect(learner.damaged()).toEqual([]);
  });

  test("an accessor that throws (window.localStorage in a sandboxed frame) is blocked too", () => {
    const learner = createLearner({
      open: () => {
        throw new DOMException("Forbidden", "SecurityError");
      },
    });
    learner.load();
    expect(learner.problem.value).toBe("blocked");
  });

  test("everything is stored once it is allowed again", () => {
    const storage = new FakeStorage();
    storage.blocked = true;
    const { learner } = openPage(storage);
    learner.saveAnswer("dl-q1", answer("먼저"));
    storage.blocked = false;
    learner.retry();
    expect(learner.problem.value).toBeNull();
    expect(stored(storage).answers["dl-q1"].response).toBe("먼저");
  });
});

describe("full storage", () => {
  test("keeps the change in memory, leaves the stored text whole, recovers", () => {
    const storage = new FakeStorage();
    const { learner } = openPage(storage);
    learner.saveAnswer("dl-q1", answer("하나"));
    const before = storage.items.get(RECORD_KEY);
    storage.full = true;
    learner.saveAnswer("dl-q2", answer("둘"));
    expect(learner.problem.value).toBe("full");
    expect(learner.answer("dl-q2")?.response).toBe("둘");
    expect(learner.exportText()).toContain("둘");
    expect(storage.items.get(RECORD_KEY)).toBe(before);
    storage.full = false;
    learner.markRead("01-deep", 0.2);
    expect(learner.problem.value).toBeNull();
    expect(Object.keys(stored(storage).answers)).toEqual(["dl-q1", "dl-q2"]);
  });
});

describe("a corrupt text", () => {
  const whole = () => {
    const storage = new FakeStorage();
    const { learner } = openPage(storage);
    learner.markRead("01-deep", 0.9);
    learner.saveAnswer("dl-q1", answer("첫째"));
    learner.saveAnswer("dl-q2", answer("둘째"));
    return storage;
  };

  test("broken JSON: kept under a second key, the readable beginning goes on", () => {
    const storage = whole();
    const damaged = storage.items.get(RECORD_KEY)!.split("둘째")[0]!;
    storage.items.set(RECORD_KEY, damaged);
    const { learner } = openPage(storage);
    expect(learner.problem.value).toBe("corrupt");
    expect(storage.items.get(DAMAGED_KEY)).toBe(damaged);
    expect(learner.damaged()).toEqual([damaged]);
    expect(learner.record.value.read).toEqual({ "01-deep": 0.9 });
    expect(learner.answer("dl-q1")?.response).toBe("첫째");
    learner.saveAnswer("dl-q3", answer("셋째"));
    expect(learner.problem.value).toBe("corrupt");
    expect(openPage(storage).learner.problem.value).toBeNull();
    expect(Object.keys(stored(storage).answers)).toEqual(["dl-q1", "dl-q3"]);
  });

  test("a wrong field: the others go on", () => {
    const storage = whole();
    const text = JSON.stringify({ ...stored(storage), read: { "01-deep": "many", "02-perceptron": 0.3 } });
    storage.items.set(RECORD_KEY, text);
    const { learner } = openPage(storage);
    expect(learner.problem.value).toBe("corrupt");
    expect(storage.items.get(DAMAGED_KEY)).toBe(text);
    expect(learner.record.value.read).toEqual({ "02-perceptron": 0.3 });
    expect(learner.answer("dl-q2")?.response).toBe("둘째");
  });

  test("a second damage does not replace the first copy", () => {
    const storage = new FakeStorage();
    storage.items.set(RECORD_KEY, "first{");
    openPage(storage);
    storage.items.set(RECORD_KEY, "second{");
    openPage(storage);
    expect(openPage(storage).learner.damaged()).toEqual(["first{", "second{"]);
  });

  test("when there is no room for the copy, the damaged text stays where it is", () => {
    const storage = new FakeStorage();
    storage.items.set(RECORD_KEY, "damaged{");
    storage.full = true;
    const { learner } = openPage(storage);
    expect(learner.problem.value).toBe("full");
    learner.saveAnswer("dl-q1", answer("하나"));
    expect(storage.items.get(RECORD_KEY)).toBe("damaged{");
    expect(learner.answer("dl-q1")?.response).toBe("하나");
    storage.full = false;
    learner.retry();
    expect(storage.items.get(DAMAGED_KEY)).toBe("damaged{");
    expect(stored(storage).answers["dl-q1"].response).toBe("하나");
  });
});

describe("a text of a newer version", () => {
  const newer = JSON.stringify({ version: 9, read: { "01-deep": 0.7 }, answers: {}, future: [1, 2] });

  test("is never written over, is shown as far as it reads, and travels with the export", () => {
    const storage = new FakeStorage();
    storage.items.set(RECORD_KEY, newer);
    const { learner } = openPage(storage);
    expect(learner.problem.value).toBe("newer");
    expect(learner.record.value.read).toEqual({ "01-deep": 0.7 });
    learner.saveAnswer("dl-q1", answer("하나"));
    learner.markRead("01-deep", 0.9);
    learner.retry();
    expect(learner.erase()).toBeUndefined();
    expect(storage.items.get(RECORD_KEY)).toBe(newer);
    expect([...storage.items.keys()]).toEqual([RECORD_KEY]);
    expect(learner.problem.value).toBe("newer");
    const file = JSON.parse(learner.exportText());
    expect(file.newerText).toBe(newer);
    expect(file.record.answers["dl-q1"].response).toBe("하나");
  });

  test("written by another tab while this page is open, is not written over either", () => {
    const storage = new FakeStorage();
    const { learner } = openPage(storage);
    learner.markRead("01-deep", 0.1);
    storage.items.set(RECORD_KEY, newer);
    learner.markRead("02-perceptron", 0.5);
    expect(storage.items.get(RECORD_KEY)).toBe(newer);
    expect(learner.problem.value).toBe("newer");
  });
});

describe("erasing", () => {
  test("forgets everything but the settings, and can be taken back with what came after", () => {
    const storage = new FakeStorage();
    storage.items.set(RECORD_KEY, "damaged{");
    const { learner } = openPage(storage);
    learner.saveAnswer("dl-q1", answer("하나"));
    learner.setSetting("theme", "dark");
    const undo = learner.erase();
    expect(learner.record.value.answers).toEqual({});
    expect(learner.record.value.settings.theme).toBe("dark");
    expect(learner.damaged()).toEqual([]);
    expect([...storage.items.values()].join()).not.toContain("하나");
    learner.saveAnswer("dl-q2", answer("둘"));
    undo?.();
    expect(Object.keys(stored(storage).answers)).toEqual(["dl-q1", "dl-q2"]);
    expect(learner.damaged()).toEqual(["damaged{"]);
  });
});
