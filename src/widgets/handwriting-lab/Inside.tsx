import { useState } from "preact/hooks";
import { Segmented } from "../../ui/controls.tsx";
import type { HandwritingFrame } from "./experiment.ts";
import { SIDE } from "./networks.ts";
import { Tiles } from "./Tiles.tsx";

/** Kernels and feature maps of the convolutional network, and what the other one weighs, while they learn. */
export function Inside({ frame }: { frame: HandwritingFrame }) {
  const { kernels, shown, templates } = frame;
  const [layer, setLayer] = useState("1");
  const index = Math.min(Number(layer), shown.layers.length) - 1;
  const { shape, maps } = shown.layers[index]!;
  const count = kernels.values.length / kernels.window ** 2;
  const neurons = templates.length / SIDE ** 2;
  return (
    <div class="hl-inside">
      <figure>
        <figcaption>CNN의 첫 층 커널 {count}개 (파랑 양수, 주황 음수)</figcaption>
        <Tiles
          {...kernels}
          count={count}
          rows={kernels.window}
          columns={kernels.window}
          across={Math.min(4, count)}
          signed
          label={`첫 합성곱 층의 커널 ${count}개`}
        />
      </figure>
      <figure>
        <figcaption>
          보여 준 글씨의 특징 맵: {index + 1}층, {shape[0]}개, {shape[1]}×{shape[2]}
        </figcaption>
        {shown.layers.length > 1 && (
          <Segmented
            label="층"
            value={String(index + 1)}
            options={shown.layers.map((_, i) => ({ value: String(i + 1), label: `${i + 1}층` }))}
            onChange={setLayer}
          />
        )}
        <Tiles
          values={maps}
          count={shape[0]}
          rows={shape[1]}
          columns={shape[2]}
          across={Math.min(8, shape[0])}
          signed={maps.some((value) => value < 0)}
          label={`${index + 1}층의 특징 맵 ${shape[0]}개`}
        />
      </figure>
      <figure>
        <figcaption>MLP의 뉴런 {neurons}개가 픽셀마다 곱하는 가중치</figcaption>
        <Tiles
          values={templates}
          count={Math.min(32, neurons)}
          rows={SIDE}
          columns={SIDE}
          across={Math.min(8, neurons)}
          signed
          label={`은닉 뉴런 ${Math.min(32, neurons)}개의 가중치`}
        />
      </figure>
    </div>
  );
}
