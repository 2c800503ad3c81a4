/**
 * Where two threads wait for each other, in WebAssembly (atomics of the threads proposal). Each thread counts its
 * arrivals in shared memory and waits until the other has counted as far: at first by looking again and again,
 * which costs a fraction of a microsecond, then asleep, for when the other thread's core is taken.
 */
import { ByteWriter } from "./byte-writer.ts";
import type { FunctionBody } from "./module.ts";
import { EMPTY_BLOCK, op } from "./opcodes.ts";

/** Byte address of a thread's arrivals; each has a cache line of its own. */
export const arrivalsOf = (thread: number): number => thread * 64;
/** Distance from a thread's arrivals to its “asleep” mark. */
const ASLEEP = 128;
/** Byte address of what the host and the second thread tell each other, as `i32`. */
export const CONTROL = 256;
/** Bytes at the beginning of a memory that threads share. */
export const SHARED_BYTES = 320;

/** Looks before falling asleep: about 50 µs. */
const LOOKS = 20_000;
/** Nanoseconds (2³⁵, 34 s) after which the other thread is taken for dead. */
const PATIENCE = [0x80, 0x80, 0x80, 0x80, 0x80, 0x01];
const TIMED_OUT = 2;

/** `(own, other)`: addresses of the arrivals. Traps when the other thread does not come. */
export function barrierBody(): FunctionBody {
  const [own, other, phase, looks] = [0, 1, 2, 3];
  const code = new ByteWriter();
  const get = (local: number) => code.byte(op.get).unsigned(local);
  const set = (local: number) => code.byte(op.set).unsigned(local);
  const number = (value: number) => code.byte(op.i32).signed(value);
  const atomic = (opcode: number, offset = 0) => code.byte(0xfe).byte(opcode).byte(2).unsigned(offset);
  const [load, store] = [0x10, 0x17];

  get(own!).byte(op.get).unsigned(own!);
  atomic(load);
  number(1).byte(0x6a).byte(0x22).unsigned(phase!);
  atomic(store);
  // Whoever falls asleep marks it before it looks for the last time, so nobody is left sleeping.
  get(other!);
  atomic(load, ASLEEP).byte(op.if).byte(EMPTY_BLOCK);
  get(own!);
  number(1);
  atomic(0x00).byte(0x1a).byte(op.end);
  number(LOOKS);
  set(looks!);
  code.byte(0x02).byte(EMPTY_BLOCK).byte(op.loop).byte(EMPTY_BLOCK);
  get(other!);
  atomic(load);
  get(phase!).byte(0x6b);
  number(0).byte(0x4e).byte(op.brIf).byte(1);
  get(looks!);
  number(1).byte(0x6b).byte(0x22).unsigned(looks!).byte(op.brIf).byte(0);
  get(own!);
  number(1);
  atomic(store, ASLEEP);
  get(other!);
  get(phase!);
  number(1).byte(0x6b).byte(0x42);
  for (const byte of PATIENCE) code.byte(byte);
  atomic(0x01);
  number(TIMED_OUT).byte(0x46).byte(op.if).byte(EMPTY_BLOCK).byte(0x00).byte(op.end);
  get(own!);
  number(0);
  atomic(store, ASLEEP);
  number(1);
  set(looks!);
  code.byte(0x0c).byte(0).byte(op.end).byte(op.end);
  return { kind: "helper", parameters: 2, name: "barrier", locals: ["i32", "i32"], code: code.bytes };
}
