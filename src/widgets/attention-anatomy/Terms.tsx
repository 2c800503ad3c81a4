import { sumOf, type Term } from "./parts.ts";
import { signed } from "./text.ts";

export interface TermsProps {
  /** What the left and the right factor are called, with the term's number behind. */
  left: string;
  right: string;
  terms: readonly Term[];
  /** Labels of the terms; their numbers when left out. */
  labels?: readonly string[];
  bias?: number;
}

/** Terms that are written out at once; the others are in a list to open. */
const SHOWN = 4;

/** A dot product written out: the largest terms, what is left, and all of them on request. */
export function Terms({ left, right, terms, labels, bias }: TermsProps) {
  const largest = terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, SHOWN);
  const rest = sumOf(terms) - sumOf(largest);
  const total = sumOf(terms) + (bias ?? 0);
  const nameOf = (at: number) => labels?.[at] ?? String(at + 1);
  const line = ({ at, left: a, right: b, product }: Term) => (
    <tr key={at}>
      <th scope="row">{nameOf(at)}</th>
      <td>{signed(a)}</td>
      <td>{signed(b)}</td>
      <td>{signed(product)}</td>
    </tr>
  );
  const head = (
    <thead>
      <tr>
        <th scope="col">{labels ? "토큰" : "번호"}</th>
        <th scope="col">{left}</th>
        <th scope="col">{right}</th>
        <th scope="col">곱</th>
      </tr>
    </thead>
  );
  return (
    <div class="aa-terms">
      <table>
        {head}
        <tbody>
          {largest.map(line)}
          {terms.length > SHOWN && (
            <tr>
              <th scope="row" colSpan={3}>
                나머지 {terms.length - SHOWN}개의 합
              </th>
              <td>{signed(rest)}</td>
            </tr>
          )}
          {bias !== undefined && (
            <tr>
              <th scope="row" colSpan={3}>
                편향
              </th>
              <td>{signed(bias)}</td>
            </tr>
          )}
          <tr class="aa-total">
            <th scope="row" colSpan={3}>
              모두 더하면
            </th>
            <td>{signed(total)}</td>
          </tr>
        </tbody>
      </table>
      {terms.length > SHOWN && (
        <details>
          <summary>곱 {terms.length}개 모두 보기</summary>
          <ol class="aa-all">
            {terms.map(({ at, left: a, right: b }) => (
              <li key={at}>
                <small>{nameOf(at)}</small> {signed(a)} × {signed(b)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
