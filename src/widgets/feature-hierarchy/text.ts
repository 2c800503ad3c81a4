import { josa } from "es-hangul";
import type { LayerSurvey, Survey } from "./explorer.ts";
import { SIDE } from "./occlusion.ts";
import { classesAmong, meanPurity, PATCHES } from "./survey.ts";

export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}%`;

/** What a layer's values can see, in one sentence. */
export function layerText({ shape, window, field }: LayerSurvey, number: number): string {
  const whole = field.size >= SIDE - 4 ? " 사진을 거의 다 봅니다." : "";
  return `${number}층은 ${window}×${window} 커널 ${shape[0]}개입니다. 값 하나는 사진에서 ${field.size}×${field.size}픽셀을 봅니다.${whole}`;
}

/** What the strongest patches of a channel have in common, counted. */
export function channelText(
  { channels }: LayerSurvey,
  channel: number,
  labels: ArrayLike<number>,
  names: readonly string[],
): string {
  const { patches, active } = channels[channel]!;
  if (patches.length === 0) return `${channel + 1}번 채널은 어떤 사진에도 반응하지 않습니다.`;
  const classes = classesAmong(patches, labels).map(({ label, count }) => `${names[label]} ${count}장`);
  const rare = active < 0.95 ? ` 사진 ${labels.length}장 가운데 ${percent(active)}에서만 켜집니다.` : "";
  return `${channel + 1}번 채널을 가장 세게 켜는 조각 ${patches.length}장: ${classes.join(", ")}.${rare}`;
}

export interface LayerRow {
  readonly number: number;
  readonly field: number;
  readonly channels: number;
  readonly purity: number;
}

/** The hierarchy in numbers: how far each layer sees, and how much its channels keep to one class. */
export const layerRows = ({ layers }: Survey, labels: ArrayLike<number>): readonly LayerRow[] =>
  layers.map(({ field, channels }, i) => ({
    number: i + 1,
    field: field.size,
    channels: channels.length,
    purity: meanPurity(channels, labels),
  }));

/** What remains untidy in the last layer. */
export function untidyText({ layers }: Survey, labels: ArrayLike<number>, mixed: number): string {
  const last = layers.at(-1)!.channels;
  const full = last.filter(({ patches }) => patches.length === PATCHES);
  const untidy = full.filter(({ patches }) => classesAmong(patches, labels).length >= mixed).length;
  return `마지막 층의 채널 ${last.length}개 가운데 ${untidy}개는 조각 ${PATCHES}장에 ${mixed}갈래 이상이 섞여 있습니다.`;
}

export const answerText = (name: string, share: number): string =>
  `${josa(name, "으로/로")} 답했습니다: ${percent(share, 1)}`;
