import { describe, expect, test } from "vitest";
import { decodeStrokes, encodeStrokes } from "../../../src/data/stroke-text.ts";
import { Random } from "../../../src/engine/random.ts";
import { gapText, outcomeOf, topText } from "../../../src/widgets/probability-answers/CalibrationPart.tsx";
import { type Reliability, reliabilityOf } from "../../../src/widgets/probability-answers/calibration.ts";
import { answersGoals, type Reached } from "../../../src/widgets/probability-answers/goals.ts";
import { rangeOf } from "../../../src/widgets/probability-answers/NonsensePart.tsx";
import {
  CHANCES,
  chancePicture,
  isOddity,
  ODDITIES,
  SIDE,
} from "../../../src/widgets/probability-answers/nonsense.ts";
import {
  type AnswersState,
  answersState,
  FIRST_LOGITS,
  fromSlider,
  logitsOf,
  toSlider,
} from "../../../src/widgets/probability-answers/state.ts";
import { percent, power, signed } from "../../../src/widgets/probability-answers/text.ts";

const stateOf = (patch: Partial<AnswersState> = {}): AnswersState => ({ ...answersState.defaults, ...patch });

describe("state", () => {
  test("the address keeps everything, and names what it cannot read", () => {
    const own = stateOf({
      ...{ part: "nonsense", logits: [1.25, -3, 0, 10], temperature: 2.5, count: "300" },
      ...{ seed: 9, cooling: 0.4, strokes: decodeStrokes(encodeStrokes(ODDITIES[0].strokes))! },
    });
    expect(answersState.decode(answersState.encode(own))).toEqual({ state: own, problems: [] });
    const damaged = answersState.decode("1;logits=1,x;temperature=1e99;count=7;cooling=0;strokes=%;seed=2");
    expect(damaged.problems.toSorted()).toEqual(["cooling", "count", "logits", "strokes", "temperature"]);
    expect(damaged.state).toEqual(stateOf({ seed: 2 }));
  });

  test("a link with fewer logits leaves four", () => {
    expect(logitsOf(stateOf({ logits: [7] }))).toEqual([7, ...FIRST_LOGITS.slice(1)]);
  });

  test("the slider keeps its temperatures, and stays within them", () => {
    for (const value of [0.2, 0.5, 1, 3.7, 8]) expect(fromSlider(toSlider(value))).toBeCloseTo(value, 2);
    expect([fromSlider(-9), fromSlider(9)]).toEqual([0.2, 8]);
  });
});

describe("pictures that are no digits", () => {
  test("each is recognised, also out of a shared link; a drawing of one's own is not", () => {
    for (const { strokes } of ODDITIES) {
      expect(isOddity(strokes)).toBe(true);
      expect(isOddity(decodeStrokes(encodeStrokes(strokes))!)).toBe(true);
    }
    expect(isOddity([])).toBe(false);
    expect(
      isOddity([
        [
          { x: 0.5, y: 0.1 },
          { x: 0.5, y: 0.9 },
        ],
      ]),
    ).toBe(false);
  });

  test.each(CHANCES.map(({ value }) => value))(
    "%s: values from 0 to 1, another each time, the same by seed",
    (kind) => {
      const random = new Random(3);
      const [first, second] = [chancePicture(kind, random), chancePicture(kind, random)];
      expect(first).toHaveLength(SIDE * SIDE);
      expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...first)).toBeLessThanOrEqual(1);
      expect(Math.max(...first)).toBeGreaterThan(0.5);
      expect(second).not.toEqual(first);
      expect(chancePicture(kind, new Random(3))).toEqual(first);
    },
  );
});

/** Twenty answers of two classes, `right` of them right, each with this confidence. */
const measured = (confidence: number, right: number): Reliability =>
  reliabilityOf({
    logits: Array.from({ length: 20 }, () => [Math.log(confidence), Math.log(1 - confidence)]).flat(),
    labels: Array.from({ length: 20 }, (_, i) => (i < right ? 0 : 1)),
    classes: 2,
  });

describe("goals", () => {
  const nothing: Reached = { state: stateOf(), plain: undefined, cooled: undefined, steps: 0, fooled: 0 };
  const done = (patch: Partial<Reached> = {}) =>
    answersGoals({ ...nothing, ...patch }).flatMap((goal) => (goal.done ? [goal.id] : []));

  test("nothing is reached at the start", () => {
    expect(done()).toEqual([]);
  });

  test("95 %: a cat that is 19 times as likely as the rest, at temperature 1", () => {
    const logits = [Math.log(19 * 3), 0, 0, 0];
    expect(done({ state: stateOf({ logits }) })).toEqual(["ninety-five"]);
    expect(done({ state: stateOf({ logits, temperature: 1.1 }) })).toEqual([]);
    expect(done({ state: stateOf({ logits: [10, 0, 0, 0] }) })).toEqual([]);
  });

  test("below 40 % by temperature alone", () => {
    expect(done({ state: stateOf({ temperature: 8 }) })).toEqual(["temperature"]);
    expect(done({ state: stateOf({ temperature: 8, logits: [0, 0, 0, 0] }) })).toEqual([]);
  });

  test("too sure, and mended; not before something was learned", () => {
    const [plain, cooled] = [measured(0.95, 14), measured(0.72, 14)];
    expect(plain.confidence - plain.accuracy).toBeCloseTo(0.25, 9);
    expect(cooled.ece).toBeCloseTo(0.02, 9);
    expect(done({ plain, cooled: plain, steps: 6000 })).toEqual(["too-sure"]);
    expect(done({ plain, cooled, steps: 6000 })).toEqual(["too-sure", "calibrate"]);
    expect(done({ plain, cooled, steps: 100 })).toEqual([]);
    expect(done({ plain: measured(0.72, 14), cooled, steps: 6000 })).toEqual([]);
  });

  test("fooled by what is no digit", () => {
    expect(done({ fooled: 0.96 })).toEqual(["fooled"]);
    expect(done({ fooled: 0.95 })).toEqual([]);
  });
});

describe("sentences and numbers", () => {
  test("a share is never rounded to nothing or to certainty", () => {
    expect([0, 0.0001, 0.1234, 0.9996, 1].map(percent)).toEqual([
      "0.0%",
      "<0.1%",
      "12.3%",
      ">99.9%",
      "100.0%",
    ]);
    expect([signed(-1.5, 1), signed(-0.001), signed(2, 1)]).toEqual(["−1.5", "0.00", "2.0"]);
    expect([power(20.0855), power(1.6e-5), power(2.2e21)]).toEqual(["20.09", "1.6×10⁻⁵", "2.2×10²¹"]);
  });

  test("what was measured is said, and guesses are judged by it", () => {
    const sure = measured(0.95, 14);
    expect(gapText(sure)).toBe("온도 1에서 평균 확신이 정확도보다 25.0%p 큽니다.");
    expect(topText(sure)).toBe("90% 넘게(평균 95.0%) 확신한 답 20개 가운데 70.0%가 맞았습니다.");
    expect(topText(measured(0.72, 14))).toContain("없습니다");
    expect([sure, measured(0.72, 14), measured(0.6, 18)].map(outcomeOf)).toEqual(["above", "equal", "below"]);
    expect([0.05, 0.1, 0.5, 0.51].map(rangeOf)).toEqual(["few", "some", "some", "most"]);
  });
});
