import { josa } from "es-hangul";

/** Latin letters and digits whose Korean names end in a consonant: L 엘, M 엠, N 엔, R 알; 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔. */
const CLOSED = /[lmnr013678]$/i;
const ENDS_IN_L = /[lr178]$/i;

/** A final r is a letter's name (알) in an abbreviation; in a word such as transformer or layer it is not heard. */
const endsOpen = (word: string) => /[a-z]r$/.test(word);

/** A word with the right one of two particles; Latin abbreviations and digits as they are spelled out in Korean. */
export function withParticle(
  word: string,
  particle: "을/를" | "이/가" | "은/는" | "와/과" | "으로/로",
): string {
  const last = word.replace(/[^가-힣a-z0-9]+$/i, "");
  if (/[가-힣]$/.test(last) || last === "") return word + josa.pick(last || "가", particle);
  const [first, second] = particle.split("/") as [string, string];
  if (endsOpen(last)) return word + (particle === "와/과" ? first : second);
  if (particle === "으로/로") return word + (CLOSED.test(last) && !ENDS_IN_L.test(last) ? "으로" : "로");
  const [closed, open] = particle === "와/과" ? [second, first] : [first, second];
  return word + (CLOSED.test(last) ? closed : open);
}
