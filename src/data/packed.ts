/** Pictures as one compressed file: what a page loads when a learner asks for a dataset. */
import type { Pictures } from "./pictures.ts";

export interface PictureSets {
  readonly train: Pictures;
  readonly test: Pictures;
}

/** `message` is Korean and may be shown as it is. */
export class DataError extends Error {
  constructor(options?: ErrorOptions) {
    super("데이터 파일이 손상되었습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.", options);
    this.name = "DataError";
  }
}

/**
 * Layout: the magic letters; rows, columns, training and test pictures as 32-bit little-endian numbers; the CRC-32 of
 * what follows once unpacked; then, packed by gzip, all labels and all pixels, training before test.
 */
const MAGIC = "GIPIPIC1";
const HEADER = MAGIC.length + 5 * 4;
/** More than any file of ours holds: a damaged header must not ask for all memory. */
const MOST_BYTES = 2 ** 28;

/** @throws RangeError when the two parts differ in their pictures' size. */
export async function packPictures({ train, test }: PictureSets): Promise<Uint8Array<ArrayBuffer>> {
  if (train.rows !== test.rows || train.columns !== test.columns) {
    throw new RangeError("training and test pictures differ in size");
  }
  const content = joined([train.labels, test.labels, train.pixels, test.pixels]);
  const packed = await through(content, new CompressionStream("gzip"));
  const bytes = new Uint8Array(HEADER + packed.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  const numbers = [train.rows, train.columns, train.labels.length, test.labels.length, crc32(content)];
  numbers.forEach((number, i) => {
    view.setUint32(MAGIC.length + 4 * i, number, true);
  });
  bytes.set(packed, HEADER);
  return bytes;
}

/** @throws DataError when the file is cut off, altered or no such file. */
export async function unpackPictures(bytes: Uint8Array<ArrayBuffer>): Promise<PictureSets> {
  const magic = new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length));
  if (bytes.length < HEADER || magic !== MAGIC) throw new DataError();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [rows, columns, trainCount, testCount, checksum] = [0, 1, 2, 3, 4].map((i) =>
    view.getUint32(MAGIC.length + 4 * i, true),
  ) as [number, number, number, number, number];
  const [count, size] = [trainCount + testCount, rows * columns];
  const wanted = count * (1 + size);
  if (size === 0 || count === 0 || wanted > MOST_BYTES) throw new DataError();
  const content = await unpack(bytes.subarray(HEADER));
  if (content.length !== wanted || crc32(content) !== checksum) throw new DataError();
  const part = (first: number, length: number): Pictures => ({
    ...{ rows, columns },
    labels: content.subarray(first, first + length),
    pixels: content.subarray(count + first * size, count + (first + length) * size),
  });
  return { train: part(0, trainCount), test: part(trainCount, testCount) };
}

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    return await through(packed, new DecompressionStream("gzip"));
  } catch (cause) {
    throw new DataError({ cause });
  }
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const response = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await response.arrayBuffer());
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of gzip and PNG (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
