import { numberText, scientificText, shortText } from "../../ui/number-text.ts";
import type { Evaluation } from "./evaluate.ts";
import { type Layout, layoutOf, type Spot, type Way } from "./layout.ts";
import { isValue } from "./model.ts";
import { OPERATIONS } from "./operations.ts";
import type { SoundState } from "./state.ts";

/** Pixels from node to node, along the computation and across; a node's size lies within both. */
const WIDE = { along: 124, across: 84 } as const;
const TALL = { along: 90, across: 82 } as const;
const NODE = { width: 76, height: 66 } as const;
/** Two inputs arrive apart, the first before the second. */
const APART = 13;

export interface PictureProps {
  state: SoundState;
  names: readonly string[];
  evaluation: Evaluation;
  /** Whether the node's gradient may be seen. */
  isOpen: (index: number) => boolean;
  connecting: { readonly target: number; readonly slot: number } | undefined;
  onTap: (index: number) => void;
}

/** The graph: computation runs to the right, on narrow screens downwards; responsibility runs back. */
export function Picture(props: PictureProps) {
  const { state, evaluation } = props;
  const layout = layoutOf(state.nodes, state.lossNode);
  const size = {
    "--columns": layout.columns,
    "--rows": layout.rows,
    "--wide-along": `${WIDE.along}px`,
    "--wide-across": `${WIDE.across}px`,
    "--tall-along": `${TALL.along}px`,
    "--tall-across": `${TALL.across}px`,
  };
  return (
    <div class="bg-scroll">
      <div class="bg-graph" style={size} data-connecting={props.connecting ? "" : undefined}>
        <Ways {...props} layout={layout} tall={false} />
        <Ways {...props} layout={layout} tall />
        {evaluation.order.map((i) => (
          <NodeButton key={i} {...props} index={i} spot={layout.spots[i]!} />
        ))}
        {state.nodes.map((_, i) =>
          evaluation.nodes[i]!.problem === undefined ? null : (
            <NodeButton key={i} {...props} index={i} spot={layout.spots[i]!} />
          ),
        )}
      </div>
    </div>
  );
}

const colour = (value: number | undefined) =>
  value === undefined || value === 0 || Number.isNaN(value) ? undefined : value < 0 ? "negative" : "positive";

function NodeButton(props: PictureProps & { index: number; spot: Spot }) {
  const { state, names, evaluation, isOpen, connecting, onTap, index, spot } = props;
  const node = state.nodes[index]!;
  const { value, gradient, problem } = evaluation.nodes[index]!;
  const place = { "--column": spot.column, "--row": spot.row };
  return (
    <button
      type="button"
      class="bg-node"
      style={place}
      data-role={isValue(node) ? node.role : index === state.lossNode ? "loss" : "operation"}
      data-problem={problem}
      data-waits={connecting?.target === index ? "" : undefined}
      aria-pressed={state.selected === index}
      onClick={() => onTap(index)}
    >
      <span class="bg-name">
        <b>{names[index]}</b> {isValue(node) ? "" : OPERATIONS[node.kind].symbol}
      </span>
      <span class="bg-value" data-sign={colour(value)}>
        {value === undefined ? "값 없음" : isValue(node) ? shortText(value) : numberText(value)}
      </span>
      <span class="bg-gradient">
        {gradient !== undefined && (
          <>
            <span class="visually-hidden">기울기 </span>
            <span aria-hidden="true">∂ </span>
            {isOpen(index) ? <span data-sign={colour(gradient)}>{scientificText(gradient)}</span> : "?"}
          </>
        )}
      </span>
    </button>
  );
}

interface WaysProps extends PictureProps {
  layout: Layout;
  tall: boolean;
}

/** The lines; those on which the selected node's value leaves carry their local derivatives. */
function Ways({ layout, tall, state, evaluation, isOpen }: WaysProps) {
  const { along, across } = tall ? TALL : WIDE;
  const [columns, rows] = [layout.columns * along, layout.rows * across];
  const point = ({ column, row }: Spot, shift = 0): readonly [number, number] => {
    const [main, cross] = [(column + 0.5) * along, (row + 0.5) * across + shift];
    return tall ? [cross, main] : [main, cross];
  };
  const shareOf = ({ source, consumer, slot }: Way) =>
    evaluation.nodes[source]!.uses.find((use) => use.consumer === consumer && use.slot === slot);
  const half = (tall ? NODE.height : NODE.width) / 2;
  return (
    <svg
      class={tall ? "bg-ways bg-tall" : "bg-ways bg-wide"}
      width={tall ? rows : columns}
      height={tall ? columns : rows}
      aria-hidden="true"
    >
      {layout.ways.map((way) => {
        const use = shareOf(way);
        const open = isOpen(way.source) && use !== undefined;
        const binary =
          (state.nodes[way.consumer]!.kind === "value" ? 0 : inputCount(state, way.consumer)) > 1;
        const shift = binary ? (way.slot === 0 ? -APART : APART) : 0;
        const chosen = state.selected === way.source;
        const points = way.points.map((spot, i) => point(spot, i === way.points.length - 1 ? shift : 0));
        const path = pathOf(points, half, tall);
        const [x, y] = labelAt(points, half, tall);
        return (
          <g
            key={`${way.consumer} ${way.slot}`}
            data-chosen={chosen ? "" : undefined}
            data-flow={chosen && open ? "" : undefined}
          >
            <path class="bg-way" data-sign={open ? colour(use.share) : undefined} d={path} />
            {chosen && open && (
              <text x={x} y={y}>
                ×{numberText(use.local)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

const inputCount = ({ nodes }: SoundState, index: number) => {
  const node = nodes[index]!;
  return isValue(node) ? 0 : node.inputs.length;
};

type Point = readonly [x: number, y: number];

/** From the source's edge through the points to the target's edge, each piece leaving and arriving along. */
function pathOf(points: readonly Point[], half: number, tall: boolean): string {
  const ends = trimmed(points, half, tall);
  return ends.slice(1).reduce(
    (path, [x, y], i) => {
      const [fromX, fromY] = ends[i]!;
      const control = tall
        ? `${fromX} ${(fromY + y) / 2} ${x} ${(fromY + y) / 2}`
        : `${(fromX + x) / 2} ${fromY} ${(fromX + x) / 2} ${y}`;
      return `${path}C${control} ${x} ${y}`;
    },
    `M${ends[0]!.join(" ")}`,
  );
}

function trimmed(points: readonly Point[], half: number, tall: boolean): Point[] {
  const moved = ([x, y]: Point, by: number): Point => (tall ? [x, y + by] : [x + by, y]);
  return points.map((point, i) =>
    i === 0 ? moved(point, half) : i === points.length - 1 ? moved(point, -half) : point,
  );
}

function labelAt(points: readonly Point[], half: number, tall: boolean): Point {
  const ends = trimmed(points, half, tall);
  const [[ax, ay], [bx, by]] = [ends.at(-2)!, ends.at(-1)!];
  // Downwards nearer to where it arrives: ways that leave one node together have parted there.
  const share = tall ? 0.65 : 0.5;
  return [ax + share * (bx - ax), ay + share * (by - ay) + (tall ? 5 : -4)];
}
