import { encodeModule } from "./module.ts";

/** What this machine's WebAssembly offers. */
export interface Features {
  /** 128-bit SIMD; without it the interpreter runs the network. */
  readonly simd: boolean;
  /** `f32x4.relaxed_madd`: multiply and add in one instruction. */
  readonly relaxedSimd: boolean;
}

const local = 0;
const simdProbe = [0xfd, 15, 0xfd, 98, 0xfd, 27, local];

function validates(code: readonly number[]): boolean {
  if (typeof WebAssembly === "undefined") return false;
  return WebAssembly.validate(
    encodeModule([{ kind: "entry", parameters: 1, name: "probe", locals: [], code }], { pages: 1 }),
  );
}

/** Asks the engine by validating a tiny module that uses the instruction. */
export function detectFeatures(): Features {
  const get = [0x20, local, 0xfd, 17];
  return {
    // i8x16.splat(x) → i8x16.popcnt → i32x4.extract_lane 0
    simd: validates([0x20, local, ...simdProbe]),
    // relaxed_madd of three splats → i32x4.extract_lane 0
    relaxedSimd: validates([...get, ...get, ...get, 0xfd, 0x85, 0x02, 0xfd, 27, 0]),
  };
}
