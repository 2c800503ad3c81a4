interface HtmlNode {
  readonly type: string;
  readonly properties?: Record<string, unknown>;
  readonly children?: readonly HtmlNode[];
}

/** A formula block scrolls inside itself on a phone; what scrolls must be reachable by keyboard. */
export function rehypeFocusableFormulas() {
  const visit = (node: HtmlNode): void => {
    const classes = node.properties?.className;
    if (node.properties && Array.isArray(classes) && classes.includes("katex-display")) {
      Object.assign(node.properties, { tabIndex: 0, role: "group", ariaLabel: "수식" });
    }
    node.children?.forEach(visit);
  };
  return visit;
}
