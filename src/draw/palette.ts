/** Colours of the course's tokens as canvases need them. */
export type Rgb = readonly [red: number, green: number, blue: number];

export interface Palette {
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly neutral: Rgb;
  readonly text: Rgb;
  readonly muted: Rgb;
  readonly accent: Rgb;
  readonly real: Rgb;
  readonly fake: Rgb;
}

/** Reads `#rrggbb`, and `#rgb` as style sheets are minified to. @throws Error for anything else. */
export function parseColor(text: string): Rgb {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) throw new Error(`not a colour of the form #rrggbb: “${text}”`);
  const channel = (at: number) =>
    Number.parseInt(digits.length === 3 ? digits[at]!.repeat(2) : digits.slice(2 * at, 2 * at + 2), 16);
  return [channel(0), channel(1), channel(2)];
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => parseColor(style.getPropertyValue(`--color-${name}`));
  return {
    positive: token("positive"),
    negative: token("negative"),
    neutral: token("raised"),
    text: token("text"),
    muted: token("muted"),
    accent: token("accent"),
    real: token("real"),
    fake: token("fake"),
  };
}

export const cssColor = ([red, green, blue]: Rgb, alpha = 1): string =>
  `rgb(${red} ${green} ${blue} / ${alpha})`;

/** Calls back when the light or dark theme changes. Returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  query.addEventListener("change", callback);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", callback);
  };
}
