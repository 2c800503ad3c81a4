import { convertHangulToQwerty, convertQwertyToHangul } from "es-hangul";

/** Runs longer than this are no words; the conversion is slow. */
const LONGEST = 40;

/**
 * What the keys would have written in the other keyboard mode: rkwndcl → 가중치, 추ㅜ → cnn. Only runs that make no
 * sense as they are: Latin letters that become whole syllables, Hangul with stray letters.
 *
 * @returns `undefined` when nothing looks mistyped
 */
export function otherKeyboardMode(text: string): string | undefined {
  const hangul = text.replace(/[a-z]{2,}/gi, (run) => {
    if (run.length > LONGEST) return run;
    const converted = convertQwertyToHangul(run);
    return /^[가-힣]+$/.test(converted) && converted.length >= 2 ? converted : run;
  });
  const latin = hangul.replace(/[가-힣ㄱ-ㅣ]*[ㄱ-ㅣ]/g, (run) =>
    run.length > LONGEST ? run : convertHangulToQwerty(run),
  );
  return latin === text ? undefined : latin;
}
