/**
 * How fast this machine multiplies and adds when nothing is read from memory: twelve sums in registers, one
 * `accumulate` each a step, written with the engine's own emitter.
 */
import { Emitter } from "../src/engine/compile/emitter.ts";
import { encodeModule } from "../src/engine/compile/module.ts";

/** Sums that are independent of each other: more than latency × units on today's processors. */
const SUMS = 12;
const UNROLLED = 4;
const STEPS = 4096;
/** Floating-point operations of one call of the yardstick: four lanes, a product and a sum each. */
export const YARDSTICK_OPERATIONS = STEPS * SUMS * 4 * 2;

/** A function that runs the register-only loop `times` times. */
export function compileYardstick(relaxed: boolean): (times: number) => void {
  const e = new Emitter({ relaxed });
  e.repeat(() => {
    e.scope(() => {
      const sums = Array.from({ length: SUMS }, (_, i) => e.variable(e.constant(i)));
      const [scale, shift] = [e.variable(e.constant(1e-3)), e.variable(e.constant(0.5))];
      e.loop(STEPS, UNROLLED, () => {
        for (let k = 0; k < UNROLLED; k++) for (const sum of sums) e.accumulate(sum, scale, shift);
      });
      const total = sums.reduce((left, right) => e.add(left, right));
      e.store({ offset: 0 }, total);
    });
  });
  const module = new WebAssembly.Module(encodeModule([e.finish("run")], 1));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { run } = new WebAssembly.Instance(module, { host: { memory } }).exports;
  if (typeof run !== "function") throw new Error("the yardstick was not compiled");
  return (times) => void run(times);
}
