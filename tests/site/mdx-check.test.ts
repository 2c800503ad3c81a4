import { describe, expect, test } from "vitest";
import { checkMdx, type MdxNode } from "../../src/site/mdx-check.ts";

const known = {
  widgets: new Map([
    ["playground", ["first", "xor"]],
    ["neuron", []],
  ]),
  questions: ["q1"],
  terms: ["weight"],
};

/** A lesson that uses one component, on line 7, inside a paragraph. */
const lesson = (name: string, props: Record<string, unknown>): MdxNode => ({
  type: "root",
  children: [
    {
      type: "paragraph",
      children: [
        {
          type: "mdxJsxTextElement",
          name,
          attributes: Object.entries(props).map(([name, value]) => ({
            type: "mdxJsxAttribute",
            name,
            value,
          })),
          position: { start: { line: 7 } },
        },
      ],
    },
  ],
});
const check = (name: string, props: Record<string, unknown>) =>
  checkMdx(lesson(name, props), "content/lessons/01.mdx", known);

describe("what a lesson may use", () => {
  test.each([
    ["Widget", { name: "playground", preset: "xor" }],
    ["Widget", { name: "neuron" }],
    ["Question", { id: "q1" }],
    ["Term", { id: "weight" }],
    ["Callout", { kind: "exact" }],
    ["svg", { viewBox: "0 0 1 1" }],
  ])("<%s %o> passes", (name, props) => {
    expect(check(name, props)).toEqual([]);
  });

  test.each([
    ["Wigdet", { name: "neuron" }, "unknown component <Wigdet>; there are Widget, Question"],
    ["Widget", { name: "playgroud" }, '<Widget> name: unknown "playgroud"; there are playground, neuron'],
    ["Widget", { name: "playground", preset: "xr" }, '<Widget> preset: unknown "xr"; there are first, xor'],
    ["Widget", { name: "neuron", preset: "xor" }, '<Widget> preset: unknown "xor"; there are none'],
    ["Widget", { name: "neuron", color: "red" }, "<Widget> has no prop color; it has name, preset"],
    ["Widget", {}, "<Widget> needs the prop name"],
    ["Question", { id: "q2" }, '<Question> id: unknown "q2"; there are q1'],
    ["Term", { id: "wieght" }, '<Term> id: unknown "wieght"; there are weight'],
    ["Term", { id: { type: "mdxJsxAttributeValueExpression" } }, "<Term> id: expected a text in quotes"],
    ["Callout", { kind: "warning" }, '<Callout> kind: unknown "warning"; there are note'],
  ])("<%s %o> is named with its line", (name, props, message) => {
    const faults = check(name, props);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`content/lessons/01.mdx:7 ${message}`);
  });
});
