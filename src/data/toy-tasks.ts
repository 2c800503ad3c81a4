/** Small puzzles of letters and digits, endless in number, that a small language model can learn to solve. */
import type { Random } from "../engine/random.ts";

export const TASK_IDS = ["reverse", "sort", "copy", "add", "repeat", "recall"] as const;
export type TaskId = (typeof TASK_IDS)[number];

export interface ToyTask {
  readonly label: string;
  readonly description: string;
  /** By their number. */
  readonly symbols: readonly string[];
  /** Symbols of a puzzle with its solution. */
  readonly length: number;
  /** Places of the solution, which is to be foretold; all others are given. */
  readonly answers: readonly number[];
  /** A puzzle with its solution, as numbers of symbols. */
  draw(random: Random): number[];
}

const LETTERS = [..."가나다라마바사아자차"];
const DIGITS = [..."0123456789"];
const COUNT = 10;
/** Symbols in a row that is reversed, sorted or copied. */
const ROW = 7;
const PAIRS = 4;
const QUESTIONS = 6;
const LONGEST_PATTERN = 6;
const PATTERN_ROW = 15;

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const row = (random: Random) => Array.from({ length: ROW }, () => random.below(COUNT));
const choose = (random: Random, count: number) =>
  Array.from(random.shuffle(Int32Array.from(range(0, COUNT)))).slice(0, count);

/** A row, an arrow, and what becomes of the row. */
function rowTask(
  label: string,
  description: string,
  symbols: readonly string[],
  solve: (given: readonly number[]) => readonly number[],
): ToyTask {
  return {
    ...{ label, description, symbols: [...symbols, "→"], length: 2 * ROW + 1 },
    answers: range(ROW + 1, 2 * ROW + 1),
    draw: (random) => {
      const given = row(random);
      return [...given, COUNT, ...solve(given)];
    },
  };
}

const digits = (value: number, places: number) =>
  Array.from({ length: places }, (_, i) => Math.floor(value / 10 ** (places - 1 - i)) % 10);

const addition: ToyTask = {
  label: "덧셈",
  description: "두 자리 수 둘을 더해 세 자리로 적습니다. 받아올림을 스스로 알아내야 합니다.",
  symbols: [...DIGITS, "=", "+"],
  length: 9,
  answers: range(6, 9),
  draw: (random) => {
    const [a, b] = [random.below(100), random.below(100)];
    return [...digits(a, 2), 11, ...digits(b, 2), 10, ...digits(a + b, 3)];
  },
};

const repetition: ToyTask = {
  label: "되풀이",
  description: `글자 3개에서 ${LONGEST_PATTERN}개로 된 무늬를 이어 적습니다. 무늬의 길이는 문제마다 다릅니다.`,
  symbols: LETTERS,
  length: PATTERN_ROW,
  answers: range(LONGEST_PATTERN, PATTERN_ROW),
  draw: (random) => {
    const pattern = choose(random, 3 + random.below(LONGEST_PATTERN - 2));
    return range(0, PATTERN_ROW).map((i) => pattern[i % pattern.length]!);
  },
};

/** Associative recall: what followed a letter before follows it again. */
const recall: ToyTask = {
  label: "짝 찾기",
  description: `글자와 숫자의 짝 ${PAIRS}개를 보여 준 다음, 글자를 다시 주면 그 짝을 대야 합니다.`,
  symbols: [...LETTERS, ...DIGITS],
  length: 2 * (PAIRS + QUESTIONS),
  answers: range(0, QUESTIONS).map((i) => 2 * (PAIRS + i) + 1),
  draw: (random) => {
    const keys = choose(random, PAIRS);
    const values = keys.map(() => COUNT + random.below(COUNT));
    const asked = Array.from({ length: QUESTIONS }, () => random.below(PAIRS));
    return [...range(0, PAIRS), ...asked].flatMap((i) => [keys[i]!, values[i]!]);
  },
};

export const TASKS: Readonly<Record<TaskId, ToyTask>> = {
  reverse: rowTask("뒤집기", `글자 ${ROW}개를 거꾸로 적습니다.`, LETTERS, (given) => given.toReversed()),
  sort: rowTask("정렬", `숫자 ${ROW}개를 작은 것부터 적습니다.`, DIGITS, (given) =>
    given.toSorted((a, b) => a - b),
  ),
  copy: rowTask("베끼기", `글자 ${ROW}개를 그대로 적습니다.`, LETTERS, (given) => given),
  add: addition,
  repeat: repetition,
  recall,
};
