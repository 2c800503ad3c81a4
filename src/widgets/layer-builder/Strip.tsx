import type { Derivation } from "./derive.ts";
import type { LayerKind } from "./layers.ts";
import { shapeText, type ValueShape } from "./shapes.ts";

const HEIGHT = 120;
const GAP = 14;
/** Beyond so many layers those that leave the shape alone are left out. */
const MANY = 14;
const SHAPELESS: ReadonlySet<LayerKind | undefined> = new Set([
  "activation",
  "dropout",
  "batch-norm",
  "layer-norm",
]);
/** How far the sheets of a stack lie apart. */
const SHIFT = 4;

interface Pictured {
  readonly width: number;
  readonly height: number;
  /** Channels as sheets behind one another, logarithmic in their number. */
  readonly sheets: number;
}

/** Sides of the picture of a shape, logarithmic in its extents. */
function picturedAs(shape: ValueShape): Pictured {
  const along = (extent: number) => 8 + 8.5 * Math.log2(1 + extent);
  const sheets = (count: number) => Math.min(10, 1 + Math.round(Math.log2(count)));
  switch (shape.kind) {
    case "vector":
      return { width: 8, height: along(shape.size), sheets: 1 };
    case "tokens":
      return { width: 8, height: along(shape.length), sheets: 1 };
    case "image":
      return { width: along(shape.columns), height: along(shape.rows), sheets: sheets(shape.channels) };
    case "wave":
      return { width: along(shape.length), height: 12, sheets: sheets(shape.channels) };
    case "sequence":
      return { width: along(shape.width) / 2, height: along(shape.length), sheets: 1 };
  }
}

interface StripProps {
  input: ValueShape;
  derivation: Derivation;
  open: number | undefined;
}

/** The network lying: what each layer gives, as sheets or a bar. The list says the same in words. */
export function Strip({ input, derivation, open }: StripProps) {
  let x = 0;
  const many = derivation.steps.length > MANY;
  const stages = [
    { state: "input", shape: input as ValueShape | undefined, index: -1 },
    ...derivation.steps.map((step, index) => ({
      state: step.state,
      shape: step.state === "joined" ? step.shape : undefined,
      index,
    })),
  ]
    .filter(({ index }) => !many || index === open || !SHAPELESS.has(derivation.steps[index]?.layer.kind))
    .map(({ state, shape, index }) => {
      const pictured = shape ? picturedAs(shape) : { width: 14, height: 40, sheets: 1 };
      const stage = { ...pictured, state, x, index, text: shape ? shapeText(shape) : "" };
      x += pictured.width + (pictured.sheets - 1) * SHIFT + GAP;
      return stage;
    });
  const tallest = Math.max(...stages.map(({ height, sheets }) => height + (sheets - 1) * SHIFT), HEIGHT);
  return (
    <svg class="lb-strip" viewBox={`-2 -2 ${Math.max(320, x - GAP) + 4} ${tallest + 4}`} aria-hidden="true">
      {stages.map((stage) => (
        <g
          key={stage.index}
          class="lb-box"
          data-state={stage.state}
          data-open={open === stage.index ? "" : undefined}
        >
          <title>{stage.text}</title>
          {Array.from({ length: stage.sheets }, (_, back) => {
            const shift = (stage.sheets - 1 - back) * SHIFT;
            const top = (tallest - stage.height - (stage.sheets - 1) * SHIFT) / 2;
            return (
              <rect
                key={back}
                x={stage.x + shift}
                y={top + (stage.sheets - 1) * SHIFT - shift}
                width={stage.width}
                height={stage.height}
                rx="2"
              />
            );
          })}
        </g>
      ))}
    </svg>
  );
}
