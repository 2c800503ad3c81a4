import { SIDE } from "../../models/digit-gan-network.ts";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import type { Reading } from "./pictures.ts";
import { cautiousPercent, digitText } from "./text.ts";

export interface OpinionProps {
  picture: Float32Array | undefined;
  reading: Reading | undefined;
}

/** A picture, large, and what the digit network and the detective say of it. */
export function Opinion({ picture, reading }: OpinionProps) {
  const label = reading ? `위조범이 그린 그림. ${digitText(reading)}` : "아직 그림이 없습니다";
  return (
    <div class="fd-opinion">
      <PixelPicture values={picture} rows={SIDE} columns={SIDE} label={label} />
      <dl>
        <div>
          <dt>숫자 인식 신경망</dt>
          <dd>{reading ? digitText(reading) : "–"}</dd>
        </div>
        <div>
          <dt>감별사</dt>
          <dd>{reading ? `진짜일 확률 ${cautiousPercent(reading.real)}` : "–"}</dd>
        </div>
      </dl>
      <div class="fd-meter" aria-hidden="true">
        <span style={{ inlineSize: `${100 * (reading?.real ?? 0)}%` }} />
      </div>
    </div>
  );
}

/** A row or grid of small pictures. */
export function Pictures({ values, count, label }: { values: Float32Array; count: number; label: string }) {
  const size = SIDE * SIDE;
  return (
    <div class="fd-pictures" role="img" aria-label={label}>
      {Array.from({ length: count }, (_, i) => (
        // The place is what a picture is known by.
        <PixelPicture
          key={`place ${i}`}
          values={values.subarray(i * size, (i + 1) * size)}
          rows={SIDE}
          columns={SIDE}
        />
      ))}
    </div>
  );
}
