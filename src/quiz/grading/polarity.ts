import type { Concept } from "../question.ts";
import type { Mention } from "./search.ts";

/** A mention and whether the answer asserts or denies it. */
export interface Judged extends Mention {
  readonly asserted: boolean;
  /** The words around it, up to its neighbours or the ends of its clause; members of a list share theirs. */
  readonly clause: string;
  /** Its clause only grants something before another says what counts: “RNN도 좋지만 …”. */
  readonly conceded: boolean;
}

/** Negations that assert: taken out before negations are counted. */
const ASSERTING = [
  /뿐(?:만|이)?\s*아니(?:라|고|며|에)/g,
  /만(?:이|은)?\s*아니(?:라|고|며)/g,
  /아니[가-힣]{0,4}\s*\?/g,
  /(?:아닌가|아닐까|아닌지|아니겠|아니냐|아닙니까|아닐지|아니던가|아닌감|아니었나|아녔나)/g,
  /아님\s*\?|아냐\s*\?|아녜요\s*\?/g,
  /(?<!만\s*)아니면/g,
  /밖에(?:는)?\s*(?:더\s*)?없/g,
  /말고(?:는)?\s*(?:뭐|무엇|무슨|뭔|누가|어떤)/g,
  /(?:외에|말고|빼고|빼면|제외하면)(?:는|도)?\s*(?:[가-힣]+\s+)?(?:없|생각나지\s*않|떠오르지\s*않|모르|또\s*있|더\s*있|있나|있을까|있겠)/g,
  /다름\s*아닌|틀림\s*없|의심할\s*(?:여지|바)(?:가|도)?\s*없|말할\s*것도\s*없|더할\s*나위\s*없|두말할\s*(?:것|필요)(?:도|가)?\s*없|변함\s*없|어김\s*없|끊임\s*없|수\s*없이\s*많/g,
  /(?:만큼|만\s*한|처럼)[^.,]{0,14}없/g,
  /적지\s*않|얕지\s*않|(?:하나|한두\s*(?:개|층|겹)|한\s*(?:개|층|겹)|1\s*(?:개|층|겹))(?:만|뿐)?(?:인|있는|이라는)?\s*(?:게|것이|건)?\s*(?:이|가)?\s*(?:아니|아님|아닌|아닙|말고)|(?:하나|한\s*(?:개|층))(?:에|로|에서)?만?\s*(?:그치|끝나|머물)지\s*않|단순(?:하지|한\s*것이)\s*(?:않|아니)/g,
  /not\s+(?:only|just|merely)/g,
  /isn'?t\s+it|right\s*\?/g,
  /모르(?:지|겠)(?:만|는데)|잘\s*모르/g,
];

