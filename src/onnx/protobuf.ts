/**
 * The protocol-buffers wire format (protobuf.dev/programming-guides/encoding), as far as ONNX needs it. A message
 * is described once, as a record of fields, and written and read by that description.
 */

/** Thrown when a message ends before it is complete, or its bytes make no sense. */
export class WireError extends Error {
  readonly truncated: boolean;

  constructor(message: string, truncated: boolean) {
    super(message);
    this.name = "WireError";
    this.truncated = truncated;
  }
}

/** How the bytes of a value are delimited: the low three bits of a tag. */
type Wire = 0 | 1 | 2 | 5;
const [VARINT, FIXED64, DELIMITED, FIXED32] = [0, 1, 2, 5] as const;

/** One kind of value. */
interface Codec<T> {
  readonly wire: Wire;
  write(to: Writer, value: T): void;
  read(from: Reader): T;
}

export interface Field<T, Many extends boolean> {
  readonly number: number;
  readonly many: Many;
  readonly codec: Codec<T>;
  /** Numbers of a repeated field lie together behind one tag. */
  readonly packed: boolean;
}

export type Schema = Readonly<Record<string, Field<unknown, boolean>>>;
/** A message as it is read: repeated fields are lists, the others may be missing. */
export type Message<S> = {
  readonly [K in keyof S as S[K] extends Field<unknown, true> ? K : never]: S[K] extends Field<infer T, true>
    ? readonly T[]
    : never;
} & {
  readonly [K in keyof S as S[K] extends Field<unknown, false> ? K : never]?: S[K] extends Field<
    infer T,
    false
  >
    ? T
    : never;
};
/** A message to be written: everything may be left out. */
export type Draft<S> = DraftValue<Message<S>>;
type DraftValue<T> = T extends number | string | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DraftValue<Item>[]
    : { readonly [K in keyof T]?: DraftValue<T[K]> | undefined };

