import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { parseModelCard } from "../../src/models/card.ts";
import { ModelCard, percentText, sizeText } from "../../src/ui/ModelCard.tsx";

const FOLDER = join(import.meta.dirname, "../../public/models");
const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

test.each(names)("%s shows its data, licences, score, size and limits", (name) => {
  const card = parseModelCard(readFileSync(join(FOLDER, name), "utf8"))!;
  const text = renderToString(<ModelCard card={card} />).replace(/<[^>]*>/g, " ");
  const { data, score, training, limits } = card;
  for (const part of [data.name, data.licence, data.credit, card.licence, limits, training.augmentation]) {
    expect(text).toContain(part);
  }
  expect(text).toContain(percentText(score.accuracy));
  expect(text).toContain(sizeText(card.bytes));
  expect(text).toContain(card.parameters.toLocaleString("ko"));
});

test("shares and sizes are written shortly", () => {
  expect([1, 0.9947, 0.9, 0.995].map(percentText)).toEqual(["100%", "99.47%", "90%", "99.5%"]);
  expect(sizeText(221_056)).toBe("221 kB");
});
