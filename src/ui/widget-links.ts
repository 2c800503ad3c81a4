import { WIDGETS, type WidgetEntry } from "../widgets/registry.ts";
import { link } from "./link.ts";

const entry = (widget: string): WidgetEntry | undefined =>
  Object.hasOwn(WIDGETS, widget) ? WIDGETS[widget as keyof typeof WIDGETS] : undefined;

/** A link to the widget on its lesson's page, in the given state. */
export function shareLink(origin: string, widget: string, encoded: string): string {
  const lesson = entry(widget)?.lesson ?? "";
  const page = lesson === "" ? `embed/${widget}/` : `lessons/${lesson}/`;
  return `${origin}${link(page)}${query(widget, encoded)}#${widget}`;
}

/** HTML that shows the widget alone on another page. */
export function embedCode(origin: string, widget: string, encoded: string): string {
  const address = `${origin}${link(`embed/${widget}/`)}${query(widget, encoded)}`;
  const title = entry(widget)?.title ?? widget;
  return `<iframe src="${address.replaceAll("&", "&amp;")}" title="${title}" width="100%" height="760" allow="fullscreen; clipboard-write"></iframe>`;
}

const query = (widget: string, encoded: string) =>
  encoded === "" ? "" : `?${widget}=${encodeURIComponent(encoded)}`;
