import { Random } from "../../engine/random.ts";
import { type Example, weightedSum } from "./model.ts";

export type GateId = "and" | "or" | "nand" | "xor";

const gate = (targets: readonly [0 | 1, 0 | 1, 0 | 1, 0 | 1]): readonly Example[] => [
  { x1: 0, x2: 0, target: targets[0] },
  { x1: 0, x2: 1, target: targets[1] },
  { x1: 1, x2: 0, target: targets[2] },
  { x1: 1, x2: 1, target: targets[3] },
];

export const GATES: Readonly<Record<GateId, readonly Example[]>> = {
  and: gate([0, 0, 0, 1]),
  or: gate([0, 1, 1, 1]),
  nand: gate([1, 1, 1, 0]),
  xor: gate([0, 1, 1, 0]),
};

/** The plane shown is [LOW, HIGH]², a little more than the gates need. */
export const LOW = -0.6;
export const HIGH = 1.6;

const COUNT = 24;
/** Points nearer to the dividing line than this are left out: the nearer, the longer learning takes. */
export const MARGIN = 0.12;

/** Points on both sides of a random line through the middle, seeded: at least a quarter on each. */
export function separableExamples(seed: number): readonly Example[] {
  const random = new Random(seed);
  const angle = random.uniform(0, 2 * Math.PI);
  const [w1, w2] = [Math.cos(angle), Math.sin(angle)];
  const line = { w1, w2, b: -(w1 + w2) / 2 - random.uniform(-0.2, 0.2) };
  const examples: Example[] = [];
  const ofClass = (target: 0 | 1) => examples.filter((example) => example.target === target).length;
  while (examples.length < COUNT) {
    const x1 = Math.round(random.uniform(LOW + 0.1, HIGH - 0.1) * 100) / 100;
    const x2 = Math.round(random.uniform(LOW + 0.1, HIGH - 0.1) * 100) / 100;
    const distance = weightedSum(line, { x1, x2 });
    const target = distance >= 0 ? 1 : 0;
    if (Math.abs(distance) >= MARGIN && ofClass(target) < (COUNT * 3) / 4) examples.push({ x1, x2, target });
  }
  return examples;
}
