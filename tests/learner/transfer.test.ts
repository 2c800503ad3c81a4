import { describe, expect, test } from "vitest";
import { RECORD_KEY } from "../../src/learner/storage.ts";
import { createLearner } from "../../src/learner/store.ts";
import { FakeStorage } from "./fake-storage.ts";

function openPage() {
  const storage = new FakeStorage();
  const learner = createLearner({ open: () => storage, now: () => new Date("2026-06-01T00:00:00.000Z") });
  learner.load();
  return { storage, learner };
}

const answered = (response: string, at: string) =>
  ({ version: 2, response, verdict: "partial", attempts: 3, overridden: true, revealed: true, at }) as const;

describe("export and import", () => {
  test("a file carries everything to another device and merges with what is there", () => {
    const from = openPage().learner;
    from.saveAnswer("dl-q1", answered("옛 답", "2026-01-01T00:00:00.000Z"));
    from.saveAnswer("dl-q2", answered("둘", "2026-01-01T00:00:00.000Z"));
    from.reachGoal("wide-deep", "spread");
    from.markRead("01-deep", 0.8);

    const to = openPage();
    to.learner.saveAnswer("dl-q1", answered("새 답", "2026-02-01T00:00:00.000Z"));
    to.learner.markRead("01-deep", 0.3);
    const result = to.learner.importText(`\uFEFF${from.exportText()}`);
    expect(result).toEqual({
      ok: true,
      message: "기록을 합쳤습니다. 답 1개, 목표 1개, 읽은 레슨 1개를 더하거나 고쳤습니다.",
    });
    expect(to.learner.answer("dl-q1")?.response).toBe("새 답");
    expect(to.learner.answer("dl-q2")).toEqual(answered("둘", "2026-01-01T00:00:00.000Z"));
    expect(to.learner.record.value.read["01-deep"]).toBe(0.8);
    expect(JSON.parse(to.storage.items.get(RECORD_KEY)!).goals).toEqual({ "wide-deep": ["spread"] });
    expect(to.learner.importText(from.exportText())).toMatchObject({ ok: true });
    expect(to.learner.importText(from.exportText()).message).toContain("새로운 기록이 없습니다");
  });

  test("a file from before an erasure brings its contents back", () => {
    const { learner } = openPage();
    learner.saveAnswer("dl-q1", answered("하나", "2026-01-01T00:00:00.000Z"));
    const file = learner.exportText();
    learner.erase();
    learner.importText(file);
    expect(learner.answer("dl-q1")?.response).toBe("하나");
  });

  const good = () => JSON.parse(openPage().learner.exportText());
  test.each([
    ["no JSON", "not-json", () => "hello"],
    ["empty", "not-json", () => ""],
    ["broken off", "not-json", () => JSON.stringify(good()).slice(0, -5)],
    ["another program's JSON", "foreign", () => '{"format":"other","record":{}}'],
    ["a list", "foreign", () => "[1]"],
    ["null", "foreign", () => "null"],
    ["no record", "damaged", () => '{"format":"gipi-record"}'],
    ["a wrong field", "damaged", () => JSON.stringify({ ...good(), record: { ...good().record, read: 3 } })],
    [
      "a newer version",
      "newer",
      () => JSON.stringify({ ...good(), record: { ...good().record, version: 2 } }),
    ],
    ["over 2 MB", "too-large", () => `${JSON.stringify(good())}${" ".repeat(2_000_000)}`],
  ])("%s is refused with a Korean sentence and changes nothing", (_name, reason, file) => {
    const { storage, learner } = openPage();
    learner.saveAnswer("dl-q1", answered("하나", "2026-01-01T00:00:00.000Z"));
    const before = [...storage.items];
    const result = learner.importText(file());
    expect(result).toMatchObject({ ok: false, reason });
    expect(result.message).toMatch(/[가-힣].*그대로 두었습니다\.$/);
    expect([...storage.items]).toEqual(before);
    expect(learner.problem.value).toBeNull();
  });
});
