import { readFileSync } from "node:fs";
import { unpackPictures } from "../../../src/data/packed.ts";
import { parseModelCard } from "../../../src/models/card.ts";
import { Recognizer } from "../../../src/widgets/doodle-recognizer/recognizer.ts";

const shipped = (path: string) => readFileSync(new URL(`../../../public/${path}`, import.meta.url));

/** The network as the page loads it. */
export function loadRecognizer(): Recognizer {
  const card = parseModelCard(shipped("models/doodles.json").toString("utf8"));
  return new Recognizer(card!, new Uint8Array(shipped("models/doodles.onnx")));
}

export const loadTestPictures = async (id: "doodles" | "digits" | "jamo") =>
  (await unpackPictures(new Uint8Array(shipped(`data/${id}.bin`)))).test;
