/** The recurrent layers RNN, GRU and LSTM, in one or both directions, unrolled over the steps of the sequence. */
import type { Tensor } from "../engine/graph.ts";
import { leakyRelu, relu, sigmoid, tanh } from "../engine/ops/activations.ts";
import { add, multiply, subtract } from "../engine/ops/arithmetic.ts";
import { broadcast, reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { concat, slice } from "../engine/ops/slice.ts";
import { type Incoming, isKnown } from "./incoming.ts";
import type { Reading } from "./reading.ts";

type Activation = (x: Tensor) => Tensor;

/** Those without parameters of their own, and LeakyRelu with its usual one. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  tanh,
  sigmoid,
  relu,
  leakyrelu: (x) => leakyRelu(x, 0.01),
  affine: (x) => x,
};

interface State {
  readonly output: Tensor;
  /** Only the LSTM has one. */
  readonly memory: Tensor | undefined;
}

/** One direction's weights. A gate's rows of the weights lie together, in ONNX's order. */
interface Cell {
  readonly units: number;
  /** [gates·units, units]. */
  readonly recurrent: Tensor;
  /** [gates·units], what is added to the recurrent product; the inputs' own bias is in the projection. */
  readonly recurrentBias: Tensor | undefined;
  readonly activations: readonly Activation[];
}

/** @param projected the inputs' part of the gates' sums, [batch, gates·units]. */
type Step = (projected: Tensor, state: State, cell: Cell) => State;

interface Kind {
  readonly gates: number;
  readonly usual: readonly string[];
  readonly step: Step;
}

/** A gate's columns of [batch, gates·units]. */
const gate = (x: Tensor, at: number, units: number) =>
  slice(x, [{}, { start: at * units, end: (at + 1) * units }]);

function recurrentSums(state: State, { recurrent, recurrentBias }: Cell): Tensor {
  const product = matmul(state.output, recurrent, { transposeB: true });
  return recurrentBias ? add(product, recurrentBias) : product;
}

const stepPlain: Step = (projected, state, cell) => ({
  output: cell.activations[0]!(add(projected, recurrentSums(state, cell))),
  memory: undefined,
});

/** Gates in the order input, output, forget, candidate. */
const stepLstm: Step = (projected, state, cell) => {
  const [open, shape, leave] = cell.activations as [Activation, Activation, Activation];
  const sums = add(projected, recurrentSums(state, cell));
  const [enter, out, forget] = [0, 1, 2].map((at) => open(gate(sums, at, cell.units))) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const candidate = shape(gate(sums, 3, cell.units));
  const memory = add(multiply(forget, state.memory!), multiply(enter, candidate));
  return { output: multiply(out, leave(memory)), memory };
};

/** Gates in the order update, reset, candidate. `afterProduct`: the reset gate acts on the recurrent product. */
const stepGru =
  (afterProduct: boolean): Step =>
  (projected, state, cell) => {
    const { units, recurrent, recurrentBias } = cell;
    const [open, shape] = cell.activations as [Activation, Activation];
    const sums = recurrentSums(state, cell);
    const [update, reset] = [0, 1].map((at) => open(add(gate(projected, at, units), gate(sums, at, units))));
    const past = () => {
      if (afterProduct) return multiply(reset!, gate(sums, 2, units));
      const rows = slice(recurrent, [{ start: 2 * units }, {}]);
      const product = matmul(multiply(reset!, state.output), rows, { transposeB: true });
      return recurrentBias ? add(product, slice(recurrentBias, [{ start: 2 * units }])) : product;
    };
    const candidate = shape(add(gate(projected, 2, units), past()));
    return {
      output: add(multiply(subtract(1, update!), candidate), multiply(update!, state.output)),
      memory: undefined,
    };
  };

/** Index `at` of axis 0, which goes. */
const part = (x: Tensor, at: number) =>
  reshape(slice(x, [{ start: at, end: at + 1 }, ...x.shape.slice(1).map(() => ({}))]), x.shape.slice(1));

