import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { parseModelCard } from "../../src/models/card.ts";
import { parseGanCard } from "../../src/models/digit-gan-card.ts";
import { parseSequenceCard } from "../../src/models/sequence-card.ts";
import { SPEECH_MODEL } from "../../src/models/speech-detector.ts";
import { readWeights } from "../../src/onnx/read-weights.ts";
import { GanCard } from "../../src/ui/GanCard.tsx";
import { ModelCard, percentText, sizeText } from "../../src/ui/ModelCard.tsx";
import { SequenceCard } from "../../src/ui/SequenceCard.tsx";
import { SpeechCard } from "../../src/ui/SpeechCard.tsx";

const FOLDER = join(import.meta.dirname, "../../public/models");
const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

const textOf = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const pictures = names.filter((name) => parseModelCard(textOf(name)));
const sequences = names.filter((name) => parseSequenceCard(textOf(name)));
const pairs = names.filter((name) => parseGanCard(textOf(name)));

test("every card is of one kind", () => {
  expect([...pictures, ...sequences, ...pairs].sort()).toEqual([...names].sort());
});

test.each(pairs)("%s shows its data, licence, both files and how many fakes can be read", (name) => {
  const card = parseGanCard(textOf(name))!;
  const html = renderToString(<GanCard card={card} open />);
  for (const text of [card.name, card.task, card.limits, card.data.name, card.data.licence, card.data.credit])
    expect(html).toContain(text);
  for (const { bytes } of [card.generator, card.discriminator]) expect(html).toContain(sizeText(bytes));
  expect(html).toContain(percentText(card.quality.recognised.fake));
});

test.each(sequences)("%s shows its data, licences, every score, size and limits", (name) => {
  const card = parseSequenceCard(textOf(name))!;
  const text = renderToString(<SequenceCard card={card} />).replace(/<[^>]*>/g, " ");
  const { data, licence, limits, training, scores } = card;
  for (const part of [data.name, data.about, data.licence, licence, limits, training]) {
    expect(text).toContain(part);
  }
  for (const { what, share } of scores) {
    expect(text).toContain(what);
    expect(text).toContain(percentText(share));
  }
  expect(text).toContain(sizeText(card.bytes));
  expect(text).toContain(card.parameters.toLocaleString("ko"));
});

test.each(pictures)("%s shows its data, licences, score, size and limits", (name) => {
  const card = parseModelCard(textOf(name))!;
  const text = renderToString(<ModelCard card={card} />).replace(/<[^>]*>/g, " ");
  const { data, score, training, limits } = card;
  for (const part of [data.name, data.licence, data.credit, card.licence, limits, training.augmentation]) {
    expect(text).toContain(part);
  }
  expect(text).toContain(percentText(score.accuracy));
  expect(text).toContain(sizeText(card.bytes));
  expect(text).toContain(card.parameters.toLocaleString("ko"));
});

test("the card of Silero VAD says what is not known of it, and counts the learned numbers of the file", () => {
  const text = renderToString(<SpeechCard />).replace(/<[^>]*>/g, " ");
  const weights = readWeights(readFileSync(join(FOLDER, SPEECH_MODEL.file)));
  const learned = [...weights].filter(([name]) => /encoder|decoder/.test(name));
  expect(learned.reduce((sum, [, { length }]) => sum + length, 0)).toBe(SPEECH_MODEL.parameters);
  for (const part of ["공개되어 있지 않습니다", "MIT", SPEECH_MODEL.parameters.toLocaleString("ko")])
    expect(text).toContain(part);
});

test("shares and sizes are written shortly", () => {
  expect([1, 0.9947, 0.9, 0.995].map(percentText)).toEqual(["100%", "99.47%", "90%", "99.5%"]);
  expect(sizeText(221_056)).toBe("221 kB");
});
