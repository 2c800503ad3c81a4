/**
 * A yardstick: how many floating-point operations a second this machine does in WebAssembly when it only ever
 * touches registers. A matrix product can approach this number and not pass it.
 */
import { Emitter } from "../../engine/compile/emitter.ts";
import { encodeModule } from "../../engine/compile/module.ts";
import type { Contestant } from "./measure.ts";

/** Independent sums: enough to hide the latency of an addition, few enough to stay in sixteen registers. */
const SUMS = 12;
const TURNS = 4096;
/** Each turn of the loop updates every sum so often. */
const UNROLLED = 4;
const LANES = 4;

/** Multiplications and additions of one run. */
const OPERATIONS = TURNS * UNROLLED * SUMS * LANES * 2;

function peakModule(relaxed: boolean): Uint8Array<ArrayBuffer> {
  const e = new Emitter({ relaxed });
  e.repeat(() => {
    e.scope(() => {
      // Read from memory, so that no compiler knows the factor.
      const factor = e.loadSplat({ offset: 0 });
      const sums = Array.from({ length: SUMS }, (_, i) => e.variable(e.loadSplat({ offset: 16 + 4 * i })));
      e.loop(TURNS, 1, () => {
        for (let turn = 0; turn < UNROLLED; turn++) {
          // The other factor changes all the time: a product of two constants would be computed once.
          for (const [i, sum] of sums.entries()) e.accumulate(sum, factor, sums[(i + 1) % SUMS]!);
        }
      });
      for (const [i, sum] of sums.entries()) e.store({ offset: 1024 + 16 * i }, sum);
    });
  });
  return encodeModule([e.finish("peak")], { pages: 1 });
}

/**
 * The register-only loop as a contestant of a product whose one run counts `gigaflops`: it does at least as many
 * operations, in whole runs of its own.
 * @param relaxed with `f32x4.relaxed_madd`; otherwise multiplication and addition apart.
 */
export function registerPeak(gigaflops: number, relaxed: boolean): Contestant {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const module = new WebAssembly.Module(peakModule(relaxed));
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  const peak = exports.peak;
  if (typeof peak !== "function") throw new Error("the yardstick's module has no function");
  let owed = 0;
  return {
    peer: relaxed ? "registers, multiply-add" : "registers, multiply and add",
    yardstick: true,
    run: (times) => {
      owed += (times * gigaflops * 1e9) / OPERATIONS;
      const whole = Math.floor(owed);
      owed -= whole;
      if (whole > 0) peak(whole);
    },
  };
}
