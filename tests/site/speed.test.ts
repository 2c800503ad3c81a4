import { describe, expect, it } from "vitest";
import { OUR_PEER } from "../../src/lab/speed/trained.ts";
import { TWO_THREADS_PEER } from "../../src/lab/speed/two-threads.ts";
import { conclusion } from "../../src/site/speed.ts";

const row = (peer: string, median: number, yardstick?: true) => ({
  ...{ workload: "cnn-mnist", peer, median, min: median, max: median, unit: "samples/s" as const },
  ...(yardstick && { yardstick }),
});

describe("what the rows of a workload say", () => {
  it("nothing without a comparison", () => {
    expect(conclusion([row(OUR_PEER, 7)])).toBeUndefined();
  });

  it("how much two threads give, or that they give nothing now", () => {
    expect(conclusion([row(OUR_PEER, 1000), row(TWO_THREADS_PEER, 1900)])).toContain("1.9배");
    expect(conclusion([row(OUR_PEER, 1000), row(TWO_THREADS_PEER, 950)])).toContain("빠르지 않습니다");
  });

  it("the faster of the others counts, or the machine's limit", () => {
    expect(conclusion([row(OUR_PEER, 100), row("a", 20), row("b", 10)])).toContain("5배");
    expect(conclusion([row(OUR_PEER, 90), row("a", 100, true)])).toContain("90%");
  });
});
