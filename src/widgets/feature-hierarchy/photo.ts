/** A learner's photograph as the network's kind of picture: 28 × 28, grey, the thing bright on a dark ground. */
import { SIDE } from "./occlusion.ts";

/** Larger files are not tried. */
const MOST_BYTES = 60e6;
/** Decoded to this width first, so that a photograph of forty megapixels never stands in memory whole. */
const DECODED = 256;
/** Pixels averaged into one, along each side. */
const JOINED = 8;

/** What is wrong with a file, in Korean. */
export class PhotoError extends Error {}

/** @throws PhotoError when the file is no picture, too large, or cannot be decoded. */
export async function readPhoto(file: File): Promise<Float32Array> {
  if (file.type !== "" && !file.type.startsWith("image/")) {
    throw new PhotoError("그림 파일이 아닙니다. JPEG, PNG, WebP 사진을 골라 주세요.");
  }
  if (file.size > MOST_BYTES) {
    throw new PhotoError(
      `파일이 너무 큽니다(${Math.round(file.size / 1e6)} MB). 60 MB까지 읽을 수 있습니다.`,
    );
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { resizeWidth: DECODED, resizeQuality: "medium" });
  } catch {
    throw new PhotoError(
      "사진을 읽지 못했습니다. 파일이 손상되었거나 이 브라우저가 모르는 형식(HEIC 등)입니다.",
    );
  }
  try {
    return greyOf(bitmap);
  } finally {
    bitmap.close();
  }
}

/** The square in the middle, in grey. */
function greyOf(bitmap: ImageBitmap): Float32Array {
  const size = SIDE * JOINED;
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new PhotoError("이 브라우저에서는 사진을 줄일 수 없습니다.");
  // Transparent parts count as white paper.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, size, size);
  const short = Math.min(bitmap.width, bitmap.height);
  context.drawImage(
    bitmap,
    ...([(bitmap.width - short) / 2, (bitmap.height - short) / 2, short, short] as const),
    ...([0, 0, size, size] as const),
  );
  return shrink(context.getImageData(0, 0, size, size).data, size);
}

/** Mean brightness (Rec. 709) of each square of pixels, 0 to 1. */
export function shrink(rgba: ArrayLike<number>, size: number): Float32Array {
  const joined = size / SIDE;
  const result = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = 4 * (y * size + x);
      const grey = 0.2126 * rgba[at]! + 0.7152 * rgba[at + 1]! + 0.0722 * rgba[at + 2]!;
      const target = Math.floor(y / joined) * SIDE + Math.floor(x / joined);
      result[target] = result[target]! + grey / (255 * joined * joined);
    }
  }
  return result;
}

/** Whether the rim is bright: then the picture has to be turned over to look like those of the training. */
export function hasBrightRim(grey: ArrayLike<number>): boolean {
  let [sum, count] = [0, 0];
  for (let i = 0; i < SIDE; i++) {
    for (const at of [i, (SIDE - 1) * SIDE + i, i * SIDE, i * SIDE + SIDE - 1]) {
      sum += grey[at]!;
      count++;
    }
  }
  return sum / count > 0.5;
}

/** Stretched to the whole range from 0 to 1, turned over where asked. */
export function likeTraining(grey: Float32Array, invert: boolean): Float32Array {
  const values = invert ? grey.map((value) => 1 - value) : grey;
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return values.map((value) => (range > 0 ? (value - low) / range : 0));
}
