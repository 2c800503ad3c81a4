/** Derivatives of whole expressions against central differences. */
import { expect } from "vitest";
import { gradients } from "../../src/engine/gradient.ts";
import type { Tensor } from "../../src/engine/graph.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { Random } from "../../src/engine/random.ts";
import { sizeOf } from "../../src/engine/shape.ts";

const EPSILON = 1e-5;

/** Seeded normal values for leaves. */
export function fill(leaves: readonly Tensor[], seed: number, deviation = 1): Map<Tensor, Float64Array> {
  const random = new Random(seed);
  return new Map(
    leaves.map((leaf) => [
      leaf,
      Float64Array.from({ length: sizeOf(leaf.shape) }, () => random.normal(0, deviation)),
    ]),
  );
}

export function evaluate(tensor: Tensor, leaves: ReadonlyMap<Tensor, ArrayLike<number>>): Float64Array {
  return interpret([tensor], leaves).get(tensor)!;
}

export function expectSlopes(
  loss: Tensor,
  wrt: readonly Tensor[],
  values: ReadonlyMap<Tensor, Float64Array>,
): void {
  const derived = gradients(loss, wrt);
  const computed = interpret(derived, values);
  wrt.forEach((leaf, i) => {
    const own = values.get(leaf)!;
    const at = (index: number, shift: number) => {
      const moved = Float64Array.from(own);
      moved[index]! += shift;
      return evaluate(loss, new Map(values).set(leaf, moved))[0]!;
    };
    const expected = own.map((_, index) => (at(index, EPSILON) - at(index, -EPSILON)) / (2 * EPSILON));
    const scale = Math.max(1e-3, ...expected.map(Math.abs));
    computed.get(derived[i]!)!.forEach((value, index) => {
      const error = Math.abs(value - expected[index]!) / scale;
      expect(error, `${leaf.name}[${index}]: ${value} instead of ${expected[index]}`).toBeLessThan(1e-5);
    });
  });
}
