/** Recurrent cells, unrolled over time. Sequences are [batch, time, inputs], states [batch, units]. */
import type { Tensor } from "../engine/graph.ts";
import { sigmoid, tanh } from "../engine/ops/activations.ts";
import { add, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { concat, slice } from "../engine/ops/slice.ts";
import { type Initialiser, orthogonal, xavier, zeros } from "./initialisers.ts";
import type { Parameters } from "./parameters.ts";

export type CellName = "rnn" | "gru" | "lstm";

/** A cell's gates lie side by side: weights [inputs, gates·units] and [units, gates·units], bias [gates·units]. */
export interface Cell {
  readonly kind: CellName;
  readonly units: number;
  readonly input: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor;
  /** GRU only: bias of the candidate's recurrent part, [units]. */
  readonly candidateBias: Tensor | undefined;
}

/** What a cell hands to the next step; only the LSTM has a memory beside its output. */
export interface CellState {
  readonly output: Tensor;
  readonly memory: Tensor | undefined;
}

/** Parts of a step by name; a cell's own ones only. RNN: none. */
export type GateName = "reset" | "keep" | "candidate" | "enter" | "forget" | "leave";

/** One step with what happened inside, each [batch, units]. */
export interface CellStep extends CellState {
  readonly gates: Readonly<Partial<Record<GateName, Tensor>>>;
}

const GATES: Readonly<Record<CellName, number>> = { rnn: 1, gru: 3, lstm: 4 };

export interface CellOptions {
  readonly kind: CellName;
  readonly inputs: number;
  readonly units: number;
  /** How the recurrent weights begin; orthogonal when left out. */
  readonly recurrent?: Initialiser;
  /**
   * Where the bias of the gate that keeps the past begins: the LSTM's forget gate (1 when left out, R. Jozefowicz et
   * al. 2015) or the GRU's z (0). σ of it is the share kept at first.
   */
  readonly keeping?: number;
}

/** The gate that keeps the past lies second in both. */
const KEEPING: Readonly<Record<CellName, number>> = { rnn: 0, gru: 0, lstm: 1 };

export function cellWeights(
  parameters: Parameters,
  name: string,
  { kind, inputs, units, recurrent = orthogonal, keeping = KEEPING[kind] }: CellOptions,
): Cell {
  const width = GATES[kind] * units;
  return {
    kind,
    units,
    input: parameters.add(`${name} input weights`, [inputs, width], xavier),
    recurrent: parameters.add(`${name} recurrent weights`, [units, width], recurrent),
    bias: parameters.add(`${name} bias`, [width], (rows, columns) => {
      const values = new Float32Array(rows * columns);
      return kind === "rnn" ? values : values.fill(keeping, units, 2 * units);
    }),
    candidateBias: kind === "gru" ? parameters.add(`${name} candidate bias`, [units], zeros) : undefined,
  };
}

/** All zeros. */
export function initialState(x: Tensor, { kind, units }: Cell): CellState {
  const empty = broadcast(x.graph.constant(0), [x.shape[0]!, units]);
  return { output: empty, memory: kind === "lstm" ? empty : undefined };
}

/** One step. `projected` is x·W + b of this step, [batch, gates·units]. */
function stepCell(projected: Tensor, state: CellState, cell: Cell): CellStep {
  const { units } = cell;
  const gate = (x: Tensor, at: number) => slice(x, [{}, { start: at * units, end: (at + 1) * units }]);
  const recurrent = matmul(state.output, cell.recurrent);
  if (cell.kind === "rnn") return { output: tanh(add(projected, recurrent)), memory: undefined, gates: {} };
  if (cell.kind === "gru") {
    const [reset, keep] = [0, 1].map((at) => sigmoid(add(gate(projected, at), gate(recurrent, at))));
    const past = multiply(reset!, add(gate(recurrent, 2), cell.candidateBias!));
    const candidate = tanh(add(gate(projected, 2), past));
    return {
      output: add(multiply(subtract(1, keep!), candidate), multiply(keep!, state.output)),
      memory: undefined,
      gates: { reset: reset!, keep: keep!, candidate },
    };
  }
  const sums = add(projected, recurrent);
  const [enter, forget, leave] = [0, 1, 3].map((at) => sigmoid(gate(sums, at)));
  const candidate = tanh(gate(sums, 2));
  const memory = add(multiply(forget!, state.memory!), multiply(enter!, candidate));
  return {
    output: multiply(leave!, tanh(memory)),
    memory,
    gates: { enter: enter!, forget: forget!, candidate, leave: leave! },
  };
}

/**
 * One step of a cell on x [batch, inputs], for generation.
 * - RNN: h ← tanh(x·W + h·U + b) (J. Elman 1990).
 * - GRU (K. Cho et al. 2014, arXiv:1406.1078; the candidate's reset after the product): gates r, z and candidate n,
 *   h ← (1 − z)·n + z·h.
 * - LSTM (S. Hochreiter, J. Schmidhuber 1997; F. Gers et al. 2000): gates i, f, candidate g, gate o;
 *   c ← f·c + i·g, h ← o·tanh(c).
 */
export function recurrentStep(x: Tensor, state: CellState, cell: Cell): CellState {
  return stepCell(add(matmul(x, cell.input), cell.bias), state, cell);
}

export interface UnrollOptions {
  /** All zeros when left out. */
  readonly state?: CellState;
  readonly reverse?: boolean;
  /** [batch, time]: where it is 0, as at padding, the step is skipped and the state stays. */
  readonly mask?: Tensor;
}

/**
 * Runs the cell over x [batch, time, inputs], backwards when `reverse` is set. The inputs' part of all steps is one
 * matrix product.
 * @returns every step's output [batch, time, units] and what happened in it, in the order of x, and the state after
 *   the last step taken.
 */
export function unroll(
  x: Tensor,
  cell: Cell,
  { state = initialState(x, cell), reverse = false, mask }: UnrollOptions = {},
): { outputs: Tensor; state: CellState; steps: readonly CellStep[] } {
  const [batch, time] = x.shape as [number, number, number];
  const projected = add(matmul(x, cell.input), cell.bias);
  const outputs: Tensor[] = [];
  const steps: CellStep[] = [];
  let current = state;
  for (let taken = 0; taken < time; taken++) {
    const at = reverse ? time - 1 - taken : taken;
    const own = reshape(slice(projected, [{}, { start: at, end: at + 1 }]), [batch, projected.shape[2]!]);
    const next = stepCell(own, current, cell);
    current = mask ? kept(next, current, slice(mask, [{}, { start: at, end: at + 1 }])) : next;
    steps[at] = { ...next, ...current };
    outputs[at] = reshape(current.output, [batch, 1, cell.units]);
  }
  return { outputs: concat(outputs, 1), state: current, steps };
}

/** The new state where `counts` [batch, 1] is 1, the old one where it is 0. */
function kept(next: CellState, before: CellState, counts: Tensor): CellState {
  const blend = (fresh: Tensor, old: Tensor) => add(old, multiply(counts, subtract(fresh, old)));
  return {
    output: blend(next.output, before.output),
    memory: next.memory && before.memory ? blend(next.memory, before.memory) : undefined,
  };
}
