import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * Full screen for one element: the Fullscreen API, or where there is none (iPhone) only the flag `full`, with
 * which the element covers the page; Escape leaves either.
 */
export function useFullScreen(element: RefObject<HTMLElement | null>): { full: boolean; toggle: () => void } {
  const [full, setFull] = useState(false);

  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement === element.current);
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, [element]);

  useEffect(() => {
    if (!full) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setFull(false);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [full]);

  const toggle = () => {
    if (document.fullscreenElement !== null) {
      void document.exitFullscreen();
    } else if (full) {
      setFull(false);
    } else {
      setFull(true);
      element.current?.requestFullscreen?.().catch(() => undefined);
    }
  };
  return { full, toggle };
}
