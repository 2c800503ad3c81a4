import { useEffect, useState } from "preact/hooks";
import { PIXELS } from "../../models/digit-gan-network.ts";
import type { LabHandle } from "../../ui/use-lab.ts";
import type { ForgerCommand, ForgerFrame } from "./experiment.ts";
import { emptyFilm, withLook } from "./film.ts";
import { Pictures } from "./Opinion.tsx";
import { countText } from "./text.ts";

/** Pictures of one look. */
const COLUMNS = 8;

/** What the same noise gave in earlier rounds, oldest on top. */
export function Film({ lab, network }: { lab: LabHandle<ForgerFrame, ForgerCommand>; network: string }) {
  const [film, setFilm] = useState(emptyFilm);
  const { subscribe } = lab;
  useEffect(() => {
    setFilm(emptyFilm());
    return subscribe(({ train }) => {
      if (!train) return;
      const pictures = train.samples.subarray(0, COLUMNS * PIXELS);
      setFilm((before) => withLook(before, { rounds: train.lookedAt, pictures }));
    });
  }, [network]);
  return (
    <figure class="fd-film">
      <figcaption>같은 잡음 여덟 개가 지나온 길</figcaption>
      <ol>
        {film.looks.map(({ rounds, pictures }) => (
          <li key={rounds}>
            <span>{countText(rounds)}판</span>
            <Pictures values={pictures} count={COLUMNS} label={`${countText(rounds)}판의 그림`} />
          </li>
        ))}
      </ol>
    </figure>
  );
}
