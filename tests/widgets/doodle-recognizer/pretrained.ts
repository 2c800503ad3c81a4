import { readFileSync } from "node:fs";
import { unpackPictures } from "../../../src/data/packed.ts";
import { parseModelCard } from "../../../src/models/card.ts";
import { openPretrained } from "../../../src/models/load.ts";
import { Recognizer } from "../../../src/widgets/doodle-recognizer/recognizer.ts";

const shipped = (path: string) => readFileSync(new URL(`../../../public/${path}`, import.meta.url));
const card = () => parseModelCard(shipped("models/doodles.json").toString("utf8"))!;
const bytes = () => new Uint8Array(shipped("models/doodles.onnx"));

/** The network as the page loads it. */
export const loadRecognizer = () => new Recognizer(card(), bytes());
export const loadModel = () => openPretrained(card(), bytes(), 1);

type ShippedId = "doodles" | "digits" | "jamo";
const loadSets = (id: ShippedId) => unpackPictures(new Uint8Array(shipped(`data/${id}.bin`)));

export const loadTestPictures = async (id: ShippedId) => (await loadSets(id)).test;
export const loadTrainPictures = async (id: ShippedId) => (await loadSets(id)).train;