/** Attached to the very word before them. */
const ATTACHED =
  /^[\s'"”’)\]]*(?:라는\s*(?:것|게|건)\s*|이?란\s*(?:것|게|건)\s*)?(?:(?:같은|처럼|하는|쓰는|기반의?|계열의?|류의|등의|인|라는)\s*(?:[가-힣]+\s+){0,2}?(?:것|거|게|건|구조|방식|모델|신경망|네트워크)(?:이|은|는|가)?\s*)?(?:이|가|은|는|도|을|를|의|와|과|이랑|랑|에|로|으로|에서|만)?\s*(?:(?:둘\s*다|모두|전부|다|절대|결코|전혀|확실히|분명히?|사실|아마도?)\s*)?(?:말고|빼고|빼면|뺀|빼놓고|제외|대신|보다|커녕|(?:의\s*)?(?:단점|한계|문제)|달리|다르게|비해|비하|비교|대체|넘어|극복|이후|이전|다음에|나오기|발전(?!했|하고|하면서)|대비|거쳐|거친|인\s*줄|(?:이라고|라고)\s*(?:생각했|착각|알았)|아니|아닌|아닐|아님|아닙|아냐|아녜|아녀|(?:상관|관계)(?:이|가)?\s*없|무관|없)/;

/** Anywhere in the clause after the word. */
const IN_CLAUSE =
  /아니|아닌|아닐|아님|아닙|아냐|아녜|아녀|(?<!이미)지\s*(?:는|도|를|가)?\s*(?:않|안|못)|(?<!이미)지\s*(?:마|말)|없|무시|제외|그대로\s*(?:두|둔|둠|놔)|고정(?:하|한|함|시|된|되|돼|해)|(?:^|\s)(?:안|못)\s*(?:하|해|한|함|했|할|쓰|써|씀|쓴|썼|되|돼|된|됨|됐|바|건|고치|조정|변|맞|좋|들|필요|중요|있|씁|합|됩|나|보|배|쌓|커|늘|움|다루|강|찾|쓸|학)|못하|못한|못해|틀리|틀렸|틀린|틀림|오답|거짓|오해|착각|무관|불필요|필요\s*없|약하|약한|약해|약함|부적합|나쁘|나쁜|별로|부족|(?:isn'?t|aren'?t|doesn'?t|don'?t|didn'?t|wasn'?t|cannot|can'?t|won'?t|never|not)\b|\b(?:wrong|incorrect|false|excluded)\b/g;

/** Before a Latin or Hangul word. */
const BEFORE =
  /(?:\b(?:not|never|no|neither|nor|without|except|excluding|instead\s+of|(?:anything|everything|all)\s+but|(?:other\s+)?than|unlike)|n't)\s+(?:(?:a|an|the|use|using|about|need|adjust|have)\s+)*$|\bnon[\s-]$/;

/** Says that the word is being asked about or only mentioned. */
const ASKED =
  /^[\s'"”’)\]]*(?:이|가|은|는|란|이란|이라는|라는|을|를)?\s*(?:게|것이|건|거|말이|단어가|용어가)?\s*(?:뭐|뭔|뭘|무엇|먼)(?:예요|에요|야|임|죠|지|니|냐|인가|인지|일까|입니까|가요|데|까|ㅁ|$|\s*\?|이죠|이지|이야|ㄴ지)/;
const ONLY_MENTIONED = /^['"”’]*\s*(?:이)?라는\s*(?:단어|말|용어|이름|영화|노래|게임|사람|뉴스|글자)/;

/** Words between two members of a list: the first shares the fate of the second. */
const LIST =
  /^[\s'"”’)\]]*(?:이나|나|과|와|랑|이랑|하고|및|또는|혹은|그리고|이며|이든|든|아니면|내지|도|,|\/|&|\+|·|and|or|nor|vs\.?|대|로)*[\s'"“‘]*(?:둘\s*다\s*)?$/;

/** A clause ends here; what follows says something about something else. */
const CLAUSE_END =
  /[.!?;\n]|(?:이지|지만|는데|은데|인데|ㄴ데|으며|면서|니까|므로|라서|아서|어서|해서|거든|(?<![말빼라다냐자])고|며)(?=[\s,])|\bbut\b|\bwhile\b|\bbecause\b|,\s*(?:and\s+)?not\s+(?=[a-z가-힣])/;

/** The end of a clause that grants something. */
const CONCEDES = /(?:지만|는데|은데|으나|\bbut)$/;

/** Decides for each mention whether the answer asserts it. `mentions` are all of the answer's, in order. */
export function judgeMentions(
  text: string,
  mentions: readonly Mention[],
  concepts: Readonly<Record<string, Concept>>,
): Judged[] {
  const judged: Judged[] = [];
  const listedWithNext: boolean[] = [];
  for (let index = mentions.length - 1; index >= 0; index -= 1) {
    const mention = mentions[index]!;
    const next = mentions.slice(index + 1).find(({ start }) => start >= mention.end);
    const between = textBetween(text, mention, next);
    const listed = next !== undefined && isListed(text, mention, next);
    const clause = uptoClauseEnd(between);
    const following =
      next && judged.find(({ start, concept }) => start === next.start && concept === next.concept);
    const asserted = isAsserted(text, mention, between, clause, concepts[mention.concept]!.denial, {
      verdict: following?.asserted,
      listed,
      predicate: next !== undefined && concepts[next.concept]!.predicate,
    });
    listedWithNext.unshift(listed);
    judged.unshift({
      ...mention,
      asserted,
      clause: lead(text, mention, mentions) + clause,
      conceded: next !== undefined && CONCEDES.test(clause),
    });
  }
  return denyLists(text, shareClauses(judged, listedWithNext));
}

/** What is said around one member of a list is said of all: “글에는 RNN이나 트랜스포머”. */
function shareClauses(judged: readonly Judged[], listedWithNext: readonly boolean[]): Judged[] {
  const groups: Judged[][] = [];
  judged.forEach((mention, index) => {
    if (index > 0 && listedWithNext[index - 1]) groups.at(-1)!.push(mention);
    else groups.push([mention]);
  });
  return groups.flatMap((group) => {
    const clause = group.map((mention) => mention.clause).join(" ");
    return group.map((mention) => ({ ...mention, clause }));
  });
}

/** Members of one list; “CNN, RNN은 아니고” is none, for 은 sets its word apart. */
function isListed(text: string, { start, end }: Mention, next: Mention): boolean {
  const between = text.slice(end, next.start);
  // Within brackets a comma only lists: “CNN (RNN, GAN은 아님)”.
  const inBrackets = text.lastIndexOf("(", start) > text.lastIndexOf(")", start);
  const setApart = !inBrackets && /^\s*,\s*$/.test(between) && /^[은는]\s/.test(text.slice(next.end));
  return LIST.test(between) && !setApart;
}

/** A negation before the next mention belongs to that one: “CNN, not RNN”. */
function textBetween(text: string, mention: Mention, next: Mention | undefined): string {
  const between = text.slice(mention.end, next?.start ?? text.length);
  return next === undefined ? between : between.replace(BEFORE, " ");
}

/** What stands before a mention in its clause. */
function lead(text: string, { start }: Mention, mentions: readonly Mention[]): string {
  const from = Math.max(0, ...mentions.filter(({ end }) => end <= start).map(({ end }) => end));
  const before = text.slice(from, start).split(",").at(-1) ?? "";
  return before.split(CLAUSE_END).at(-1) ?? "";
}

/** “not A or B” denies both. */
function denyLists(text: string, judged: readonly Judged[]): Judged[] {
  const result: Judged[] = [];
  for (const mention of judged) {
    const previous = result.at(-1);
    const listed =
      previous !== undefined &&
      previous.end <= mention.start &&
      /^\s*(?:,|or|nor|and)\s+$/.test(text.slice(previous.end, mention.start)) &&
      !previous.asserted &&
      BEFORE.test(text.slice(0, previous.start));
    result.push(listed ? { ...mention, asserted: false } : mention);
  }
  return result;
}

interface Following {
  readonly verdict: boolean | undefined;
  /** Only a connector of lists stands between the two. */
  readonly listed: boolean;
  readonly predicate: boolean;
}

function isAsserted(
  text: string,
  mention: Mention,
  between: string,
  clause: string,
  denial: Concept["denial"],
  following: Following,
): boolean {
  if (ASKED.test(clause) || ONLY_MENTIONED.test(between)) return false;
  if (correctedAfter(between)) return false;
  const cleaned = ASSERTING.reduce((rest, idiom) => rest.replace(idiom, " "), clause);
  let negations = BEFORE.test(withoutIdioms(text.slice(0, mention.start))) ? 1 : 0;
  if (denial === "clause") negations += (cleaned.match(IN_CLAUSE)?.length ?? 0) + (leans(cleaned) ? 1 : 0);
  else if (ATTACHED.test(cleaned)) negations += 1;
  if (negations > 0) return negations % 2 === 0;
  // A list's members, and a word with what is said of it, stand or fall together.
  const reachesNext = clause === between && following.verdict !== undefined;
  if (reachesNext && (following.listed || (following.predicate && denial === "clause"))) {
    return following.verdict === true;
  }
  return true;
}

const withoutIdioms = (before: string) => before.replace(/not\s+(?:only|just|merely)\s*$/, " ");

/** Denied by an attached word that is no negation in itself (말고, 대신, 보다), counted apart from those. */
function leans(clause: string): boolean {
  const match = ATTACHED.exec(clause);
  return match !== null && !/(?:아니|아닌|아닐|아님|아닙|아냐|아녜|아녀|없|제외)$/.test(match[0]);
}

/** “CNN. 아니다, RNN”: the word is taken back. */
function correctedAfter(between: string): boolean {
  return /^[^.!?…,]{0,12}[.!?…,~\s]+(?:아\s*)?(?:아니|아니다|아니요|아니야|아냐|아뇨|잠깐|정정)[\s,.…!]+\S{0,2}\s*$/.test(
    between,
  );
}

function uptoClauseEnd(between: string): string {
  const end = CLAUSE_END.exec(between);
  if (end === null) return between;
  // “…, not RNN” belongs to what follows; a question mark to its own clause: “CNN 아니야?” asserts.
  return between.slice(0, end[0].startsWith(",") ? end.index : end.index + end[0].length);
}
