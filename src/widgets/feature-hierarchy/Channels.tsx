import { useId, useMemo } from "preact/hooks";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import type { LayerSurvey } from "./explorer.ts";

interface ChannelsProps {
  layer: LayerSurvey;
  /** Feature maps of the shown picture, [channels, rows, columns]. */
  maps: Float32Array | undefined;
  channel: number;
  onChannel: (channel: number) => void;
}

/** One channel's feature map, dark where it is as strong as it ever is on the held-out pictures. */
function MapOf({
  maps,
  layer,
  channel,
}: {
  maps: Float32Array | undefined;
  layer: LayerSurvey;
  channel: number;
}) {
  const [, rows, columns] = layer.shape;
  const { most } = layer.channels[channel]!;
  const values = useMemo(
    () =>
      maps
        ?.subarray(channel * rows * columns, (channel + 1) * rows * columns)
        .map((value) => (most > 0 ? value / most : 0)),
    [maps, channel, rows, columns, most],
  );
  return <PixelPicture values={values} rows={rows} columns={columns} />;
}

/** All channels of a layer, to choose one: real radio buttons, so that arrow keys go through them. */
export function Channels({ layer, maps, channel, onChannel }: ChannelsProps) {
  const name = useId();
  return (
    <fieldset class="fh-channels">
      <legend>채널 고르기: 지금 사진의 특징 맵</legend>
      <div class="fh-channel-grid" data-many={layer.shape[0] > 32 ? "" : undefined}>
        {layer.channels.map((_, index) => (
          <label key={`${layer.stage} ${index}`} class="fh-channel">
            <input
              type="radio"
              name={name}
              value={index}
              checked={index === channel}
              aria-label={`채널 ${index + 1}`}
              onChange={() => onChannel(index)}
            />
            <MapOf maps={maps} layer={layer} channel={index} />
            <span class="fh-number" aria-hidden="true">
              {index + 1}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
