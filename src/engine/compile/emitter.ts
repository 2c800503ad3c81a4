import { type Address, Assembler, type Int, type Vector } from "./assembler.ts";
import { arrivalsOf, barrierBody } from "./barrier.ts";
import { EMPTY_BLOCK, op, simd } from "./opcodes.ts";

export { type Address, type Int, Library, type Vector } from "./assembler.ts";

/**
 * Writes one function: an entry `(times: i32) → i32`, or a helper that takes addresses. Every method that computes emits its instructions at once and
 * returns the local that holds the result, so a kernel reads like arithmetic. V8 turns the locals into
 * registers; `scope` lets straight-line code reuse them, which keeps the function small.
 */
export class Emitter extends Assembler {
  /**
   * Calls the helper `name` with addresses; `write` emits its body the first time. The name must tell apart
   * helpers that differ in anything.
   */
  call(
    name: string,
    addresses: readonly Address[],
    write: (e: Emitter, addresses: readonly (Address & { base: Int })[]) => void,
    compact = false,
  ): void {
    const index = this.library.indexOf(name, () => {
      const { relaxed } = this;
      const e = new Emitter({ relaxed, compact, library: this.library, helper: addresses.length });
      e.scope(() =>
        write(
          e,
          addresses.map((_, i) => ({ base: { int: i }, offset: 0 })),
        ),
      );
      return e.finish(name);
    });
    for (const { base, offset } of addresses) {
      this.code.byte(op.i32).signed(offset);
      if (base) {
        this.get(base.int);
        this.code.byte(0x6a);
      }
    }
    this.code.byte(op.call).unsigned(index);
  }

  load(at: Address): Vector {
    this.address(at);
    return this.simdResult(simd.load, 4, at.offset);
  }

  /** One float into all four lanes. */
  loadSplat(at: Address): Vector {
    this.address(at);
    return this.simdResult(simd.loadSplat, 2, at.offset);
  }

  /** One float into lane 0, zero in the others. */
  loadSingle(at: Address): Vector {
    this.address(at);
    return this.simdResult(simd.loadZero32, 2, at.offset);
  }

  /** Stores the first `lanes` lanes and leaves the bytes after them alone. */
  store(at: Address, value: Vector, lanes = 4): void {
    if (lanes >= 4) {
      this.address(at);
      this.get(value.vector);
      this.simd(simd.store).unsigned(4).unsigned(at.offset);
      return;
    }
    if (lanes >= 2) this.storeLane(simd.storeLane64, 3, at, value, 0);
    if (lanes % 2 === 1) {
      const offset = at.offset + (lanes - 1) * 4;
      this.storeLane(simd.storeLane32, 2, { base: at.base, offset }, value, lanes - 1);
    }
  }

  /** The same number in all lanes; emitted once a scope. */
  constant(value: number): Vector {
    const known = this.constants?.get(value);
    if (known && !Object.is(value, -0)) return known;
    this.simd(simd.constant).float32(value).float32(value).float32(value).float32(value);
    const result = this.setVector();
    this.constants?.set(value, result);
    return result;
  }

  /** Lanes given as 32-bit patterns: masks. */
  bits(lanes: readonly [number, number, number, number]): Vector {
    const code = this.simd(simd.constant);
    for (const lane of lanes) code.word(lane);
    return this.setVector();
  }

