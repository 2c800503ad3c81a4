import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 as nodeCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DATASETS } from "../../src/data/datasets.ts";
import { crc32, DataError, packPictures, unpackPictures } from "../../src/data/packed.ts";
import { Random } from "../../src/engine/random.ts";
import { loadPictures, SHIPPED } from "../../src/models/load-pictures.ts";

function pictures(count: number, seed: number) {
  const random = new Random(seed);
  const bytes = (length: number, below: number) => Uint8Array.from({ length }, () => random.below(below));
  return { rows: 6, columns: 5, labels: bytes(count, 10), pixels: bytes(count * 30, 256) };
}

const plain = ({ labels, pixels }: { labels: Uint8Array; pixels: Uint8Array }) => [...labels, ...pixels];

describe("packed pictures", () => {
  test("come back byte for byte", async () => {
    const sets = { train: pictures(7, 1), test: pictures(3, 2) };
    const back = await unpackPictures(await packPictures(sets));
    expect(plain(back.train)).toEqual(plain(sets.train));
    expect(plain(back.test)).toEqual(plain(sets.test));
    expect([back.train.rows, back.train.columns]).toEqual([6, 5]);
  });

  test("any altered or missing byte is noticed", async () => {
    const bytes = await packPictures({ train: pictures(2, 3), test: pictures(2, 4) });
    const attempts = Array.from(bytes, async (_, at) => {
      const altered = bytes.slice();
      altered[at]! ^= 0x55;
      const cut = bytes.slice(0, at);
      await expect(unpackPictures(cut), `cut at ${at}`).rejects.toThrow(DataError);
      // The gzip header holds fields that mean nothing for the content: time, flags, system.
      const content = await unpackPictures(altered).catch((error: unknown) => {
        expect(error).toBeInstanceOf(DataError);
        return undefined;
      });
      if (content) expect(plain(content.train)).toEqual(plain(pictures(2, 3)));
    });
    await Promise.all(attempts);
  });

  test("the checksum is the one of gzip", () => {
    const { pixels } = pictures(20, 5);
    expect(crc32(pixels)).toBe(nodeCrc32(pixels));
  });
});

describe.each(Object.values(DATASETS))("$id in public/data", ({ id, classes, rows, columns }) => {
  const file = readFileSync(join(import.meta.dirname, "../../public/data", `${id}.bin`));
  const fetch = () => Promise.resolve(new Response(file));

  test("is what the list says, with pictures of every class", async () => {
    expect(file.length).toBe(SHIPPED[id].bytes);
    expect(crc32(file)).toBe(SHIPPED[id].checksum);
    const { train, test: held } = await loadPictures(id, { base: "/", fetch });
    expect([held.rows, held.columns]).toEqual([rows, columns]);
    expect(new Set(held.labels).size).toBe(classes.length);
    for (const { labels } of [train, held]) {
      const counts = classes.map((_, label) => labels.filter((each) => each === label).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  test("a damaged file is told in Korean, and a stopped download is no error of the file", async () => {
    const damaged = Uint8Array.from(file);
    damaged[damaged.length >> 1]! ^= 1;
    await expect(
      loadPictures(id, { base: "/", fetch: () => Promise.resolve(new Response(damaged)) }),
    ).rejects.toThrow(/손상/);
    const stopped = AbortSignal.abort(new Error("stopped"));
    await expect(loadPictures(id, { base: "/", fetch, signal: stopped })).rejects.toThrow("stopped");
  });
});
