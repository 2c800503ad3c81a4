import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

interface Run {
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly out: string;
  readonly err: string;
}

/** Runs the command as `npm run --silent grade` does, with `input` as its standard input. */
function grade(input: string | Buffer): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", "grade"], { cwd: ROOT });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      err += chunk;
    });
    child.once("close", (code) => {
      const texts = out === "" ? [] : out.replace(/\n$/, "").split("\n");
      // Whatever is no JSON on the standard output fails here.
      resolve({ code, out, err, lines: texts.map((text): Record<string, unknown> => JSON.parse(text)) });
    });
    child.stdin.end(input);
  });
}

const ask = (question: unknown, answer: unknown) => JSON.stringify({ question, answer });

describe("npm run --silent grade", () => {
  test("answers in order, by number and by id, with the feedback; nothing else is printed", async () => {
    const { code, lines, out, err } = await grade(
      [
        ask(1, "은닉칭이 여러 개라서"),
        ask("dl-q2", "가중치"),
        ask(3, "RNN"),
        ask("4", "트랜스포머"),
        ask(5, "생성자 vs 판별자"),
        "",
      ].join("\n"),
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out.endsWith("\n")).toBe(true);
    expect(lines.map(({ question, verdict }) => [question, verdict])).toEqual([
      [1, "correct"],
      ["dl-q2", "partial"],
      [3, "incorrect"],
      ["4", "correct"],
      [5, "correct"],
    ]);
    expect(lines[0]).toMatchObject({ readAs: [{ from: "은닉칭", to: "은닉층" }], certain: true });
    expect(lines[0]!.feedback).toContain("‘은닉칭’을 ‘은닉층’으로 읽었습니다.");
    expect(lines[1]).toMatchObject({ missing: ["편향"] });
  });

  test("a line that cannot be read gets an error with its number, and the rest goes on", async () => {
    const broken = [
      "not json",
      "{",
      "[1]",
      "null",
      '"CNN"',
      "{}",
      ask(9, "CNN"),
      ask("constructor", "CNN"),
      ask(null, "CNN"),
      ask(1.5, "CNN"),
      ask(3, 7),
      ask(3, null),
      ask(3, ["CNN"]),
      JSON.stringify({ question: 3 }),
      "",
      "  ",
    ];
    const { code, lines } = await grade(`${[...broken, ask(3, "CNN")].join("\n")}\n\n\n`);
    expect(code).toBe(0);
    expect(lines).toHaveLength(broken.length + 1);
    for (const [index, line] of lines.slice(0, -1).entries()) {
      expect(line).toEqual(
        expect.objectContaining({ error: expect.stringMatching(/[가-힣]/), line: index + 1 }),
      );
      expect(line).not.toHaveProperty("verdict");
    }
    expect(lines.at(-1)).toMatchObject({ question: 3, verdict: "correct" });
  });

  test("byte order mark, CRLF, U+2028 inside a text, no newline at the end", async () => {
    const input = `\uFEFF${ask(3, "CNN")}\r\n${ask(3, "RNN\u2028")}\r\n${ask(4, "RNN\r아니 트랜스포머")}`;
    const { lines } = await grade(input);
    expect(lines.map(({ verdict }) => verdict)).toEqual(["correct", "incorrect", "correct"]);
  });

  test("nothing in, nothing out", async () => {
    expect(await grade("")).toMatchObject({ code: 0, out: "", err: "" });
    expect(await grade("\r\n \n")).toMatchObject({ code: 0, out: "", err: "" });
  });

  test("a line of a million characters and many lines", async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ask((index % 5) + 1, `답 ${index}`));
    const { lines } = await grade([ask(3, "가 ".repeat(500_000)), ...many, ask(3, "CNN")].join("\n"));
    expect(lines).toHaveLength(2002);
    expect(lines[0]).toMatchObject({ verdict: "incorrect", certain: false });
    expect(lines.slice(1, -1).map(({ question }) => question)).toEqual(
      many.map((_, index) => (index % 5) + 1),
    );
    expect(lines.at(-1)).toMatchObject({ verdict: "correct" });
  });

  test("bytes that are no UTF-8 are graded as far as they are text", async () => {
    const bad = Buffer.concat([Buffer.from('{"question":3,"answer":"CNN '), Buffer.from([0xff, 0xfe])]);
    const { lines } = await grade(Buffer.concat([bad, Buffer.from('"}\n')]));
    expect(lines).toEqual([expect.objectContaining({ verdict: "correct" })]);
  });
});