  add = (a: Vector, b: Vector): Vector => this.binary(simd.add, a, b);
  subtract = (a: Vector, b: Vector): Vector => this.binary(simd.subtract, a, b);
  multiply = (a: Vector, b: Vector): Vector => this.binary(simd.multiply, a, b);
  divide = (a: Vector, b: Vector): Vector => this.binary(simd.divide, a, b);
  /** The smaller; `a` when `a` is not a number, so that NaN is never hidden. */
  min = (a: Vector, b: Vector): Vector => this.binary(simd.min, a, b);
  /** The larger; `a` when `a` is not a number. */
  max = (a: Vector, b: Vector): Vector => this.binary(simd.max, a, b);
  /** The larger; not a number when either is none: of the two orders at least one keeps that. */
  maxOrNaN = (a: Vector, b: Vector): Vector => this.or(this.max(a, b), this.max(b, a));
  equal = (a: Vector, b: Vector): Vector => this.binary(simd.eq, a, b);
  less = (a: Vector, b: Vector): Vector => this.binary(simd.lt, a, b);
  greater = (a: Vector, b: Vector): Vector => this.binary(simd.gt, a, b);
  greaterOrEqual = (a: Vector, b: Vector): Vector => this.binary(simd.ge, a, b);
  and = (a: Vector, b: Vector): Vector => this.binary(simd.and, a, b);
  /** Bits of `a` that are not in `b`. */
  andNot = (a: Vector, b: Vector): Vector => this.binary(simd.andNot, a, b);
  or = (a: Vector, b: Vector): Vector => this.binary(simd.or, a, b);
  xor = (a: Vector, b: Vector): Vector => this.binary(simd.xor, a, b);
  addInt = (a: Vector, b: Vector): Vector => this.binary(simd.addInt, a, b);
  subtractInt = (a: Vector, b: Vector): Vector => this.binary(simd.subtractInt, a, b);
  multiplyInt = (a: Vector, b: Vector): Vector => this.binary(simd.multiplyInt, a, b);
  abs = (a: Vector): Vector => this.unary(simd.abs, a);
  negate = (a: Vector): Vector => this.unary(simd.negate, a);
  sqrt = (a: Vector): Vector => this.unary(simd.sqrt, a);
  /** Lanes read as integers, converted to floats. */
  fromInt = (a: Vector): Vector => this.unary(simd.fromInt, a);
  /** Lanes cut to integers, saturating; NaN becomes 0. */
  toInt = (a: Vector): Vector => this.unary(simd.toInt, a);

