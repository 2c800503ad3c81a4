/** A learner's photograph as a small square. It never leaves the device. */

/** Larger files are not tried. */
const MOST_BYTES = 60e6;
/** Decoded to about this width first, so that a photograph of forty megapixels never stands in memory whole. */
const DECODED = 512;

/** What is wrong with a file, in Korean. */
export class PhotoError extends Error {
  override name = "PhotoError";
}

/**
 * The square in the middle as red, green, blue, alpha, `side` × `side`, row by row; transparent parts count as white
 * paper.
 * @throws PhotoError when the file is no picture, too large, or cannot be decoded.
 */
export async function readSquare(file: File, side: number): Promise<Uint8ClampedArray> {
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
    return squareOf(bitmap, side);
  } finally {
    bitmap.close();
  }
}

function squareOf(bitmap: ImageBitmap, side: number): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new PhotoError("이 브라우저에서는 사진을 줄일 수 없습니다.");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  const short = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - short) / 2, (bitmap.height - short) / 2];
  context.drawImage(bitmap, left, top, short, short, 0, 0, side, side);
  return context.getImageData(0, 0, side, side).data;
}

/** Brightness (Rec. 709) of pixels given as red, green, blue, alpha: 0 (black) to 255 (white). */
export function brightness(rgba: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, i) => Math.round(luminance(rgba, i)));
}

/** Mean brightness, 0 to 1, of the squares of pixels that make `small` × `small` of `side` × `side`. */
export function shrink(rgba: ArrayLike<number>, side: number, small: number): Float32Array {
  const joined = side / small;
  const result = new Float32Array(small * small);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const target = Math.floor(y / joined) * small + Math.floor(x / joined);
      result[target] = result[target]! + luminance(rgba, y * side + x) / (255 * joined * joined);
    }
  }
  return result;
}

const luminance = (rgba: ArrayLike<number>, i: number) =>
  0.2126 * rgba[4 * i]! + 0.7152 * rgba[4 * i + 1]! + 0.0722 * rgba[4 * i + 2]!;
