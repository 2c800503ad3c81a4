import { useEffect, useRef } from "preact/hooks";
import { divergingScale, drawHeatmap } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { fieldAt } from "../../models/receptive-field.ts";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { peakOf } from "./crop.ts";
import type { LayerSurvey, Looked, Occlusion } from "./explorer.ts";
import { SIDE } from "./occlusion.ts";
import { percent } from "./text.ts";

interface PictureProps {
  picture: Float32Array;
  label: string;
  layer: LayerSurvey;
  channel: number;
  maps: Float32Array | undefined;
}

/** The picture that is looked at, with a frame around what the channel's largest value sees. */
export function Picture({ picture, label, layer, channel, maps }: PictureProps) {
  const peak = maps && peakOf(maps, layer.shape, channel);
  const [top, bottom] = peak ? fieldAt(layer.field, peak.row) : [0, 0];
  const [left, right] = peak ? fieldAt(layer.field, peak.column) : [0, 0];
  return (
    <div class="fh-picture">
      <PixelPicture values={picture} rows={SIDE} columns={SIDE} label={label} />
      {peak && (
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
          <rect x={left} y={top} width={right - left} height={bottom - top} />
        </svg>
      )}
    </div>
  );
}

interface AnswersProps {
  looked: Looked | undefined;
  classes: readonly string[];
  /** Index of the right class, where the picture has one. */
  label: number | undefined;
}

/** The largest probabilities. */
export function Answers({ looked, classes, label }: AnswersProps) {
  const rows = classes
    .map((name, index) => ({ name, index, share: looked?.probabilities[index] ?? 0 }))
    .sort((a, b) => b.share - a.share || a.index - b.index)
    .slice(0, 4);
  return (
    <ul class="fh-answers">
      {rows.map(({ name, index, share }) => (
        <li key={index}>
          <span>
            {name}
            {index === label && <small> 정답</small>}
          </span>
          <span class="fh-bar" aria-hidden="true">
            <span style={{ inlineSize: percent(share, 1) }} />
          </span>
          <span class="fh-share">{percent(share, 1)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where covering the picture takes probability from the answer (blue) or gives it some (orange). */
export function OcclusionMap({ picture, occlusion }: { picture: Float32Array; occlusion: Occlusion }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => {
      const scale = divergingScale(readPalette(element));
      drawHeatmap(element, occlusion.side, { values: occlusion.falls, offset: 0, stride: 1 }, scale);
    };
    draw();
    return onThemeChange(draw);
  }, [occlusion]);
  return (
    <div class="fh-occlusion-map" role="img" aria-label="가림 지도">
      <canvas ref={canvas} width={occlusion.side} height={occlusion.side} />
      <PixelPicture values={picture} rows={SIDE} columns={SIDE} />
    </div>
  );
}
