import { describe, expect, test } from "vitest";
import { detectFeatures } from "../../src/engine/compile/features.ts";
import { ancestors } from "../../src/engine/graph.ts";
import type { Operation } from "../../src/engine/operation.ts";
import * as activations from "../../src/engine/ops/activations.ts";
import * as arithmetic from "../../src/engine/ops/arithmetic.ts";
import * as convolution from "../../src/engine/ops/convolution.ts";
import * as convolutionWeights from "../../src/engine/ops/convolution-weights.ts";
import * as functions from "../../src/engine/ops/functions.ts";
import * as gather from "../../src/engine/ops/gather.ts";
import * as layout from "../../src/engine/ops/layout.ts";
import * as products from "../../src/engine/ops/matmul.ts";
import * as maxPool from "../../src/engine/ops/max-pool.ts";
import * as reduce from "../../src/engine/ops/reduce.ts";
import * as softmax from "../../src/engine/ops/softmax.ts";
import * as sumPool from "../../src/engine/ops/sum-pool.ts";
import * as transposedConvolution from "../../src/engine/ops/transposed-convolution.ts";
import * as upsample from "../../src/engine/ops/upsample.ts";
import { checkAgreement } from "./agreement.ts";
import { operationCases } from "./cases.ts";
import { feed } from "./values.ts";

test("this Node has both kinds of SIMD, so both are tested", () => {
  expect(detectFeatures()).toEqual({ simd: true, relaxedSimd: true });
});

for (const relaxedSimd of [false, true]) {
  describe(`compiled against the interpreter, ${relaxedSimd ? "relaxed SIMD" : "SIMD"}`, () => {
    for (const operationCase of operationCases) {
      test(operationCase.name, () => {
        for (let seed = 1; seed <= 25; seed++)
          checkAgreement(operationCase, seed, { simd: true, relaxedSimd });
      });
    }
  });
}

test("no operation is left out of the cases", () => {
  const modules = [
    ...[activations, arithmetic, functions, gather, layout, products, reduce, softmax],
    ...[convolution, convolutionWeights, transposedConvolution, maxPool, sumPool, upsample],
  ];
  const all = modules.flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith("Operation")),
  ) as [string, Operation][];
  const covered = new Set(
    operationCases.flatMap((operationCase) =>
      [1, 2, 3]
        .flatMap((seed) => ancestors([feed(operationCase, seed).output]))
        .map(({ operation }) => operation),
    ),
  );
  expect(all.filter(([, operation]) => !covered.has(operation)).map(([name]) => name)).toEqual([]);
  expect(all.length).toBeGreaterThan(25);
});
