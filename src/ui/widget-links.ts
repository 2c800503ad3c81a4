import { WIDGETS, type WidgetEntry } from "../widgets/registry.ts";
import { link } from "./link.ts";

const entry = (widget: string): WidgetEntry | undefined =>
  Object.hasOwn(WIDGETS, widget) ? WIDGETS[widget as keyof typeof WIDGETS] : undefined;

/**
 * A link to the widget on its lesson's page, in the given state.
 * @param place id of its place on that page; differs from the widget's for the second of its kind
 */
export function shareLink(origin: string, widget: string, encoded: string, place = widget): string {
  const lesson = entry(widget)?.lesson ?? "";
  if (lesson === "") return `${origin}${link(`embed/${widget}/`)}${query(widget, encoded)}#${widget}`;
  return `${origin}${link(`lessons/${lesson}/`)}${query(place, encoded)}#${place}`;
}

/** HTML that shows the widget alone on another page. */
export function embedCode(origin: string, widget: string, encoded: string): string {
  const address = `${origin}${link(`embed/${widget}/`)}${query(widget, encoded)}`;
  const title = entry(widget)?.title ?? widget;
  return `<iframe src="${address.replaceAll("&", "&amp;")}" title="${title}" width="100%" height="760" allow="fullscreen; clipboard-write"></iframe>`;
}

const query = (widget: string, encoded: string) =>
  encoded === "" ? "" : `?${widget}=${encodeURIComponent(encoded)}`;
