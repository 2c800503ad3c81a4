import { useMemo } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { Grid } from "./Grid.tsx";
import type { Anatomy, HeadName, NetworkFacts } from "./protocol.ts";
import { sameHead } from "./state.ts";
import { points } from "./text.ts";

export interface HeadsProps {
  facts: NetworkFacts;
  anatomy: Anatomy;
  off: readonly HeadName[];
  onChoose: (head: HeadName) => void;
  onOff: (off: readonly HeadName[]) => void;
}

/** Every head as a small picture of its weights, with what is lost without it. */
export function Heads({ facts, anatomy, off, onChoose, onOff }: HeadsProps) {
  const { layers, heads } = facts;
  const { layer, head } = anatomy.part;
  const chosen: HeadName = { layer, head };
  const count = anatomy.tokens.length;
  const isOff = (head: HeadName) => off.some((each) => sameHead(each, head));
  const names = Array.from({ length: layers * heads }, (_, i) => ({
    layer: Math.floor(i / heads),
    head: i % heads,
  }));
  const pictures = useMemo(
    () =>
      names.map((_, i) => (
        <Grid
          key={i}
          rows={count}
          columns={count}
          values={anatomy.weights.subarray(i * count * count, (i + 1) * count * count)}
          most={1}
          share
          hidden
        />
      )),
    [anatomy.weights],
  );
  return (
    <div class="aa-heads">
      <p class="aa-heading">머리 {layers * heads}개가 보는 곳</p>
      <div class="aa-thumbs" style={{ "--heads": heads }}>
        {names.map((name, i) => (
          <button
            key={i}
            type="button"
            class={isOff(name) ? "aa-thumb aa-off" : "aa-thumb"}
            aria-pressed={sameHead(name, chosen)}
            onClick={() => onChoose(name)}
          >
            {pictures[i]}
            <span>
              층 {name.layer + 1} 머리 {name.head + 1}
            </span>
            <small>{isOff(name) ? "꺼짐" : `끄면 ${points(anatomy.effects[i]!)}`}</small>
          </button>
        ))}
      </div>
      <p class="aa-hint">
        ‘끄면’은 그 머리 하나만 껐을 때, 지금 1위인 다음 토큰의 확률이 얼마나 달라지는지입니다.
      </p>
      <div class="aa-toolbar">
        <Button
          pressed={isOff(chosen)}
          onClick={() =>
            onOff(isOff(chosen) ? off.filter((each) => !sameHead(each, chosen)) : [...off, chosen])
          }
        >
          층 {chosen.layer + 1} 머리 {chosen.head + 1} 끄기
        </Button>
        <Button disabled={off.length === 0} onClick={() => onOff([])}>
          모두 켜기
        </Button>
      </div>
    </div>
  );
}
