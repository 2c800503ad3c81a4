/** What the widget says of itself in sentences. */
import { josa } from "es-hangul";
import { numberText } from "../../ui/number-text.ts";
import type { Evaluation } from "./evaluate.ts";
import { inputsOf, isValue } from "./model.ts";
import { OPERATIONS } from "./operations.ts";
import type { SoundState } from "./state.ts";

const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: "에이", b: "비", c: "시", d: "디", e: "이", f: "에프", g: "지", h: "에이치", i: "아이", j: "제이" },
  ...{ k: "케이", m: "엠", n: "엔", o: "오", p: "피", q: "큐", r: "아르", s: "에스", t: "티", u: "유" },
  ...{ v: "브이", w: "더블유", x: "엑스", y: "와이", z: "제트", L: "엘" },
};
const DIGITS = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];

/** A node's name as it is read aloud: particles follow the sound. */
export function spoken(name: string): string {
  return [...name]
    .map((letter) => LETTERS[letter] ?? DIGITS["₀₁₂₃₄₅₆₇₈₉".indexOf(letter)] ?? letter)
    .join("");
}

/** What happened where a value ran beyond all numbers. */
export function overflowText(
  { nodes }: SoundState,
  names: readonly string[],
  { overflow, nodes: readings }: Evaluation,
): string | undefined {
  if (overflow === undefined) return undefined;
  const node = nodes[overflow]!;
  const name = names[overflow]!;
  const [first, second] = inputsOf(node).map((input) => readings[input!]?.value);
  const after = "그 뒤의 값과 기울기는 구할 수 없습니다.";
  if (node.kind === "divide" && second === 0) return `${name}에서 0으로 나누었습니다. ${after}`;
  if (node.kind === "log" && first !== undefined && first <= 0) {
    return `${name}에서 ${numberText(first)}의 로그를 구하려 했습니다. 로그는 양수에서만 정의됩니다. ${after}`;
  }
  return `${name}의 값이 컴퓨터가 적을 수 있는 범위를 넘었습니다. ${after}`;
}

export function description(
  state: SoundState,
  names: readonly string[],
  { nodes: readings, loss }: Evaluation,
  isOpen: (index: number) => boolean,
): string {
  const lines = state.nodes.map((node, i) => {
    const { value, gradient } = readings[i]!;
    const made = isValue(node)
      ? ""
      : ` = ${OPERATIONS[node.kind].write(node.inputs.map((input) => (input === undefined ? "빈칸" : names[input]!)))}`;
    const amount = value === undefined ? "값 없음" : numberText(value, 3);
    const slope = gradient !== undefined && isOpen(i) ? `, 기울기 ${numberText(gradient, 3)}` : "";
    return `${names[i]}${made}: ${amount}${slope}`;
  });
  const end = loss === undefined ? "L에는 아직 값이 없습니다." : `L은 ${numberText(loss, 3)}입니다.`;
  return `마디가 ${state.nodes.length}개인 계산 그래프입니다. ${lines.join("; ")}. ${end}`;
}

/** The particle that follows a node's name. */
export const spokenParticle = (name: string, particle: "을/를" | "이/가"): string =>
  josa.pick(spoken(name), particle);
