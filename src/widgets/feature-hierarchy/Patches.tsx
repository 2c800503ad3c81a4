import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Pictures } from "../../data/pictures.ts";
import { divergingScale, drawHeatmap } from "../../draw/heatmap.ts";
import { onThemeChange, readPalette } from "../../draw/palette.ts";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { cropPatch } from "./crop.ts";
import type { LayerSurvey, Survey } from "./explorer.ts";
import type { Patch } from "./survey.ts";

interface PatchesProps {
  layer: LayerSurvey;
  channel: number;
  pictures: Pictures;
  classes: readonly string[];
  /** Kernels of the first layer, where that is the layer shown. */
  kernels: Survey["kernels"] | undefined;
  onPicture: (index: number) => void;
}

/** The patches of the held-out pictures that excite a channel most, cut out as far as its values see. */
export function Patches({ layer, channel, pictures, classes, kernels, onPicture }: PatchesProps) {
  const { patches } = layer.channels[channel]!;
  return (
    <div class="fh-patches">
      {kernels && <Kernel kernels={kernels} channel={channel} />}
      <ol>
        {patches.map((patch) => (
          <li key={`${layer.stage} ${channel} ${patch.picture}`}>
            <PatchButton
              patch={patch}
              layer={layer}
              pictures={pictures}
              name={classes[pictures.labels[patch.picture]!]!}
              onPicture={onPicture}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface PatchButtonProps {
  patch: Patch;
  layer: LayerSurvey;
  pictures: Pictures;
  name: string;
  onPicture: (index: number) => void;
}

function PatchButton({ patch, layer, pictures, name, onPicture }: PatchButtonProps) {
  const { field } = layer;
  const values = useMemo(() => cropPatch(pictures, patch, field), [pictures, patch, field]);
  return (
    <button
      type="button"
      class="fh-patch"
      aria-label={`${name}, 값 ${patch.value.toFixed(1)}: 이 사진 보기`}
      onClick={() => onPicture(patch.picture)}
    >
      <PixelPicture values={values} rows={field.size} columns={field.size} />
      <span>{name}</span>
    </button>
  );
}

/** The weights with which a channel of the first layer multiplies the pixels. */
function Kernel({ kernels: { window, values }, channel }: { kernels: Survey["kernels"]; channel: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const own = values.subarray(channel * window * window, (channel + 1) * window * window);
    const most = Math.max(...own.map(Math.abs));
    const draw = () => {
      const scale = divergingScale(readPalette(element));
      drawHeatmap(element, window, { values: own, offset: 0, stride: 1 }, scale, (value) => value / most);
    };
    draw();
    return onThemeChange(draw);
  }, [values, window, channel]);
  return (
    <figure class="fh-kernel">
      <canvas
        ref={canvas}
        width={window}
        height={window}
        role="img"
        aria-label={`채널 ${channel + 1}의 ${window}×${window} 커널`}
      />
      <figcaption>커널: 파란 자리는 더하고 주황 자리는 뺍니다</figcaption>
    </figure>
  );
}
