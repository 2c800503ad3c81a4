/** Softmax and normalisation over the last axis, and their derivatives, as ONNX nodes. */
import { numberAttribute } from "../engine/operation.ts";
import { alongLastAxis, elementwiseUnlessLast } from "./batch.ts";
import { lastAxis, type Mapping, type Outgoing, same, toFloat } from "./outgoing.ts";
import { attribute, ELEMENT } from "./proto.ts";

const toBool = { to: attribute.integer(ELEMENT.bool) };

/** The lowest finite number: −∞ would make a row with nothing visible not a number. */
const LOWEST = -3.4028234663852886e38;

/** Softmax of what the mask shows; a row with nothing visible becomes zeros. */
function writeMasked({ emit, floats }: Outgoing, scores: string, mask: string): string {
  const visible = emit("Cast", [mask], toBool);
  const shown = emit("Where", [visible, scores, floats([LOWEST])]);
  return emit("Mul", [emit("Softmax", [shown], lastAxis({})), emit("Cast", [visible], toFloat)]);
}

/** Row i sees the columns up to i + columns − rows. */
function writeCausal(o: Outgoing): string {
  const [rows, columns] = o.node.shape.slice(-2) as [number, number];
  const mask = Array.from({ length: rows * columns }, (_, at) =>
    at % columns <= Math.floor(at / columns) + columns - rows ? 1 : 0,
  );
  return writeMasked(o, o.inputs[0]!, o.floats(mask, [rows, columns]));
}

function writeLayerNorm({ emit, inputs, attributes, node, floats }: Outgoing): string {
  const extent = node.shape.at(-1)!;
  const ones = floats(new Array<number>(extent).fill(1), [extent]);
  const epsilon = attribute.float(numberAttribute(attributes, "epsilon"));
  return emit("LayerNormalization", [inputs[0]!, ones], { axis: attribute.integer(-1), epsilon });
}

/** The operator RMSNormalization came later than our operator set. */
function writeRmsNorm({ emit, inputs: [x], attributes, floats, integers }: Outgoing): string {
  const squares = emit("ReduceMean", [emit("Mul", [x!, x!]), integers([-1])]);
  const root = emit("Sqrt", [emit("Add", [squares, floats([numberAttribute(attributes, "epsilon")])])]);
  return emit("Div", [x!, root]);
}

/** (u − mean u − y·mean(u·y))/σ, where y is the normalised row; without the first mean when it is not centred. */
const writeNormGradient =
  (centred: boolean) =>
  ({ emit, inputs: [x, upstream], attributes, floats, integers }: Outgoing): string => {
    const mean = (name: string) => emit("ReduceMean", [name, integers([-1])]);
    const center = centred ? emit("Sub", [x!, mean(x!)]) : x!;
    const squares = mean(emit("Mul", [center, center]));
    const root = emit("Sqrt", [emit("Add", [squares, floats([numberAttribute(attributes, "epsilon")])])]);
    const y = emit("Div", [center, root]);
    const along = emit("Mul", [y, mean(emit("Mul", [upstream!, y]))]);
    const rest = centred ? emit("Sub", [upstream!, mean(upstream!)]) : upstream!;
    return emit("Div", [emit("Sub", [rest, along]), root]);
  };

export const ROW_MAPPINGS: Readonly<Record<string, Mapping>> = {
  softmax: { write: same("Softmax", lastAxis), batch: alongLastAxis },
  logSoftmax: { write: same("LogSoftmax", lastAxis), batch: alongLastAxis },
  maskedSoftmax: {
    write: (o) => writeMasked(o, o.inputs[0]!, o.inputs[1]!),
    batch: elementwiseUnlessLast(1),
  },
  causalSoftmax: { write: writeCausal, batch: elementwiseUnlessLast(2) },
  layerNorm: { write: writeLayerNorm, batch: alongLastAxis },
  rmsNorm: { write: writeRmsNorm, batch: alongLastAxis },
  layerNormGradient: { write: writeNormGradient(true), batch: elementwiseUnlessLast(1) },
  rmsNormGradient: { write: writeNormGradient(false), batch: elementwiseUnlessLast(1) },
};
