/** Einstein's summation: any contraction of any number of tensors, as matrix products two at a time. */
import type { Tensor } from "../engine/graph.ts";
import { reshape } from "../engine/ops/layout.ts";
import { matmul } from "../engine/ops/matmul.ts";
import { sum } from "../engine/ops/reduce.ts";
import { transpose } from "../engine/ops/transpose.ts";
import { sizeOf } from "../engine/shape.ts";
import type { Incoming } from "./incoming.ts";
import type { Reading } from "./reading.ts";

/** A tensor and the label of each of its axes. */
interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

const ELLIPSIS = "…";

/** One letter for each axis; those an ellipsis stands for are numbered from the end, as broadcasting counts. */
function labelsOf(term: string, rank: number): string[] {
  const letters = [...term.replaceAll(/\s/g, "").replace("...", ELLIPSIS)];
  const open = rank - (letters.length - 1);
  return letters.flatMap((letter) =>
    letter === ELLIPSIS ? Array.from({ length: Math.max(0, open) }, (_, at) => `…${open - at}`) : [letter],
  );
}

/** What stands after the arrow; without one the labels that occur once, in alphabetical order. */
function resultLabels(i: Incoming, written: string | undefined, operands: readonly Labelled[]): string[] {
  const all = operands.flatMap(({ labels }) => labels);
  const open = [...new Set(all.filter((label) => label.startsWith(ELLIPSIS)))].sort().reverse();
  if (written === undefined) {
    const once = all.filter(
      (label) => !open.includes(label) && all.indexOf(label) === all.lastIndexOf(label),
    );
    return [...open, ...once.sort()];
  }
  const labels = [...written.replaceAll(/\s/g, "").replace("...", ELLIPSIS)].flatMap((label) =>
    label === ELLIPSIS ? open : [label],
  );
  if (new Set(labels).size < labels.length) throw i.unsupported("결과에 같은 축을 두 번 쓰는 것은");
  return labels;
}

/** Axes in the order of the labels; all labels must be there. */
function ordered({ tensor, labels }: Labelled, wanted: readonly string[]): Tensor {
  return transpose(
    tensor,
    wanted.map((label) => labels.indexOf(label)),
  );
}

/** Sums over the axes that nothing else needs. */
function reduced(operand: Labelled, needed: ReadonlySet<string>): Labelled {
  const over = operand.labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  if (over.length === 0) return operand;
  return { tensor: sum(operand.tensor, over), labels: operand.labels.filter((label) => needed.has(label)) };
}

/** Σ over the labels of both that `needed` does not ask for: one product for each combination of shared labels. */
function contract(a: Labelled, b: Labelled, needed: ReadonlySet<string>): Labelled {
  const extents = new Map(
    [a, b].flatMap(({ tensor, labels }) => labels.map((label, at) => [label, tensor.shape[at]!])),
  );
  const sizes = (labels: readonly string[]) => labels.map((label) => extents.get(label)!);
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const [kept, summed] = [true, false].map((wanted) =>
    shared.filter((label) => needed.has(label) === wanted),
  ) as [string[], string[]];
  const [rows, columns] = [a, b].map(({ labels }) => labels.filter((label) => !shared.includes(label))) as [
    string[],
    string[],
  ];
  const shape = [kept, rows, summed, columns].map((labels) => sizeOf(sizes(labels)));
  const left = reshape(ordered(a, [...kept, ...rows, ...summed]), [shape[0]!, shape[1]!, shape[2]!]);
  const right = reshape(ordered(b, [...kept, ...summed, ...columns]), [shape[0]!, shape[2]!, shape[3]!]);
  const labels = [...kept, ...rows, ...columns];
  return { tensor: reshape(matmul(left, right), sizes(labels)), labels };
}

function checkExtents(i: Incoming, operands: readonly Labelled[]): void {
  const extents = new Map<string, number>();
  for (const { tensor, labels } of operands) {
    if (labels.length !== tensor.shape.length) throw i.unsupported("축의 수와 맞지 않는 식은");
    if (new Set(labels).size < labels.length) throw i.unsupported("한 텐서에서 같은 축을 두 번 쓰는 것은");
    labels.forEach((label, axis) => {
      const extent = tensor.shape[axis]!;
      if ((extents.get(label) ?? extent) !== extent) throw i.unsupported("크기가 다른 축을 늘려 맞추는 것은");
      extents.set(label, extent);
    });
  }
}

const readEinsum: Reading = (i) => {
  const [terms = "", written] = i.text("equation", "").split("->");
  const operands = terms.split(",").map((term, at): Labelled => {
    const tensor = i.tensor(at);
    return { tensor, labels: labelsOf(term, tensor.shape.length) };
  });
  checkExtents(i, operands);
  const wanted = resultLabels(i, written, operands);
  const neededBy = (rest: readonly Labelled[]) =>
    new Set([...wanted, ...rest.flatMap(({ labels }) => labels)]);
  let [whole, ...rest] = operands as [Labelled, ...Labelled[]];
  whole = reduced(whole, neededBy(rest));
  while (rest.length > 0) {
    const [next, ...others] = rest as [Labelled, ...Labelled[]];
    const later = neededBy(others);
    whole = contract(whole, reduced(next, new Set([...later, ...whole.labels])), later);
    whole = reduced(whole, later);
    rest = others;
  }
  return ordered(whole, wanted);
};

export const EINSUM_READINGS: Readonly<Record<string, Reading>> = { Einsum: readEinsum };
