import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseModelCard } from "../../src/models/card.ts";
import { loadPretrained } from "../../src/models/load.ts";
import { OnnxError } from "../../src/onnx/errors.ts";

const FOLDER = join(import.meta.dirname, "../../public/models");
const FILES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "/models/digits.json": new Uint8Array(readFileSync(join(FOLDER, "digits.json"))),
  "/models/digits.onnx": new Uint8Array(readFileSync(join(FOLDER, "digits.onnx"))),
};

/** A server with these files in place of its own. */
function serverWith(changed: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {}) {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    const file = { ...FILES, ...changed }[url];
    return Promise.resolve(file ? new Response(file) : new Response(null, { status: 404 }));
  };
  return { asked, options: { base: "/", fetch } };
}

const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OnnxError)) throw new Error(`no OnnxError: ${error}`);
  expect(error.message).toMatch(/[가-힣]/);
  return error.problem;
};

describe("loading a pretrained network", () => {
  test("progress counts the bytes of the card's size; stages have the card's shapes", async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    const { asked, options } = serverWith();
    const onProgress = (loaded: number, total: number | undefined) => seen.push([loaded, total]);
    const model = await loadPretrained("digits", { ...options, onProgress, batch: 2 });
    expect(asked).toEqual(["/models/digits.json", "/models/digits.onnx"]);
    expect(seen[0]).toEqual([0, model.card.bytes]);
    expect(seen.at(-1)).toEqual([model.card.bytes, model.card.bytes]);
    const stages = model.run(new Float32Array(2 * 784));
    for (const { name, shape } of model.card.outputs) {
      expect(stages[name]!.length, name).toBe(2 * shape.reduce((a, b) => a * b, 1));
    }
    const total = stages.probabilities!.subarray(0, 10).reduce((sum, p) => sum + p, 0);
    expect(total).toBeCloseTo(1, 5);
    expect(model.weights.get("conv1 filters")?.shape).toEqual([8, 1, 5, 5]);
    expect(() => model.run(new Float32Array(784))).toThrow(RangeError);
  });

  test("what is missing, cut off or damaged is told in Korean", async () => {
    const network = FILES["/models/digits.onnx"]!;
    const missing = serverWith();
    expect(await problemOf(loadPretrained("digits", { ...missing.options, base: "/elsewhere/" }))).toBe(
      "missing-file",
    );
    const broken = { "/models/digits.json": new TextEncoder().encode("{}") };
    expect(await problemOf(loadPretrained("digits", serverWith(broken).options))).toBe("damaged");
    const cut = { "/models/digits.onnx": network.slice(0, 1000) };
    expect(await problemOf(loadPretrained("digits", serverWith(cut).options))).toBe("truncated");
    const filled = { "/models/digits.onnx": new Uint8Array(network.length).fill(0x7f) };
    expect(["damaged", "not-onnx"]).toContain(
      await problemOf(loadPretrained("digits", serverWith(filled).options)),
    );
  });

  test("a stopped download rejects with the reason", async () => {
    const stop = new AbortController();
    const { options } = serverWith();
    const loading = loadPretrained("digits", {
      ...options,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("stopped")),
    });
    await expect(loading).rejects.toThrow("stopped");
  });
});

describe("a model card", () => {
  const text = new TextDecoder().decode(FILES["/models/digits.json"]);

  test("is read as it was written", () => {
    expect(parseModelCard(text)).toEqual(JSON.parse(text));
  });

  test("is refused when any field is missing or of another kind", () => {
    const card = JSON.parse(text) as Record<string, unknown>;
    for (const name of Object.keys(card)) {
      expect(parseModelCard(JSON.stringify({ ...card, [name]: undefined })), name).toBeUndefined();
      expect(parseModelCard(JSON.stringify({ ...card, [name]: { odd: [] } })), name).toBeUndefined();
    }
    expect(parseModelCard("[]")).toBeUndefined();
    expect(parseModelCard("no card")).toBeUndefined();
  });
});
