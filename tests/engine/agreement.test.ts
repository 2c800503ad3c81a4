import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { detectFeatures } from "../../src/engine/compile/features.ts";
import { ancestors } from "../../src/engine/graph.ts";
import type { Operation } from "../../src/engine/operation.ts";
import { checkAgreement } from "./agreement.ts";
import { allCases } from "./all-cases.ts";
import { feed } from "./values.ts";

test("this Node has both kinds of SIMD, so both are tested", () => {
  expect(detectFeatures()).toEqual({ simd: true, relaxedSimd: true });
});

for (const relaxedSimd of [false, true]) {
  describe(`compiled against the interpreter, ${relaxedSimd ? "relaxed SIMD" : "SIMD"}`, () => {
    for (const operationCase of allCases) {
      test(operationCase.name, () => {
        for (let seed = 1; seed <= 25; seed++)
          checkAgreement(operationCase, seed, { simd: true, relaxedSimd });
      });
    }
  });
}

test("no operation is left out of the cases", async () => {
  const folder = new URL("../../src/engine/ops/", import.meta.url);
  const modules: object[] = await Promise.all(
    readdirSync(folder).map((file) => import(/* @vite-ignore */ new URL(file, folder).href)),
  );
  const all = modules.flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith("Operation")),
  ) as [string, Operation][];
  const covered = new Set(
    allCases.flatMap((operationCase) =>
      [1, 2, 3]
        .flatMap((seed) => ancestors([feed(operationCase, seed).output]))
        .map(({ operation }) => operation),
    ),
  );
  expect(all.filter(([, operation]) => !covered.has(operation)).map(([name]) => name)).toEqual([]);
  expect(all.length).toBeGreaterThan(25);
});
