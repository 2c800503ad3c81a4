import { expect, it } from "vitest";
import { TASK_IDS, TASKS, type TaskId } from "../../src/data/toy-tasks.ts";
import { Random } from "../../src/engine/random.ts";

/** Whether a puzzle, written out, is solved rightly: judged from the text alone. */
const RIGHT: Readonly<Record<TaskId, (text: string) => boolean>> = {
  reverse: (text) => {
    const [given, solution] = text.split("→") as [string, string];
    return solution === [...given].reverse().join("");
  },
  sort: (text) => {
    const [given, solution] = text.split("→") as [string, string];
    return solution === [...given].sort().join("");
  },
  copy: (text) => text.split("→")[0] === text.split("→")[1],
  add: (text) => {
    const [, a, b, sum] = /^(\d\d)\+(\d\d)=(\d\d\d)$/.exec(text)!;
    return Number(a) + Number(b) === Number(sum);
  },
  repeat: (text) =>
    [3, 4, 5, 6].some((period) => [...text].every((letter, i) => letter === text[i % period])),
  recall: (text) => {
    const pairs = text.match(/../g)!;
    return pairs.slice(4).every((pair) => pairs.slice(0, 4).includes(pair));
  },
};

it.each(TASK_IDS)("%s: puzzles are long as said, and solved rightly", (id) => {
  const task = TASKS[id];
  const random = new Random(1);
  const seen = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const puzzle = task.draw(random);
    expect(puzzle).toHaveLength(task.length);
    const text = puzzle.map((symbol) => task.symbols[symbol]).join("");
    expect(RIGHT[id](text), text).toBe(true);
    seen.add(text);
  }
  expect(seen.size).toBeGreaterThan(190);
  expect(Math.max(...task.answers)).toBeLessThan(task.length);
});
