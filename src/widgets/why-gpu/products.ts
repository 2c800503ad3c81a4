/** The same product C = A·B in different ways, each as a contestant of the measuring harness. */
import { Graph } from "../../engine/graph.ts";
import { matmul } from "../../engine/ops/matmul.ts";
import { createProgram } from "../../engine/program.ts";
import { squareMatrices } from "../../lab/speed/data.ts";
import type { Contestant } from "../../lab/speed/measure.ts";
import type { FromHalf, ToHalf, Way } from "./protocol.ts";

/** A way to compute, and its name. */
export interface WayContestant extends Contestant {
  readonly peer: Way;
}

/** Multiplications and additions of an n × n product, in units of 10⁹. */
export const gigaflops = (size: number): number => (2 * size ** 3) / 1e9;

/** Loops over flat arrays, as careful JavaScript has them. `size` is a multiple of 4. */
export function plainProduct(size: number): WayContestant {
  const { a, b } = squareMatrices(size);
  const c = new Float32Array(size * size);
  return {
    peer: "javascript",
    run: (times) => {
      for (let time = 0; time < times; time++) multiplyInto(c, a, b, size);
    },
    result: () => c,
  };
}

/** Two rows of A with four rows of B at a time: each number that is read is used more than once. */
function multiplyInto(c: Float32Array, a: Float32Array, b: Float32Array, size: number): void {
  c.fill(0);
  for (let row = 0; row < size; row += 2) {
    const [upper, lower] = [row * size, (row + 1) * size];
    for (let k = 0; k < size; k += 4) {
      const [u0, u1, u2, u3] = [a[upper + k]!, a[upper + k + 1]!, a[upper + k + 2]!, a[upper + k + 3]!];
      const [l0, l1, l2, l3] = [a[lower + k]!, a[lower + k + 1]!, a[lower + k + 2]!, a[lower + k + 3]!];
      const [first, second, third, fourth] = [k * size, (k + 1) * size, (k + 2) * size, (k + 3) * size];
      for (let column = 0; column < size; column++) {
        const b0 = b[first + column]!;
        const b1 = b[second + column]!;
        const b2 = b[third + column]!;
        const b3 = b[fourth + column]!;
        c[upper + column] = c[upper + column]! + u0 * b0 + u1 * b1 + u2 * b2 + u3 * b3;
        c[lower + column] = c[lower + column]! + l0 * b0 + l1 * b1 + l2 * b2 + l3 * b3;
      }
    }
  }
}

/** Rows `from` to `to` of the product by the engine: WebAssembly SIMD on one core. */
export function engineRows(size: number, from: number, to: number): Omit<WayContestant, "peer"> {
  const { a, b } = squareMatrices(size);
  const graph = new Graph();
  const left = graph.input("a", [to - from, size]);
  const right = graph.input("b", [size, size]);
  const product = matmul(left, right);
  const program = createProgram(graph, { multiply: { outputs: [product] } });
  program.write(left, a.subarray(from * size, to * size));
  program.write(right, b);
  return {
    run: (times) => void program.run("multiply", times),
    result: () => program.view(product),
  };
}

export const oneCore = (size: number): WayContestant => ({ peer: "one-core", ...engineRows(size, 0, size) });

/** Where the second half of the rows begins. */
export const middle = (size: number): number => Math.floor(size / 2);

/** Each of two workers computes half the rows; every run waits for the slower one and for both messages. */
export async function twoCores(size: number, ports: readonly MessagePort[]): Promise<WayContestant> {
  const ask = (message: (half: 0 | 1) => ToHalf) =>
    Promise.all(ports.slice(0, 2).map((port, half) => answered(port, message(half as 0 | 1))));
  await ask((half) => ({ type: "build", size, half }));
  return {
    peer: "two-cores",
    // One product after the other: in a network the next layer waits for the whole of this one.
    run: async (times) => {
      for (let time = 0; time < times; time++) await ask(() => ({ type: "run", times: 1 }));
    },
    result: async () => {
      const halves = await ask(() => ({ type: "result" }));
      return halves.flatMap((answer) => (answer.type === "result" ? [...answer.values] : []));
    },
  };
}

function answered(port: MessagePort, message: ToHalf): Promise<FromHalf> {
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<FromHalf>) => {
      if (data.type === "failed") reject(new Error(data.message));
      else resolve(data);
    };
    port.postMessage(message);
  });
}

/** Largest difference over the largest value of `a`. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [largest, difference] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(a[i]!));
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
  }
  return difference / Math.max(largest, Number.MIN_VALUE);
}
