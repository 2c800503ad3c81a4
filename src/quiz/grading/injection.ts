/** Words that address the grader instead of answering. */
const ADDRESSES_THE_GRADER = [
  /정답\s*(?:으로|이라고|이라|처리|인정|로)?\s*(?:처리|인정|간주|표시|채점)/,
  /(?:맞다고|맞은\s*걸로|맞는\s*걸로|맞게|정답이라고)\s*(?:해|처리|채점|말|답|출력|판정)/,
  /만점/,
  // A discriminator gives points too: only what asks for them speaks to the grader.
  /(?:채점|점수|판정).{0,12}(?:주세요|주십시오|줘|주라|줄래|달라|해라|하라|하시오|바라|바람|부탁|처리|100)/,
  /(?:이전|앞선|앞의|위의|모든|기존|너의)\s*(?:지시|명령|규칙|프롬프트|지침)/,
  /(?:지시|명령|규칙|프롬프트|지침)(?:을|를|은|는|사항)?\s*(?:모두\s*|다\s*)?(?:무시|잊)/,
  /\bignore\b.*\b(?:previous|all|above|rules?|instructions?|prompts?)\b|\bdisregard\b/,
  /\b(?:system|assistant|user|developer)\s*[:\]]/,
  /\bverdict\b|\bprompt\b|\bgrader?\b/,
  /\b(?:mark|grade|score|accept|treat)\b.*\b(?:as|correct|right|full|points?|100)\b/,
  /\byou\s+are\b|\byou\s+must\b/,
];

/** Leaves out the clauses that talk to the grader; positions in what stays are kept by spaces. */
export function withoutInjections(text: string): string {
  return text.replace(/[^.!?;,()[\]{}"]+/g, (clause) =>
    ADDRESSES_THE_GRADER.some((pattern) => pattern.test(clause)) ? " ".repeat(clause.length) : clause,
  );
}
