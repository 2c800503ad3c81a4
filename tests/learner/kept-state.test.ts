import { beforeEach, expect, test } from "vitest";
import { forgetKeptStates, keepState, keptState } from "../../src/learner/kept-state.ts";
import { FakeStorage } from "./fake-storage.ts";

let storage: FakeStorage;
const open = () => storage;
beforeEach(() => {
  storage = new FakeStorage();
});

const HERE = { path: "/lessons/01-deep/", place: "depth-playground", link: null };

test("what was kept comes back at its own place only", () => {
  keepState(HERE, "1;data=spiral", open);
  expect(keptState(HERE, open)).toBe("1;data=spiral");
  expect(keptState({ ...HERE, place: "depth-playground-2" }, open)).toBeUndefined();
  expect(keptState({ ...HERE, path: "/embed/depth-playground/" }, open)).toBeUndefined();
  keepState(HERE, undefined, open);
  expect(keptState(HERE, open)).toBeUndefined();
});

test("a link opened later counts more", () => {
  keepState(HERE, "1;data=spiral", open);
  expect(keptState({ ...HERE, link: "1;data=xor" }, open)).toBeUndefined();
  keepState({ ...HERE, link: "1;data=xor" }, "1;data=xor;noise=10", open);
  expect(keptState({ ...HERE, link: "1;data=xor" }, open)).toBe("1;data=xor;noise=10");
  expect(keptState(HERE, open)).toBeUndefined();
});

test("damaged, blocked and full storage are as if nothing had been kept", () => {
  for (const damaged of ["", "{}", "[null]", "[null, 3]", "[null,"]) {
    storage.items.set("gipi.widget./lessons/01-deep/#depth-playground", damaged);
    expect(keptState(HERE, open)).toBeUndefined();
  }
  storage.full = true;
  keepState({ ...HERE, place: "other" }, "1", open);
  storage.blocked = true;
  keepState(HERE, "1", open);
  forgetKeptStates(open);
  expect(keptState(HERE, open)).toBeUndefined();
});

test("forgetting all leaves everything else in the storage", () => {
  keepState(HERE, "1", open);
  keepState({ ...HERE, place: "wide-deep" }, "1", open);
  storage.items.set("theirs", "stays");
  forgetKeptStates(open);
  expect([...storage.items]).toEqual([["theirs", "stays"]]);
});
