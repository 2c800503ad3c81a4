import { describe, expect, test } from "vitest";
import { Graph } from "../../src/engine/graph.ts";
import { relu } from "../../src/engine/ops/activations.ts";
import { add } from "../../src/engine/ops/arithmetic.ts";
import { matmul } from "../../src/engine/ops/matmul.ts";
import { exportOnnx } from "../../src/onnx/export.ts";
import { RUNTIME_URL } from "../../src/onnx/runtime.ts";
import { openSession } from "../../src/onnx/session.ts";
import { fakeCaches, fakeFetch, inChunks, whole } from "./fake-network.ts";
import { writeForeign } from "./foreign.ts";

/** relu(x·W + b) with W = [[1, −1], [2, 1]], b = [0.5, 0]: checked by hand below. */
function smallModel(): Uint8Array<ArrayBuffer> {
  const graph = new Graph();
  const x = graph.input("x", [4, 2]);
  const weights = graph.parameter("weights", [2, 2]);
  const bias = graph.parameter("bias", [2]);
  const values = new Map([
    [weights, [1, -1, 2, 1]],
    [bias, [0.5, 0]],
  ]);
  const y = relu(add(matmul(x, weights), bias));
  return exportOnnx({ outputs: { y }, values: (leaf) => values.get(leaf)! }).bytes;
}

const model = smallModel();
const network = (files: Parameters<typeof fakeFetch>[0]) => ({ ...fakeFetch(files), ...fakeCaches() });

describe("a session", () => {
  test("is loaded on request, with progress, and computes", async () => {
    const seen: string[] = [];
    const { fetch, caches, requests } = network({ "/m.onnx": () => whole(model) });
    const session = await openSession("/m.onnx", {
      ...{ fetch, caches },
      onProgress: (stage, loaded, total) => seen.push(`${stage} ${loaded === total ? "all" : "part"}`),
    });
    expect(requests.toSorted()).toEqual(["/m.onnx", RUNTIME_URL].toSorted());
    expect(seen).toContain("runtime all");
    expect(seen).toContain("model all");
    expect(session.inputs).toEqual([{ name: "x", type: "float32", shape: ["batch", 2] }]);
    expect(session.outputs).toEqual([{ name: "y", type: "float32", shape: ["batch", 2] }]);
    const { y } = await session.run({ x: { data: [1, 1, -3, 1, 0, 2], shape: [3, 2] } });
    expect(y!.shape).toEqual([3, 2]);
    expect([...y!.data]).toEqual([3.5, 0, 0, 4, 4.5, 2]);
    await session.dispose();
    await expect(session.run({})).rejects.toThrow("disposed");
  });

  test("takes bytes the learner brings", async () => {
    const { fetch, caches } = network({});
    const session = await openSession(model, { fetch, caches });
    expect(session.inputs).toHaveLength(1);
    await session.dispose();
  });

  test.each([
    ["without an input", {}, /빠진 입력이 있습니다: x.*\[batch,2\]/],
    ["with another width", { x: { data: [1, 2, 3], shape: [1, 3] } }, /입력 x의 모양은 \[batch,2\]/],
    ["with another rank", { x: { data: [1, 2], shape: [2] } }, /입력 x의 모양은 \[batch,2\]/],
    ["with too few values", { x: { data: [1, 2], shape: [2, 2] } }, /값 4개가 필요한데 2개/],
    [
      "with an input too many",
      { x: { data: [1, 2], shape: [1, 2] }, z: { data: [1], shape: [1] } },
      /없는 입력입니다: z/,
    ],
  ])("refuses a run %s", async (_what, feeds, message) => {
    const { fetch, caches } = network({});
    const session = await openSession(model, { fetch, caches });
    await expect(session.run(feeds as Parameters<typeof session.run>[0])).rejects.toMatchObject({
      problem: "wrong-input",
      message: expect.stringMatching(message),
    });
    await session.dispose();
  });

  test("two inputs must agree on an open axis", async () => {
    const graph = new Graph();
    const outputs = { y: add(graph.input("a", [3, 2]), graph.input("b", [3, 2])) };
    const { bytes } = exportOnnx({ outputs, values: () => [] });
    const session = await openSession(bytes, network({}));
    const feed = (rows: number) => ({ data: new Float32Array(2 * rows), shape: [rows, 2] });
    await session.run({ a: feed(5), b: feed(5) });
    await expect(session.run({ a: feed(5), b: feed(1) })).rejects.toMatchObject({ problem: "wrong-input" });
    await session.dispose();
  });
});

describe("a file that cannot be used", () => {
  const foreign = (steps: Parameters<typeof writeForeign>[0]["steps"], operatorSet?: number) =>
    writeForeign({ inputs: { x: [2] }, steps, ...(operatorSet ? { operatorSet } : {}) });

  test.each([
    ["missing", "missing-file", () => new Response("", { status: 404 })],
    ["cut off while it travelled", "truncated", () => inChunks([model.slice(0, 90)], model.length)],
    ["cut off on the server", "truncated", () => whole(model.slice(0, 90))],
    ["empty", "truncated", () => new Response(new Uint8Array(0))],
    ["a web page", "not-onnx", () => new Response("<!doctype html><title>Not here</title>")],
    [
      "with an unknown operator",
      "unknown-operator",
      () => whole(foreign([{ operator: "Foo", inputs: ["x"] }])),
    ],
    [
      "with operators of a stranger",
      "unknown-operator",
      () => whole(foreign([{ operator: "Foo", inputs: ["x"], domain: "org.example" }])),
    ],
    ["of a future version", "unsupported", () => whole(foreign([{ operator: "Relu", inputs: ["x"] }], 99))],
  ] as const)("%s: %s", async (_what, problem, answer) => {
    const { fetch, caches } = network({ "/m.onnx": answer });
    await expect(openSession("/m.onnx", { fetch, caches })).rejects.toMatchObject({
      problem,
      message: expect.stringMatching(/(주세요|습니다)\.$/),
    });
  });

  test("damaged on the device is fetched anew the next time", async () => {
    let answer = model.slice(0, 90);
    const { fetch, caches } = network({ "/m.onnx": () => whole(answer) });
    await expect(openSession("/m.onnx", { fetch, caches })).rejects.toMatchObject({ problem: "truncated" });
    answer = model;
    await (await openSession("/m.onnx", { fetch, caches })).dispose();
  });

  test("too large for the memory: says so, and the next session works", async () => {
    const bytes = (side: number) =>
      writeForeign({
        inputs: { x: [1] },
        integers: { shape: [side, side] },
        steps: [{ operator: "Expand", inputs: ["x", "shape"] }],
      });
    // 4.29 GB are more than 32 bits can address beside the module itself, 6.4 GB more than they can count.
    for (const side of [32_760, 40_000]) {
      const session = await openSession(bytes(side), network({}));
      await expect(session.run({ x: { data: [1], shape: [1] } })).rejects.toMatchObject({
        problem: "out-of-memory",
      });
      await session.dispose();
    }
    const session = await openSession(model, network({}));
    const { y } = await session.run({ x: { data: [1, 1], shape: [1, 2] } });
    expect([...y!.data]).toEqual([3.5, 0]);
    await session.dispose();
  });

  test("stopped while it loads: rejects with the reason", async () => {
    const stop = new AbortController();
    const { fetch, caches } = network({
      "/m.onnx": () => inChunks([model], model.length, () => stop.abort(new Error("취소"))),
    });
    await expect(openSession("/m.onnx", { fetch, caches, signal: stop.signal })).rejects.toThrow("취소");
  });
});