class Writer {
  #bytes = new Uint8Array(256);
  #length = 0;

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  varint(value: number): void {
    this.#reserve(10);
    if (value >= 0 && value < 2 ** 53) {
      let rest = value;
      for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 128;
      this.#bytes[this.#length++] = rest;
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 127n) | 128;
    this.#bytes[this.#length++] = Number(rest);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let result = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.take(1)[0]!;
      result += (byte & 127) * 2 ** shift;
      if (byte < 128) return result;
    }
    let large = BigInt(result);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.take(1)[0]!;
      large |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, large));
    }
    throw new WireError("an integer is longer than ten bytes", false);
  }

  /** The next bytes, not copied. */
  take(count: number): Uint8Array {
    if (this.#at + count > this.#bytes.length) throw new WireError("the bytes end too early", true);
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  skip(wire: number): void {
    if (wire === VARINT) this.varint();
    else if (wire === FIXED64) this.take(8);
    else if (wire === DELIMITED) this.take(this.varint());
    else if (wire === FIXED32) this.take(4);
    else throw new WireError(`wire type ${wire} does not exist`, false);
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const integerCodec: Codec<number> = {
  wire: VARINT,
  write: (to, value) => to.varint(value),
  read: (from) => from.varint(),
};
const floatCodec: Codec<number> = {
  wire: FIXED32,
  write: (to, value) => to.append(new Uint8Array(Float32Array.of(value).buffer)),
  read: (from) => viewOf(from.take(4)).getFloat32(0, true),
};
const doubleCodec: Codec<number> = {
  wire: FIXED64,
  write: (to, value) => to.append(new Uint8Array(Float64Array.of(value).buffer)),
  read: (from) => viewOf(from.take(8)).getFloat64(0, true),
};
const bytesCodec: Codec<Uint8Array> = {
  wire: DELIMITED,
  write: (to, value) => {
    to.varint(value.length);
    to.append(value);
  },
  read: (from) => from.take(from.varint()),
};
const textCodec: Codec<string> = {
  wire: DELIMITED,
  write: (to, value) => bytesCodec.write(to, new TextEncoder().encode(value)),
  read: (from) => new TextDecoder().decode(bytesCodec.read(from)),
};
const messageCodec = <S extends Schema>(schema: S): Codec<Message<S>> => ({
  wire: DELIMITED,
  write: (to, value) => bytesCodec.write(to, encodeMessage(schema, value as Draft<S>)),
  read: (from) => decodeMessage(schema, bytesCodec.read(from)),
});

const one = <T>(number: number, codec: Codec<T>): Field<T, false> => ({
  ...{ number, codec },
  many: false,
  packed: false,
});
const several = <T>(number: number, codec: Codec<T>): Field<T, true> => ({
  ...{ number, codec },
  many: true,
  packed: codec.wire !== DELIMITED,
});

/** Field kinds; the argument is the field's number. 64-bit integers beyond 2⁵³ are rounded. */
export const integer = (number: number) => one(number, integerCodec);
export const integers = (number: number) => several(number, integerCodec);
export const float = (number: number) => one(number, floatCodec);
export const floats = (number: number) => several(number, floatCodec);
export const doubles = (number: number) => several(number, doubleCodec);
export const bytes = (number: number) => one(number, bytesCodec);
export const byteStrings = (number: number) => several(number, bytesCodec);
export const text = (number: number) => one(number, textCodec);
export const texts = (number: number) => several(number, textCodec);
export const message = <S extends Schema>(number: number, schema: S) => one(number, messageCodec(schema));
export const messages = <S extends Schema>(number: number, schema: S) =>
  several(number, messageCodec(schema));

/** Writes the fields in the order in which the description names them. */
export function encodeMessage<S extends Schema>(schema: S, draft: Draft<S>): Uint8Array<ArrayBuffer> {
  const to = new Writer();
  for (const [name, field] of Object.entries(schema)) {
    const value = (draft as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) writeField(to, field, value);
  }
  return to.bytes;
}

function writeField(
  to: Writer,
  { number, many, packed, codec }: Field<unknown, boolean>,
  value: unknown,
): void {
  const values = many ? (value as readonly unknown[]) : [value];
  if (!packed) {
    for (const item of values) {
      to.varint(number * 8 + codec.wire);
      codec.write(to, item);
    }
  } else if (values.length > 0) {
    const inner = new Writer();
    for (const item of values) codec.write(inner, item);
    to.varint(number * 8 + DELIMITED);
    bytesCodec.write(to, inner.bytes);
  }
}

/**
 * Reads a message; fields the description does not name are passed over, bytes are views of the input.
 * @throws WireError when the bytes end early or make no sense.
 */
export function decodeMessage<S extends Schema>(schema: S, input: Uint8Array): Message<S> {
  const result: Record<string, unknown> = {};
  const known = new Map<number, readonly [string, Field<unknown, boolean>]>();
  for (const [name, field] of Object.entries(schema)) {
    known.set(field.number, [name, field]);
    if (field.many) result[name] = [];
  }
  const from = new Reader(input);
  while (!from.done) {
    const tag = from.varint();
    const entry = known.get(Math.floor(tag / 8));
    if (entry) readField(from, entry[1], tag % 8, result, entry[0]);
    else from.skip(tag % 8);
  }
  return result as Message<S>;
}

function readField(
  from: Reader,
  { many, packed, codec }: Field<unknown, boolean>,
  wire: number,
  into: Record<string, unknown>,
  name: string,
): void {
  if (packed && wire === DELIMITED) {
    const inner = new Reader(bytesCodec.read(from));
    while (!inner.done) (into[name] as unknown[]).push(codec.read(inner));
  } else if (wire !== codec.wire) {
    throw new WireError(`field “${name}” has wire type ${wire}`, false);
  } else if (many) {
    (into[name] as unknown[]).push(codec.read(from));
  } else {
    into[name] = codec.read(from);
  }
}
