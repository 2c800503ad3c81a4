import { describe, expect, test } from "vitest";
import { detectFeatures } from "../../src/engine/compile/features.ts";
import { checkAgreement } from "./agreement.ts";
import { allCases } from "./all-cases.ts";

test("this Chromium has both kinds of SIMD, so both are tested", () => {
  expect(detectFeatures()).toEqual({ simd: true, relaxedSimd: true });
});

for (const relaxedSimd of [false, true]) {
  describe(`compiled in Chromium against the interpreter, ${relaxedSimd ? "relaxed SIMD" : "SIMD"}`, () => {
    for (const operationCase of allCases) {
      test(operationCase.name, () => {
        for (let seed = 26; seed <= 35; seed++)
          checkAgreement(operationCase, seed, { simd: true, relaxedSimd });
      });
    }
  });
}
