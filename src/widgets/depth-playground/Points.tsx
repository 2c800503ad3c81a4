import type { PlanePoint } from "../../data/plane.ts";

/** Side of the square in which points are drawn: one unit of the plane is 50. */
export const SIDE = 600;
export const toSide = (value: number): number => SIDE / 2 + value * 50;

/** Blue discs are positive, orange squares negative; test points are hollow. */
export function Points({ points, hollow = false }: { points: readonly PlanePoint[]; hollow?: boolean }) {
  return (
    <g class={hollow ? "dp-points dp-points-test" : "dp-points"}>
      {points.map(({ x, y, target }, i) => {
        const [left, top] = [toSide(x), toSide(-y)];
        const style = Math.abs(target) === 1 ? undefined : { fillOpacity: Math.abs(target) };
        return target >= 0 ? (
          <circle key={i} class="dp-positive" cx={left} cy={top} r={7.5} style={style} />
        ) : (
          <rect
            key={i}
            class="dp-negative"
            x={left - 6.5}
            y={top - 6.5}
            width={13}
            height={13}
            style={style}
          />
        );
      })}
    </g>
  );
}
