import { useState } from "preact/hooks";
import { matchesTerm, type Searchable } from "../glossary-search.ts";

export interface GlossaryTerm extends Searchable {
  readonly id: string;
  readonly definition: string;
  readonly taught?: { readonly href: string; readonly title: string } | undefined;
}

/** All terms, and a field that narrows them while one types. */
export default function GlossaryList({ terms }: { terms: readonly GlossaryTerm[] }) {
  const [query, setQuery] = useState("");
  const found = terms.filter((term) => matchesTerm(term, query));
  return (
    <>
      <search>
        <form class="glossary-search" onSubmit={(event) => event.preventDefault()}>
          <label for="glossary-query">용어 찾기 (초성이나 영어로도 찾습니다)</label>
          <input
            id="glossary-query"
            type="search"
            value={query}
            autocomplete="off"
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </form>
      </search>
      <p role="status">{found.length > 0 ? `용어 ${found.length}개` : "찾는 용어가 없습니다."}</p>
      <dl class="glossary-list">
        {found.map(({ id, term, english, aliases, definition, taught }) => (
          <div key={id} id={id}>
            <dt>
              {term} {english !== "" && <small lang="en">{english}</small>}
            </dt>
            <dd>
              <p>{definition}</p>
              {aliases.length > 0 && <p class="lesson-meta">다른 말: {aliases.join(", ")}</p>}
              {taught && (
                <p>
                  <a href={taught.href}>{taught.title}</a>
                </p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
