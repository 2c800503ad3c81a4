import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Derivation } from "./derive.ts";
import { type Fix, fixesFor } from "./fixes.ts";
import type { Layer } from "./layers.ts";
import { noteOn } from "./notes.ts";
import { Row } from "./Row.tsx";
import type { ValueShape } from "./shapes.ts";
import { moved } from "./state.ts";

export interface StackProps {
  input: ValueShape;
  derivation: Derivation;
  open: number | undefined;
  onOpen: (index: number | undefined) => void;
  onLayers: (layers: readonly Layer[], said: string) => void;
  onFix: (fix: Fix) => void;
}

/** The layers one under the other, from the input down. */
export function Stack({ input, derivation, open, onOpen, onLayers, onFix }: StackProps) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const [focused, setFocused] = useState<{ index: number }>();
  const layers = useMemo(() => derivation.steps.map(({ layer }) => layer), [derivation]);

  // A layer moved by keys keeps the focus at its new place.
  useEffect(() => {
    if (focused) list.current?.querySelectorAll<HTMLElement>(".lb-handle")[focused.index]?.focus();
  }, [focused]);

  const move = (from: number, to: number) => {
    if (from === to) return;
    onLayers(moved(layers, from, to), `${to + 1}번째로 옮겼습니다.`);
    if (open === from) onOpen(to);
    else if (open !== undefined) onOpen(undefined);
  };
  /** The place among the other layers at this height of the screen. */
  const placeAt = (y: number, from: number) => {
    const rows = [...(list.current?.children ?? [])].filter((_, i) => i !== from);
    const below = rows.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return below < 0 ? rows.length : below;
  };

  return (
    <ol class="lb-stack" ref={list}>
      {derivation.steps.map((step, index) => (
        <Row
          key={index}
          step={step}
          index={index}
          count={layers.length}
          open={open === index}
          note={noteOn(derivation, index)}
          fixes={derivation.broken === index ? fixesFor(input, layers, index) : []}
          mark={markOf(drag, index)}
          onOpen={() => onOpen(open === index ? undefined : index)}
          onChange={(layer) =>
            onLayers(
              layers.map((other, i) => (i === index ? layer : other)),
              "",
            )
          }
          onMove={(to) => {
            move(index, to);
            setFocused({ index: to });
          }}
          onRemove={() => {
            onOpen(undefined);
            onLayers(
              layers.filter((_, i) => i !== index),
              "층을 뺐습니다.",
            );
          }}
          onFix={onFix}
          onDrag={(y) => setDrag({ from: index, to: placeAt(y, index) })}
          onDrop={(y) => {
            setDrag(undefined);
            if (drag && !Number.isNaN(y)) move(index, placeAt(y, index));
          }}
        />
      ))}
    </ol>
  );
}

function markOf(
  drag: { readonly from: number; readonly to: number } | undefined,
  index: number,
): "before" | "after" | undefined {
  if (!drag || drag.from === drag.to) return undefined;
  // With the dragged layer taken out, the row at `to` is the one it will stand before.
  if (drag.to > drag.from) return index === drag.to ? "after" : undefined;
  return index === drag.to ? "before" : undefined;
}