/** Refuses what our unrolled steps do not compute. */
function check(i: Incoming, time: number): void {
  if (i.integer("layout", 0) !== 0) throw i.unsupported("표본을 첫째 축에 두는 것은");
  if (i.has("clip")) throw i.unsupported("합을 잘라 내는 것은");
  if (i.integer("input_forget", 0) !== 0) throw i.unsupported("입력 게이트와 망각 게이트를 묶는 것은");
  if (i.value(7)) throw i.unsupported("게이트가 기억 셀을 들여다보는 연결은");
  const lengths = i.value(4);
  if (!lengths) return;
  const isWhole = isKnown(lengths) && lengths.data.every((length) => length === time);
  if (!isWhole) throw i.unsupported("길이가 서로 다른 시퀀스는");
}

function activationsOf(i: Incoming, usual: readonly string[], direction: number): Activation[] {
  const given = i.texts("activations");
  return usual.map((name, at) => {
    const wanted = given[direction * usual.length + at] ?? name;
    const found = ACTIVATIONS[wanted.toLowerCase()];
    if (!found) throw i.unsupported(`활성화 함수 ${wanted} 계산은`);
    return found;
  });
}

/** All steps of one direction: every output [batch, units] in the order of the sequence, and the last state. */
function unroll(i: Incoming, { gates, usual, step }: Kind, direction: number, reverse: boolean) {
  const x = i.tensor(0);
  const [time, batch, inputs] = x.shape as [number, number, number];
  const [weights, recurrent] = [part(i.tensor(1), direction), part(i.tensor(2), direction)];
  const units = recurrent.shape[1]!;
  const width = gates * units;
  const bias = i.optionalTensor(3);
  const biases = bias && part(bias, direction);
  const product = matmul(reshape(x, [time * batch, inputs]), weights, { transposeB: true });
  const sums = biases ? add(product, slice(biases, [{ end: width }])) : product;
  const projected = reshape(sums, [time, batch, width]);
  const recurrentBias = biases && slice(biases, [{ start: width }]);
  const cell = { units, recurrent, recurrentBias, activations: activationsOf(i, usual, direction) };
  const empty = () => broadcast(i.graph.constant(0), [batch, units]);
  const begin = (at: number) => (i.value(at) ? part(i.tensor(at), direction) : empty());
  let state: State = { output: begin(5), memory: i.operator === "LSTM" ? begin(6) : undefined };
  const outputs: Tensor[] = [];
  for (let taken = 0; taken < time; taken++) {
    const at = reverse ? time - 1 - taken : taken;
    state = step(part(projected, at), state, cell);
    outputs[at] = state.output;
  }
  return { outputs, state };
}

const readRecurrent =
  (kindOf: (i: Incoming) => Kind): Reading =>
  (i) => {
    const [time, batch] = i.shape(0) as [number, number];
    check(i, time);
    const direction = i.text("direction", "forward");
    const reversed = direction === "bidirectional" ? [false, true] : [direction === "reverse"];
    const runs = reversed.map((reverse, at) => unroll(i, kindOf(i), at, reverse));
    const units = runs[0]!.state.output.shape[1]!;
    // [time, directions, batch, units].
    const steps = Array.from({ length: time }, (_, at) =>
      runs.map(({ outputs }) => reshape(outputs[at]!, [1, 1, batch, units])),
    );
    const all = concat(
      steps.map((each) => concat(each, 1)),
      0,
    );
    const last = (pick: (state: State) => Tensor) =>
      concat(
        runs.map(({ state }) => reshape(pick(state), [1, batch, units])),
        0,
      );
    const results = [all, last(({ output }) => output)];
    return i.operator === "LSTM" ? [...results, last(({ memory }) => memory!)] : results;
  };

export const RECURRENT_READINGS: Readonly<Record<string, Reading>> = {
  RNN: readRecurrent(() => ({ gates: 1, usual: ["Tanh"], step: stepPlain })),
  GRU: readRecurrent((i) => ({
    ...{ gates: 3, usual: ["Sigmoid", "Tanh"] },
    step: stepGru(i.integer("linear_before_reset", 0) !== 0),
  })),
  LSTM: readRecurrent(() => ({ gates: 4, usual: ["Sigmoid", "Tanh", "Tanh"], step: stepLstm })),
};
