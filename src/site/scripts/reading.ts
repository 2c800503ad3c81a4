import { learner } from "../../learner/index.ts";

/** The fraction of a text that has been in the window, 0…1. Lengths in CSS pixels from the top of the page. */
export function readFraction(text: { top: number; height: number }, windowBottom: number): number {
  if (text.height <= 0) return 0;
  return Math.min(1, Math.max(0, (windowBottom - text.top) / text.height));
}

/** Keeps the lesson's reading progress and marks the present section in its contents. */
export function followReading(article: HTMLElement, lessonId: string): void {
  learner.load();
  const headings = [...article.querySelectorAll<HTMLElement>("h2[id]")];
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".toc-list a")];
  let waiting = false;
  const look = () => {
    waiting = false;
    const { top, height } = article.getBoundingClientRect();
    learner.markRead(lessonId, readFraction({ top, height }, window.innerHeight));
    const current = headings.findLast(
      (heading) => heading.getBoundingClientRect().top < window.innerHeight / 3,
    );
    for (const anchor of links) {
      const here = current !== undefined && anchor.hash === `#${encodeURIComponent(current.id)}`;
      if (here) anchor.setAttribute("aria-current", "location");
      else anchor.removeAttribute("aria-current");
    }
  };
  // Only scrolling is reading; opening a page is not.
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(look);
    },
    { passive: true },
  );
}
