import { useEffect, useRef } from "preact/hooks";
import type { LabHandle } from "../../ui/use-lab.ts";
import { powerText } from "./findings.ts";
import { barsPath, type Decades, heightOf, outlinePath, ticksOf } from "./scale.ts";
import type { HealthFrame } from "./trainer.ts";

/** Units of the picture across; its height is 100, and it is stretched to its place. */
const WIDTH = 408;

export interface BarsProps {
  title: string;
  /** Which way the signal goes, beside the title. */
  way: string;
  lab: LabHandle<HealthFrame, never>;
  /** Frames of another configuration are not drawn. */
  frameKey: string;
  pick: (frame: HealthFrame) => Float64Array;
  pinned: Float64Array | undefined;
  decades: Decades;
  layers: number;
  selected: number;
  onSelect: (layer: number) => void;
  covered: boolean;
  /** Marks layers whose weights have not moved at all. */
  markStill?: boolean;
}

/** One bar for each layer on a logarithmic scale, drawn with every frame. */
export function Bars(props: BarsProps) {
  const { title, way, lab, frameKey, pick, pinned, decades, layers, selected, onSelect, covered } = props;
  const bars = useRef<SVGPathElement>(null);
  const still = useRef<SVGPathElement>(null);
  const beyond = useRef<SVGPathElement>(null);
  const { low, high } = decades;
  const { subscribe } = lab;
  const markStill = props.markStill === true;
  useEffect(() => {
    if (covered) return;
    return subscribe((frame) => {
      if (frame.key !== frameKey) return;
      const values = pick(frame);
      const moved = (i: number) => !markStill || frame.steps === 0 || frame.changes[i]! > 0;
      const finite = (i: number) => Number.isFinite(values[i]);
      const draw = (path: SVGPathElement | null, keep: (i: number) => boolean) =>
        path?.setAttribute("d", barsPath(values, { low, high }, WIDTH, keep));
      draw(bars.current, (i) => finite(i) && moved(i));
      draw(still.current, (i) => finite(i) && !moved(i));
      draw(beyond.current, (i) => !finite(i));
    });
  }, [covered, subscribe, frameKey, pick, low, high, markStill]);
  const slot = WIDTH / layers;
  const choose = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    onSelect(Math.max(1, Math.min(layers, Math.ceil(share * layers))));
  };
  return (
    <figure class="gh-chart">
      <figcaption>
        <span>{title}</span> <small>{way}</small>
      </figcaption>
      <div class="gh-plot">
        {ticksOf(decades).map((power) => (
          <span
            key={power}
            class="gh-tick"
            style={{ insetBlockEnd: `${100 * heightOf(10 ** power, decades)}%` }}
            aria-hidden="true"
          >
            {powerText(power)}
          </span>
        ))}
        <svg
          viewBox={`0 0 ${WIDTH} 100`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerDown={choose}
          onPointerMove={(event) => {
            if (event.buttons === 1) choose(event);
          }}
        >
          {ticksOf(decades).map((power) => (
            <line
              key={power}
              class="gh-grid"
              x1={0}
              x2={WIDTH}
              y1={100 * (1 - heightOf(10 ** power, decades))}
              y2={100 * (1 - heightOf(10 ** power, decades))}
            />
          ))}
          <rect class="gh-selected" x={(selected - 1) * slot} y={0} width={slot} height={100} />
          {!covered && (
            <>
              <path ref={bars} class="gh-bars" />
              <path ref={still} class="gh-still" />
              <path ref={beyond} class="gh-beyond" />
              {pinned && <path class="gh-pinned" d={outlinePath(pinned, decades, WIDTH)} />}
            </>
          )}
        </svg>
        {covered && <p class="gh-cover">진찰하면 막대가 나타납니다</p>}
      </div>
      <p class="gh-ends" aria-hidden="true">
        <span>1층 (입력 쪽)</span>
        <span>출력층</span>
      </p>
      {markStill && !covered && (
        <p class="gh-key">
          <span class="gh-key-still" /> 훈련해도 가중치가 하나도 바뀌지 않은 층 <span class="gh-key-beyond" />{" "}
          계산할 수 있는 범위 밖
        </p>
      )}
    </figure>
  );
}