  /** `a·b + c`, in one instruction where relaxed SIMD offers it. */
  multiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
    return this.relaxed ? this.ternary(simd.relaxedMadd, a, b, c) : this.add(this.multiply(a, b), c);
  }

  /** Adds `a·b` to `sum` in place: the inner step of every product. */
  accumulate(sum: Vector, a: Vector, b: Vector): void {
    if (this.relaxed) {
      this.get(a.vector);
      this.get(b.vector);
      this.get(sum.vector);
      this.simd(simd.relaxedMadd);
    } else {
      this.get(sum.vector);
      this.get(a.vector);
      this.get(b.vector);
      this.simd(simd.multiply);
      this.simd(simd.add);
    }
    this.set(sum.vector);
  }

  /** Takes `a` where the mask's bits are set, `b` elsewhere. */
  select(mask: Vector, a: Vector, b: Vector): Vector {
    return this.ternary(simd.select, a, b, mask);
  }

  shiftLeft(a: Vector, bits: number): Vector {
    return this.shift(simd.shiftLeft, a, bits);
  }

  shiftRightUnsigned(a: Vector, bits: number): Vector {
    return this.shift(simd.shiftRightUnsigned, a, bits);
  }

  /** Lanes of `a` (0–3) and `b` (4–7) in the given order. */
  shuffle(a: Vector, b: Vector, lanes: readonly [number, number, number, number]): Vector {
    this.get(a.vector);
    this.get(b.vector);
    const code = this.simd(simd.shuffle);
    for (const lane of lanes) for (let byte = 0; byte < 4; byte++) code.byte(lane * 4 + byte);
    return this.setVector();
  }

  /** Sum of the four lanes, in all four lanes. */
  sumLanes(a: Vector): Vector {
    const halves = this.add(a, this.shuffle(a, a, [2, 3, 0, 1]));
    return this.add(halves, this.shuffle(halves, halves, [1, 0, 3, 2]));
  }

  /** Largest of the four lanes, in all four lanes. */
  maxLanes(a: Vector): Vector {
    const halves = this.max(a, this.shuffle(a, a, [2, 3, 0, 1]));
    return this.max(halves, this.shuffle(halves, halves, [1, 0, 3, 2]));
  }

  /** A variable of its own, to be changed with `assign` and `accumulate`. */
  variable(initial: Vector): Vector {
    this.get(initial.vector);
    return this.setVector();
  }

  assign(target: Vector, value: Vector): void {
    this.get(value.vector);
    this.set(target.vector);
  }

  /** Runs `body` for offset = 0, step, 2·step … below `end` (at least once), with the offset in a local. */
  loop(end: number, step: number, body: (offset: Int) => void): void {
    const counter = this.int(0);
    this.code.byte(op.loop).byte(EMPTY_BLOCK);
    body(counter);
    this.get(counter.int);
    this.code.byte(op.i32).signed(step).byte(0x6a).byte(0x22).unsigned(counter.int);
    this.code.byte(op.i32).signed(end).byte(0x49).byte(op.brIf).byte(0).byte(op.end);
  }

  /** A fresh integer variable. */
  int(value: number): Int {
    this.code.byte(op.i32).signed(value);
    return this.setInt();
  }

  /** `a · factor + b`. */
  scaleAdd(a: Int, factor: number, b?: Int): Int {
    this.get(a.int);
    if (factor !== 1) this.code.byte(op.i32).signed(factor).byte(0x6c);
    if (b) {
      this.get(b.int);
      this.code.byte(0x6a);
    }
    return this.setInt();
  }

  /** `a + amount`. */
  offsetBy(a: Int, amount: number): Int {
    this.get(a.int);
    this.code.byte(op.i32).signed(amount).byte(0x6a);
    return this.setInt();
  }

  loadInt(at: Address): Int {
    this.address(at);
    this.code.byte(0x28).byte(2).unsigned(at.offset);
    return this.setInt();
  }

  storeInt(at: Address, value: Int): void {
    this.address(at);
    this.get(value.int);
    this.code.byte(0x36).byte(2).unsigned(at.offset);
  }

  /** `(a + amount) mod modulus`, for non-negative `a`. */
  addModulo(a: Int, amount: number, modulus: number): Int {
    this.get(a.int);
    this.code.byte(op.i32).signed(amount).byte(0x6a).byte(op.i32).signed(modulus).byte(0x70);
    return this.setInt();
  }

  /** A vector whose lanes all hold the integer. */
  splatInt(a: Int): Vector {
    this.get(a.int);
    this.simd(simd.splatI32);
    return this.setVector();
  }

  /** The body runs `times` (the function's parameter) times; the function returns how many were completed. */
  repeat(body: (done: Int) => void): void {
    const done = this.int(0);
    this.code.byte(0x02).byte(EMPTY_BLOCK).byte(op.loop).byte(EMPTY_BLOCK);
    this.get(done.int);
    this.code.byte(op.get).byte(0).byte(0x4f).byte(op.brIf).byte(1);
    body(done);
    this.get(done.int);
    this.code
      .byte(op.i32)
      .byte(1)
      .byte(0x6a)
      .byte(op.set)
      .unsigned(done.int)
      .byte(0x0c)
      .byte(0)
      .byte(op.end)
      .byte(op.end);
    this.get(done.int);
  }

  /** Waits for the other thread. */
  barrier(thread: number): void {
    const index = this.library.indexOf("barrier", barrierBody);
    this.code.byte(op.i32).signed(arrivalsOf(thread));
    this.code.byte(op.i32).signed(arrivalsOf(1 - thread));
    this.code.byte(op.call).unsigned(index);
  }

  /**
   * Leaves the function with `done` when the float at the address is infinite or not a number.
   * @param leave emits what is to be done before.
   */
  returnUnlessFinite(at: Address, done: Int, leave: () => void = () => {}): void {
    const load = () => {
      this.address(at);
      this.code.byte(0x2a).byte(2).unsigned(at.offset);
    };
    load();
    load();
    // x − x is 0 for every finite x and NaN otherwise.
    this.code.byte(0x93).byte(op.f32).float32(0).byte(0x5c).byte(op.if).byte(EMPTY_BLOCK);
    leave();
    this.get(done.int);
    this.code.byte(0x0f).byte(op.end);
  }
}
