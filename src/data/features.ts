/** What a network may be given of a point of the plane. */
export interface PlaneFeature {
  readonly id: string;
  /** As written in formulas. */
  readonly label: string;
  /** Spoken. */
  readonly name: string;
  readonly value: (x: number, y: number) => number;
}

export const PLANE_FEATURES = [
  { id: "x1", label: "x₁", name: "가로 위치", value: (x) => x },
  { id: "x2", label: "x₂", name: "세로 위치", value: (_x, y) => y },
  { id: "x1sq", label: "x₁²", name: "가로 위치의 제곱", value: (x) => x * x },
  { id: "x2sq", label: "x₂²", name: "세로 위치의 제곱", value: (_x, y) => y * y },
  { id: "x1x2", label: "x₁x₂", name: "두 위치의 곱", value: (x, y) => x * y },
  { id: "sinx1", label: "sin x₁", name: "가로 위치의 사인", value: (x) => Math.sin(x) },
  { id: "sinx2", label: "sin x₂", name: "세로 위치의 사인", value: (_x, y) => Math.sin(y) },
] as const satisfies readonly PlaneFeature[];

export type PlaneFeatureId = (typeof PLANE_FEATURES)[number]["id"];

/** The features in the order of the table, whatever the order asked for. */
export function planeFeatures(ids: readonly PlaneFeatureId[]): readonly PlaneFeature[] {
  return PLANE_FEATURES.filter(({ id }) => ids.includes(id));
}

/** Feature values of many points: [points, features], row by row. */
export function featureRows(
  features: readonly PlaneFeature[],
  points: readonly { readonly x: number; readonly y: number }[],
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(points.length * features.length);
  points.forEach(({ x, y }, row) => {
    features.forEach(({ value }, column) => {
      rows[row * features.length + column] = value(x, y);
    });
  });
  return rows;
}

/** A square lattice over [−extent, extent]², top row first: `size`² points. */
export function lattice(size: number, extent: number): { x: number; y: number }[] {
  const at = (i: number) => -extent + (2 * extent * i) / (size - 1);
  return Array.from({ length: size * size }, (_, i) => ({
    x: at(i % size),
    y: -at(Math.floor(i / size)),
  }));
}
