/** A condition over concepts: `a & (b | !c)`, `~d` for “denies d”. */
export type Condition =
  | { readonly kind: "asserts" | "denies"; readonly concept: string }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition };

const parsed = new Map<string, Condition>();

/** @throws SyntaxError naming what was expected */
export function parseCondition(source: string): Condition {
  const known = parsed.get(source);
  if (known) return known;
  const tokens = source.match(/[&|!~()]|[a-z][\w-]*|\S/gi) ?? [];
  let at = 0;
  const fail = (expected: string) =>
    new SyntaxError(`"${source}": expected ${expected}, found ${tokens[at] ?? "the end"}`);
  const chain = (sign: "&" | "|", kind: "and" | "or", member: () => Condition): Condition => {
    let left = member();
    while (tokens[at] === sign) {
      at += 1;
      left = { kind, left, right: member() };
    }
    return left;
  };
  const either = (): Condition => chain("|", "or", both);
  const both = (): Condition => chain("&", "and", single);
  const single = (): Condition => {
    const token = tokens[at];
    if (token === "!") {
      at += 1;
      return { kind: "not", of: single() };
    }
    if (token === "(") {
      at += 1;
      const inner = either();
      if (tokens[at] !== ")") throw fail(")");
      at += 1;
      return inner;
    }
    if (token === "~") at += 1;
    const concept = tokens[at];
    if (concept === undefined || !/^[a-z]/i.test(concept)) throw fail("a concept");
    at += 1;
    return { kind: token === "~" ? "denies" : "asserts", concept };
  };
  const condition = either();
  if (at < tokens.length) throw fail("& or |");
  parsed.set(source, condition);
  return condition;
}

/** What an answer asserts and denies, by concept. */
export interface Said {
  readonly asserted: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

export function holds(condition: Condition, said: Said): boolean {
  switch (condition.kind) {
    case "asserts":
      return said.asserted.has(condition.concept);
    case "denies":
      return said.denied.has(condition.concept) && !said.asserted.has(condition.concept);
    case "not":
      return !holds(condition.of, said);
    case "and":
      return holds(condition.left, said) && holds(condition.right, said);
    case "or":
      return holds(condition.left, said) || holds(condition.right, said);
  }
}

/** Every concept a condition speaks of. */
export function conceptsOf(condition: Condition): string[] {
  if ("concept" in condition) return [condition.concept];
  if (condition.kind === "not") return conceptsOf(condition.of);
  return [...conceptsOf(condition.left), ...conceptsOf(condition.right)];
}
