/**
 * The bytes of a WebAssembly module: LEB128 numbers, sections, function bodies.
 * Layout: WebAssembly Core Specification 2.0, chapter 5 (binary format).
 */

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

export const ValueType = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueTypeName = keyof typeof ValueType;

/** A finished function: its locals after the parameters, and its code without the last `end`. */
export interface FunctionBody {
  /** `entry`: exported, `(times: i32) → i32`. `helper`: called by the others, `parameters` addresses → nothing. */
  readonly kind: "entry" | "helper";
  readonly parameters: number;
  readonly name: string;
  readonly locals: readonly ValueTypeName[];
  readonly code: ArrayLike<number>;
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
}

/** Runs of equal types, as the format stores locals. */
function localRuns(locals: readonly ValueTypeName[]): number[][] {
  const runs: { type: ValueTypeName; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return runs.map(({ type, count }) => [...unsigned(count), ValueType[type]]);
}

/** Function type: the entries share one, helpers have one for each number of parameters. */
function typeOf({ kind, parameters }: FunctionBody): number[] {
  const inputs = Array.from({ length: parameters }, () => [ValueType.i32]);
  return [0x60, ...vector(inputs), ...vector(kind === "entry" ? [[ValueType.i32]] : [])];
}

/** The memory a module asks for, in pages of 64 KiB. */
export interface MemoryLimits {
  readonly pages: number;
  /** With a maximum the memory is shared between threads and may be larger already. */
  readonly sharedMaximum?: number | undefined;
}

/**
 * A module that imports its memory as `host.memory` and exports the entries by name. Functions are called by
 * their place in `functions`.
 */
export function encodeModule(
  functions: readonly FunctionBody[],
  { pages, sharedMaximum }: MemoryLimits,
): Uint8Array<ArrayBuffer> {
  const limits = [
    sharedMaximum === undefined ? 0x01 : 0x03,
    ...unsigned(pages),
    ...unsigned(sharedMaximum ?? pages),
  ];
  const bodies: Uint8Array[] = functions.map(({ locals, code }) => {
    const head = vector(localRuns(locals));
    const size = head.length + code.length + 1;
    return concatenate([
      new Uint8Array([...unsigned(size), ...head]),
      code instanceof Uint8Array ? code : Uint8Array.from(code),
      new Uint8Array([0x0b]),
    ]);
  });
  const types = [...new Set(functions.map((body) => typeOf(body).join()))];
  const exported = functions.flatMap(({ kind, name }, index) =>
    kind === "entry" ? [[...text(name), 0x00, ...unsigned(index)]] : [],
  );
  const bodyBytes = bodies.reduce((sum, { length }) => sum + length, 0);
  const codeHead = unsigned(functions.length);
  const head = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types.map((type) => type.split(",").map(Number)))),
    ...section(2, vector([[...text("host"), ...text("memory"), 0x02, ...limits]])),
    ...section(3, vector(functions.map((body) => unsigned(types.indexOf(typeOf(body).join()))))),
    ...section(7, vector(exported)),
    ...[10, ...unsigned(codeHead.length + bodyBytes), ...codeHead],
  ];
  return concatenate([new Uint8Array(head), ...bodies]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
