/**
 * Checks the components a lesson uses while it builds: an unknown component, widget, preset, prop, question or
 * term stops the build with its line and with what exists.
 */

/** The parts of the MDX syntax tree that matter here. */
export interface MdxNode {
  readonly type: string;
  readonly name?: string | null;
  readonly attributes?: readonly MdxAttribute[];
  readonly children?: readonly MdxNode[];
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

export interface MdxAttribute {
  readonly type: string;
  readonly name?: string;
  /** A string, `null` for an attribute without a value, or an expression in braces. */
  readonly value?: unknown;
}

/** What a lesson may refer to. */
export interface Known {
  /** Widget id → its presets. */
  readonly widgets: ReadonlyMap<string, readonly string[]>;
  readonly questions: readonly string[];
  readonly terms: readonly string[];
}

/** Component → its props; the ones with `!` must be there. */
const COMPONENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Widget", ["name!", "preset"]],
  ["Question", ["id!"]],
  ["MiniQuiz", []],
  ["Callout", ["kind", "title"]],
  ["Copy", ["text!"]],
  ["CourseMap", []],
  ["Figure", ["caption!", "alt"]],
  ["Term", ["id!"]],
  ["Steps", []],
]);
const CALLOUT_KINDS = ["note", "exact", "try", "history"];

/** Every fault of a lesson as `file:line …`, in the order of the text. */
export function checkMdx(tree: MdxNode, file: string, known: Known): string[] {
  return elements(tree).flatMap((node) =>
    faultsOf(node, known).map((fault) => `${file}:${node.position?.start.line ?? 1} ${fault}`),
  );
}

/** Components, written with a capital; small letters are HTML and SVG. */
function elements(node: MdxNode): MdxNode[] {
  const isElement = node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement";
  const self = isElement && /^[A-Z]/.test(node.name ?? "") ? [node] : [];
  return [...self, ...(node.children ?? []).flatMap(elements)];
}

function faultsOf(node: MdxNode, known: Known): string[] {
  const name = node.name ?? "";
  const props = COMPONENTS.get(name);
  if (props === undefined)
    return [`unknown component <${name}>; there are ${listed([...COMPONENTS.keys()])}`];
  const given = new Map((node.attributes ?? []).map(({ name, value }) => [name ?? "{…}", value]));
  const allowed = props.map((prop) => prop.replace("!", ""));
  const unknown = [...given.keys()]
    .filter((prop) => !allowed.includes(prop))
    .map((prop) => `<${name}> has no prop ${prop}; it has ${listed(allowed)}`);
  const missing = props
    .filter((prop) => prop.endsWith("!") && !given.has(prop.slice(0, -1)))
    .map((prop) => `<${name}> needs the prop ${prop.slice(0, -1)}`);
  const unreadable = [...given]
    .filter(([prop, value]) => allowed.includes(prop) && typeof value !== "string")
    .map(([prop]) => `<${name}> ${prop}: expected a text in quotes`);
  return [...unknown, ...missing, ...unreadable, ...valueFaults(name, given, known)];
}

function valueFaults(name: string, given: ReadonlyMap<string, unknown>, known: Known): string[] {
  const oneOf = (prop: string, options: readonly string[]) => {
    const value = given.get(prop);
    if (typeof value !== "string" || options.includes(value)) return [];
    return [`<${name}> ${prop}: unknown "${value}"; there are ${listed(options)}`];
  };
  if (name === "Widget") {
    const presets = known.widgets.get(String(given.get("name")));
    return [...oneOf("name", [...known.widgets.keys()]), ...(presets ? oneOf("preset", presets) : [])];
  }
  if (name === "Question") return oneOf("id", known.questions);
  if (name === "Term") return oneOf("id", known.terms);
  if (name === "Callout") return oneOf("kind", CALLOUT_KINDS);
  return [];
}

const listed = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
