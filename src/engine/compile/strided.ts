/** Every second, third … float in memory as the lanes of a vector, and back. */
import type { Address, Emitter, Vector } from "./emitter.ts";
import { beyond } from "./loops.ts";

/**
 * Lane i holds the float at `at` + i·stride (in floats). Reads nothing beyond the last lane in use, except at
 * stride 1, where it is a plain load.
 */
export function loadStrided(e: Emitter, at: Address, stride: number, lanes = 4): Vector {
  if (stride === 1) return e.load(at);
  if (lanes === 4 && stride === 2) return e.shuffle(e.load(at), e.load(beyond(at, 12)), [0, 2, 5, 7]);
  if (lanes === 4 && stride === 3) return e.shuffle(e.load(at), e.load(beyond(at, 24)), [0, 3, 4, 7]);
  const lane = (i: number) => e.loadSplat(beyond(at, Math.min(i, lanes - 1) * stride * 4));
  if (lanes === 1) return lane(0);
  const low = e.shuffle(lane(0), lane(1), [0, 4, 0, 4]);
  return lanes === 2 ? low : e.shuffle(low, e.shuffle(lane(2), lane(3), [0, 4, 0, 4]), [0, 1, 4, 5]);
}

/**
 * The reverse for all offsets at once: float i·n + p at `at` becomes lane i of `vectors[p]`, n of them.
 * Writes the first `count` floats of the 4·n.
 */
export function storeInterleaved(e: Emitter, at: Address, vectors: readonly Vector[], count: number): void {
  const stride = vectors.length;
  for (let start = 0; start < count; start += 4) {
    const lane = (i: number) => {
      const position = Math.min(start + i, count - 1);
      return { vector: vectors[position % stride]!, lane: Math.floor(position / stride) };
    };
    e.store(beyond(at, start * 4), assemble(e, [0, 1, 2, 3].map(lane)), Math.min(4, count - start));
  }
}

interface Lane {
  readonly vector: Vector;
  readonly lane: number;
}

/** Four lanes of any vectors in one. */
function assemble(e: Emitter, lanes: readonly Lane[]): Vector {
  const [a, b, c, d] = lanes as [Lane, Lane, Lane, Lane];
  if (lanes.every(({ vector, lane }, i) => vector === a.vector && lane === i)) return a.vector;
  const sources = [...new Set(lanes.map(({ vector }) => vector))];
  if (sources.length <= 2) {
    const [first, second = first] = sources as [Vector, Vector?];
    const pick = ({ vector, lane }: Lane) => (vector === first ? lane : lane + 4);
    return e.shuffle(first, second, [pick(a), pick(b), pick(c), pick(d)]);
  }
  const pairOf = (left: Lane, right: Lane) =>
    e.shuffle(left.vector, right.vector, [left.lane, right.lane + 4, left.lane, right.lane + 4]);
  return e.shuffle(pairOf(a, b), pairOf(c, d), [0, 1, 4, 5]);
}
