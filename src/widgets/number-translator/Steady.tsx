import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface SteadyProps {
  /** While it stays the same the place never becomes lower. */
  resetKey: string;
  children: ComponentChildren;
}

/** Keeps the height of its tallest content, so that answers that change while training do not move the page. */
export function Steady({ resetKey, children }: SteadyProps) {
  const place = useRef<HTMLDivElement>(null);
  const kept = useRef({ resetKey, height: 0 });
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    if (kept.current.resetKey !== resetKey) {
      kept.current = { resetKey, height: 0 };
      element.style.minBlockSize = "";
    }
    const { offsetHeight } = element;
    if (offsetHeight <= kept.current.height) return;
    kept.current.height = offsetHeight;
    element.style.minBlockSize = `${offsetHeight}px`;
  });
  return (
    <div class="nt-steady" ref={place}>
      {children}
    </div>
  );
}
