import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseModelCard } from "../../../src/models/card.ts";
import { Explorer } from "../../../src/widgets/feature-hierarchy/explorer.ts";
import { shippedPictures } from "../../data/shipped-pictures.ts";

const FOLDER = join(import.meta.dirname, "../../../public/models");

export const card = parseModelCard(readFileSync(join(FOLDER, "clothing.json"), "utf8"))!;
export const pictures = (await shippedPictures("clothing")).test;
export const explorer = new Explorer(card, readFileSync(join(FOLDER, card.file)), pictures);
export const survey = explorer.survey();
