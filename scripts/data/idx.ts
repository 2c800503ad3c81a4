/** Reads the IDX files that MNIST and Fashion-MNIST come in (http://yann.lecun.com/exdb/mnist/). */

/** Values of an IDX file of unsigned bytes, with its extents. @throws Error for anything else. */
export function readIdx(bytes: Uint8Array): { shape: number[]; values: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rank = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || rank === 0) {
    throw new Error("no IDX file of unsigned bytes");
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const values = bytes.subarray(4 + 4 * rank);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (values.length !== count) throw new Error(`IDX file: ${values.length} values instead of ${count}`);
  return { shape, values };
}
