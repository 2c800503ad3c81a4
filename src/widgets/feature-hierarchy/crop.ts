/** The part of a picture that one value sees. */
import type { Pictures } from "../../data/pictures.ts";
import { fieldAt, type ReceptiveField } from "../../models/receptive-field.ts";
import type { Patch } from "./survey.ts";

/** Field × field values from 0 to 1; what lies beyond the picture is 0, as the network pads it. */
export function cropPatch(
  { rows, columns, pixels }: Pictures,
  { picture, row, column }: Pick<Patch, "picture" | "row" | "column">,
  field: ReceptiveField,
): Float32Array {
  const result = new Float32Array(field.size * field.size);
  const [top] = fieldAt(field, row);
  const [left] = fieldAt(field, column);
  for (let y = 0; y < field.size; y++) {
    for (let x = 0; x < field.size; x++) {
      const [py, px] = [top + y, left + x];
      if (py < 0 || py >= rows || px < 0 || px >= columns) continue;
      result[y * field.size + x] = pixels[(picture * rows + py) * columns + px]! / 255;
    }
  }
  return result;
}

/** Row and column of the largest value of one map; `undefined` where nothing is above 0. */
export function peakOf(
  maps: Float32Array,
  [, rows, columns]: readonly [number, number, number],
  channel: number,
): { readonly row: number; readonly column: number; readonly value: number } | undefined {
  const map = maps.subarray(channel * rows * columns, (channel + 1) * rows * columns);
  const value = Math.max(...map);
  if (!(value > 0)) return undefined;
  const at = map.indexOf(value);
  return { row: Math.floor(at / columns), column: at % columns, value };
}
