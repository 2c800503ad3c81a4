/** How one number of a step came about: the formula with its numbers, from the weights and the step before. */
import type { CellName } from "../../nn/recurrent.ts";
import type { Seen } from "./experiment.ts";
import { PARTS, type PartName } from "./network.ts";

/** A sum into a gate: Σ w·x + b + Σ u·h. */
export interface GateSum {
  /** The one weight that the read symbol picks: its input is 1, all others are 0. */
  readonly input: number;
  readonly bias: number;
  /** Weight and last state of every unit. */
  readonly products: readonly { readonly weight: number; readonly state: number }[];
  /** Σ u·h. */
  readonly recurrent: number;
  /** GRU's candidate: the recurrent part has a bias of its own and is multiplied by the reset gate. */
  readonly reset: { readonly gate: number; readonly bias: number } | undefined;
  readonly total: number;
}

export interface Explanation {
  readonly part: PartName;
  readonly value: number;
  /** For everything that is σ or tanh of a sum. */
  readonly sum: GateSum | undefined;
  readonly squash: "σ" | "tanh" | undefined;
  /** For what is mixed from other parts: their values by name, `before` being the state or memory one step earlier. */
  readonly mixed: Readonly<Partial<Record<PartName | "before", number>>> | undefined;
}

/** Which gate of the weights, counted from the left, makes a part. */
const GATE_AT: Readonly<Record<CellName, Readonly<Partial<Record<PartName, number>>>>> = {
  rnn: { state: 0 },
  gru: { reset: 0, keep: 1, candidate: 2 },
  lstm: { enter: 0, forget: 1, candidate: 2, leave: 3 },
};

/** The value of a part; 0 before the first step. */
export function numberAt({ cell, units, values }: Seen, step: number, part: PartName, unit: number): number {
  if (step < 0) return 0;
  const parts = PARTS[cell];
  return values[(step * parts.length + parts.indexOf(part)) * units + unit]!;
}

/** @param part one of the cell's own. */
export function explain(seen: Seen, step: number, part: PartName, unit: number): Explanation {
  const value = numberAt(seen, step, part, unit);
  const at = GATE_AT[seen.cell][part];
  if (at !== undefined) {
    const squash = part === "candidate" || seen.cell === "rnn" ? "tanh" : "σ";
    return { part, value, squash, sum: sumOf(seen, step, at, unit), mixed: undefined };
  }
  const own = (name: PartName) => numberAt(seen, step, name, unit);
  if (seen.cell === "gru") {
    const before = numberAt(seen, step - 1, "state", unit);
    const mixed = { keep: own("keep"), candidate: own("candidate"), before };
    return { part, value, mixed, sum: undefined, squash: undefined };
  }
  const mixed =
    part === "memory"
      ? {
          ...{ forget: own("forget"), before: numberAt(seen, step - 1, "memory", unit) },
          ...{ enter: own("enter"), candidate: own("candidate") },
        }
      : { leave: own("leave"), memory: own("memory") };
  return { part, value, mixed, sum: undefined, squash: undefined };
}

function sumOf(seen: Seen, step: number, gate: number, unit: number): GateSum {
  const { cell, units, tokens, weights } = seen;
  const width = weights["cell bias"]!.length;
  const column = gate * units + unit;
  const input = weights["cell input weights"]![tokens[step]! * width + column]!;
  const bias = weights["cell bias"]![column]!;
  const products = Array.from({ length: units }, (_, other) => ({
    weight: weights["cell recurrent weights"]![other * width + column]!,
    state: numberAt(seen, step - 1, "state", other),
  }));
  const recurrent = products.reduce((total, { weight, state }) => total + weight * state, 0);
  const reset =
    cell === "gru" && gate === 2
      ? { gate: numberAt(seen, step, "reset", unit), bias: weights["cell candidate bias"]![unit]! }
      : undefined;
  const past = reset ? reset.gate * (recurrent + reset.bias) : recurrent;
  return { input, bias, products, recurrent, reset, total: input + bias + past };
}
