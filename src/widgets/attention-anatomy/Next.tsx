import type { Chance, Looked } from "./protocol.ts";
import { percent } from "./text.ts";

export interface NextProps {
  looked: Looked;
  before: Looked | undefined;
}

const SHOWN = 6;

/** What may follow; beside it, what may follow with heads off, or what could follow the sentence before. */
export function Next({ looked, before }: NextProps) {
  const { next, changed } = looked.anatomy;
  return (
    <div class="aa-next">
      <Chances title={changed ? "모두 켰을 때" : "다음 토큰의 확률"} chances={next} names={looked.names} />
      {changed ? (
        <Chances title="머리를 껐을 때" chances={changed.slice(0, SHOWN)} names={looked.names} />
      ) : (
        before && <Chances title="바꾸기 전 문장에서는" chances={before.anatomy.next} names={before.names} />
      )}
    </div>
  );
}

function Chances({
  title,
  chances,
  names,
}: {
  title: string;
  chances: readonly Chance[];
  names: Readonly<Record<number, string>>;
}) {
  return (
    <div>
      <p class="aa-heading">{title}</p>
      <ol class="aa-bars">
        {chances.slice(0, SHOWN).map(({ token, probability }) => (
          <li key={token}>
            <span>{(names[token] ?? "").replace("▁", "␣")}</span>
            <span class="aa-bar" aria-hidden="true">
              <span style={{ inlineSize: `${100 * probability}%` }} />
            </span>
            <span class="aa-number">{percent(probability)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
