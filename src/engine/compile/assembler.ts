import { ByteWriter } from "./byte-writer.ts";
import type { FunctionBody, ValueTypeName } from "./module.ts";
import { op, simd } from "./opcodes.ts";

/** Four `f32` lanes in a local variable. */
export interface Vector {
  readonly vector: number;
}

/** An `i32` in a local variable: a counter or a byte offset. */
export interface Int {
  readonly int: number;
}

/** A place in memory: a constant byte offset, plus a run-time one inside loops. */
export interface Address {
  readonly base?: Int | undefined;
  readonly offset: number;
}

/** The helper functions of one module: each is written once, however often it is called. */
export class Library {
  readonly bodies: FunctionBody[] = [];
  readonly #indices = new Map<string, number>();

  /** The index of the helper called `name`, which `write` provides when it is missing. */
  indexOf(name: string, write: () => FunctionBody): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    const body = write();
    const index = this.bodies.push(body) - 1;
    this.#indices.set(name, index);
    return index;
  }
}

/** Constants of a scope, and behind them those of the scopes around it: a scope is opened too often to copy them. */
class Constants {
  readonly #outer: Constants | undefined;
  #own: Map<number, Vector> | undefined;

  constructor(outer: Constants | undefined) {
    this.#outer = outer;
  }

  get(value: number): Vector | undefined {
    return this.#own?.get(value) ?? this.#outer?.get(value);
  }

  set(value: number, vector: Vector): void {
    this.#own ??= new Map();
    this.#own.set(value, vector);
  }
}

/**
 * The ground under the emitter: instructions as bytes, local variables and their reuse, calls. What a kernel is
 * written with stands in `Emitter`.
 */
export class Assembler {
  readonly relaxed: boolean;
  /** Whether loops are kept as loops. */
  readonly compact: boolean;
  protected readonly code = new ByteWriter();
  readonly #locals: ValueTypeName[] = [];
  #freeVectors: number[] = [];
  #freeInts: number[] = [];
  #scope: { vectors: number[]; ints: number[]; constants: Constants } | undefined;

  protected readonly library: Library;
  readonly #kind: FunctionBody["kind"];
  readonly #parameters: number;

  /** @param options.helper number of addresses it takes, when a helper is written. */
  constructor(options: { relaxed: boolean; compact?: boolean; library?: Library; helper?: number }) {
    this.relaxed = options.relaxed;
    this.compact = options.compact ?? false;
    this.library = options.library ?? new Library();
    this.#kind = options.helper === undefined ? "entry" : "helper";
    this.#parameters = options.helper ?? 1;
  }

  finish(name: string): FunctionBody {
    return {
      kind: this.#kind,
      parameters: this.#parameters,
      name,
      locals: this.#locals,
      code: this.code.bytes,
    };
  }

  /** Moves an integer variable on by `amount`. */
  advance({ int }: Int, amount: number): void {
    this.get(int);
    this.code.byte(op.i32).signed(amount).byte(0x6a);
    this.set(int);
  }

  /** Locals made inside may be reused after it. */
  scope(body: () => void): void {
    const outer = this.#scope;
    this.#scope = { vectors: [], ints: [], constants: new Constants(outer?.constants) };
    body();
    this.#freeVectors.push(...this.#scope.vectors);
    this.#freeInts.push(...this.#scope.ints);
    this.#scope = outer;
  }

  /** Constants of the present scope and of those around it. */
  protected get constants(): Constants | undefined {
    return this.#scope?.constants;
  }

  protected address({ base }: Address): void {
    if (base) this.get(base.int);
    else this.code.byte(op.i32).byte(0);
  }

  protected get(local: number): void {
    this.code.byte(op.get).unsigned(local);
  }

  protected set(local: number): void {
    this.code.byte(op.set).unsigned(local);
  }

  /** Immediates of the instruction are written to what is returned. */
  protected simd(opcode: number): ByteWriter {
    return this.code.byte(0xfd).unsigned(opcode);
  }

  protected simdResult(opcode: number, align: number, offset: number): Vector {
    this.simd(opcode).byte(align).unsigned(offset);
    return this.setVector();
  }

  protected unary(opcode: number, a: Vector): Vector {
    this.get(a.vector);
    this.simd(opcode);
    return this.setVector();
  }

  protected binary(opcode: number, a: Vector, b: Vector): Vector {
    this.get(a.vector);
    return this.unary(opcode, b);
  }

  protected ternary(opcode: number, a: Vector, b: Vector, c: Vector): Vector {
    this.get(a.vector);
    return this.binary(opcode, b, c);
  }

  protected shift(opcode: number, a: Vector, bits: number): Vector {
    this.get(a.vector);
    this.code.byte(op.i32).signed(bits);
    this.simd(opcode);
    return this.setVector();
  }

  protected storeLane(opcode: number, align: number, at: Address, value: Vector, lane: number): void {
    this.address(at);
    this.get(value.vector);
    this.simd(opcode)
      .byte(align)
      .unsigned(at.offset)
      .byte(opcode === simd.storeLane64 ? lane / 2 : lane);
  }

  protected setVector(): Vector {
    const vector = this.#freeVectors.pop() ?? this.#newLocal("v128");
    this.#scope?.vectors.push(vector);
    this.set(vector);
    return { vector };
  }

  protected setInt(): Int {
    const int = this.#freeInts.pop() ?? this.#newLocal("i32");
    this.#scope?.ints.push(int);
    this.set(int);
    return { int };
  }

  #newLocal(type: ValueTypeName): number {
    // The parameters are the first locals.
    return this.#locals.push(type) - 1 + this.#parameters;
  }
}
