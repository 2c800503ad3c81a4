import { disassemble, getChoseong } from "es-hangul";

/** What a term can be found by. */
export interface Searchable {
  readonly term: string;
  readonly english: string;
  readonly aliases: readonly string[];
}

/** Longer queries find nothing more, and disassembling them would take long. */
const MAX_QUERY = 40;

const compact = (text: string) => text.toLowerCase().replace(/\s+/g, "");

/** Whether what has been typed so far can mean this term: by part of a name, by 초성, or a half-typed syllable. */
export function matchesTerm(entry: Searchable, query: string): boolean {
  const wanted = compact(query.normalize("NFC")).slice(0, MAX_QUERY);
  if (wanted === "") return true;
  const names = [entry.term, entry.english, ...entry.aliases].map(compact);
  const onlyInitials = /^[ㄱ-ㅎ]+$/.test(wanted);
  return names.some(
    (name) =>
      disassemble(name).includes(disassemble(wanted)) ||
      (onlyInitials && compact(getChoseong(name)).includes(wanted)),
  );
}
