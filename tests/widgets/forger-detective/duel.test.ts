import { describe, expect, test } from "vitest";
import { PIXELS } from "../../../src/models/digit-gan-network.ts";
import { type Card, chanceOf, interval, scoreDuel } from "../../../src/widgets/forger-detective/duel.ts";
import { emptyFilm, MOST_LOOKS, withLook } from "../../../src/widgets/forger-detective/film.ts";
import { intervalText, scoreText } from "../../../src/widgets/forger-detective/text.ts";

const card = (isReal: boolean, real: number): Card => ({ picture: new Float32Array(PIXELS), isReal, real });

describe("a duel's score", () => {
  const cards = [card(true, 0.9), card(true, 0.2), card(false, 0.6), card(false, 0.1)];

  test("counts what both have judged so far", () => {
    expect(scoreDuel(cards, [])).toEqual({ judged: 0, human: 0, detective: 0 });
    expect(scoreDuel(cards, [true, true])).toEqual({ judged: 2, human: 2, detective: 1 });
    expect(scoreDuel(cards, [true, false, false, true])).toEqual({ judged: 4, human: 2, detective: 2 });
  });

  test("chance of a coin: values of the binomial distribution", () => {
    expect(chanceOf(0, 10)).toBe(1);
    // (45 + 10 + 1)/1024
    expect(chanceOf(8, 10)).toBeCloseTo(56 / 1024, 12);
    expect(chanceOf(10, 10)).toBeCloseTo(1 / 1024, 12);
    // P(X ≥ 15) of 20 tosses: 21700/2²⁰.
    expect(chanceOf(15, 20)).toBeCloseTo(21_700 / 2 ** 20, 12);
  });

  test("Wilson's interval: known values", () => {
    const [from, to] = interval(8, 10);
    expect(from).toBeCloseTo(0.4902, 3);
    expect(to).toBeCloseTo(0.9433, 3);
    expect(interval(0, 10)[1]).toBeCloseTo(0.2775, 3);
    expect(interval(0, 0)).toEqual([0, 1]);
    expect(intervalText(8, 10)).toBe("49~94%");
  });

  test("says what a score cannot show", () => {
    expect(scoreText({ judged: 10, human: 7, detective: 6 })).toContain("운과 가를 수 없습니다");
    expect(scoreText({ judged: 10, human: 10, detective: 6 })).toContain("여러분이 이겼습니다");
    expect(scoreText({ judged: 10, human: 10, detective: 6 })).toContain("0.1% 미만이므로");
    expect(scoreText({ judged: 0, human: 0, detective: 0 })).toBe("");
  });
});

describe("looks back", () => {
  const look = (rounds: number) => ({ rounds, pictures: new Float32Array(1) });

  test("the strip stays short and keeps its beginning, however long the training", () => {
    let film = emptyFilm();
    for (let rounds = 0; rounds <= 5000; rounds += 8) film = withLook(film, look(rounds));
    expect(film.looks.length).toBeLessThanOrEqual(MOST_LOOKS);
    expect(film.looks.length).toBeGreaterThanOrEqual(MOST_LOOKS / 2);
    expect(film.looks[0]!.rounds).toBe(0);
    const gaps = film.looks.slice(1).map(({ rounds }, i) => rounds - film.looks[i]!.rounds);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(film.apart / 2);
  });

  test("a training that begins anew empties it", () => {
    const film = withLook(withLook(emptyFilm(), look(100)), look(0));
    expect(film.looks.map(({ rounds }) => rounds)).toEqual([0]);
  });
});
