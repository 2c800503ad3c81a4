/** What moves, cuts, joins, repeats and picks elements, as ONNX nodes. */
import { listAttribute, numberAttribute } from "../engine/operation.ts";
import {
  concatBatch,
  elementwiseBatch,
  gatherBatch,
  keptUnless,
  partBatch,
  reshapeBatch,
  transposeBatch,
} from "./batch.ts";
import { comparison, type Mapping, type Outgoing, range, same } from "./outgoing.ts";
import { attribute, ELEMENT } from "./proto.ts";

/** Only the axes that are cut. An end before the first element is written as one before the whole. */
function writeSlice({ emit, inputs, attributes, node, integers }: Outgoing): string {
  const whole = node.inputs[0]!.shape;
  const [start, step, size] = ["start", "step", "size"].map((name) => listAttribute(attributes, name)) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const axes = range(whole.length).filter((axis) => step[axis] !== 1 || size[axis] !== whole[axis]);
  const ends = axes.map((axis) => {
    const end = start[axis]! + size[axis]! * step[axis]!;
    return end < 0 ? -whole[axis]! - 1 : end;
  });
  const starts = axes.map((axis) => start[axis]!);
  const steps = axes.map((axis) => step[axis]!);
  return emit("Slice", [inputs[0]!, integers(starts), integers(ends), integers(axes), integers(steps)]);
}

/** Padding where the part is placed in one piece, otherwise element by element at its indices. */
function writePlace({ emit, inputs, attributes, node, integers, floats, indices }: Outgoing): string {
  const part = node.inputs[0]!.shape;
  const [start, step] = ["start", "step"].map((name) => listAttribute(attributes, name));
  const fill = numberAttribute(attributes, "fill");
  const filling = node.type === "i32" ? indices([fill], []) : floats([fill]);
  if (step!.every((width) => width === 1)) {
    const after = part.map((extent, axis) => node.shape[axis]! - extent - start![axis]!);
    return emit("Pad", [inputs[0]!, integers([...start!, ...after]), filling]);
  }
  const rank = part.length;
  const positions = range(part.reduce((product, extent) => product * extent, 1)).flatMap((flat) => {
    let rest = flat;
    const index = new Array<number>(rank);
    for (let axis = rank - 1; axis >= 0; axis--) {
      index[axis] = start![axis]! + (rest % part[axis]!) * step![axis]!;
      rest = Math.floor(rest / part[axis]!);
    }
    return index;
  });
  const filled = emit("Expand", [filling, integers(node.shape)]);
  const where = emit("Reshape", [integers(positions), integers([...part, rank])]);
  return emit("ScatterND", [filled, where, inputs[0]!]);
}

/** Adds the rows one after the other onto zeros, as ours does when an index occurs twice. */
function writeScatterAdd({ emit, inputs, node, integers }: Outgoing): string {
  const zeros = emit("ConstantOfShape", [integers(node.shape)]);
  const long = emit("Cast", [inputs[1]!], { to: attribute.integer(ELEMENT.int64) });
  const indices = emit("Unsqueeze", [long, integers([-1])]);
  return emit("ScatterND", [zeros, indices, inputs[0]!], { reduction: attribute.text("add") });
}

/** The operator OneHot wraps negative indices and knows few types; a comparison is what ours means. */
function writeOneHot({ emit, inputs, attributes, integers, indices }: Outgoing): string {
  const classes = indices(range(numberAttribute(attributes, "classes")));
  return emit("Equal", [emit("Unsqueeze", [inputs[0]!, integers([-1])]), classes]);
}

export const PART_MAPPINGS: Readonly<Record<string, Mapping>> = {
  transpose: {
    write: same("Transpose", (a) => ({ perm: attribute.integers(listAttribute(a, "axes")) })),
    batch: transposeBatch,
  },
  slice: { write: writeSlice, batch: partBatch },
  place: { write: writePlace, batch: partBatch },
  concat: {
    write: same("Concat", (a) => ({ axis: attribute.integer(numberAttribute(a, "axis")) })),
    batch: concatBatch,
  },
  reshape: {
    write: ({ emit, inputs, shape }) => emit("Reshape", [inputs[0]!, shape(-1)]),
    batch: reshapeBatch,
  },
  // Expand keeps an extent where it is asked for 1.
  broadcast: {
    write: ({ emit, inputs, shape }) => emit("Expand", [inputs[0]!, shape(1)]),
    batch: elementwiseBatch,
  },
  gather: { write: same("Gather", () => ({ axis: attribute.integer(0) })), batch: gatherBatch },
  scatterAdd: { write: writeScatterAdd },
  oneHot: { ...comparison(writeOneHot), batch: keptUnless(() => []) },
  window: {
    write: ({ emit, inputs, node, indices, attributes }) => {
      const steps = emit("Add", [inputs[1]!, indices(range(numberAttribute(attributes, "count")))]);
      const length = indices([node.inputs[0]!.shape[0]!], []);
      return emit("Gather", [inputs[0]!, emit("Mod", [steps, length])]);
    },
  },
  advance: {
    write: ({ emit, inputs, indices, attributes }) => {
      const [amount, modulus] = ["amount", "modulus"].map((name) =>
        indices([numberAttribute(attributes, name)], []),
      );
      return emit("Mod", [emit("Add", [inputs[0]!, amount!]), modulus!]);
    },
  },
};
