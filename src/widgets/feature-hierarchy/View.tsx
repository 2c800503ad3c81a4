import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { writePicture } from "../../data/pictures.ts";
import { Segmented, Slider } from "../../ui/controls.tsx";
import { drawingOf } from "../../ui/DrawingPad.tsx";
import { ModelCard } from "../../ui/ModelCard.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Channels } from "./Channels.tsx";
import { hierarchyGoals, MIXED } from "./goals.ts";
import { Loading } from "./Loading.tsx";
import { SIDE } from "./occlusion.ts";
import { Patches } from "./Patches.tsx";
import { Answers, OcclusionMap, Picture } from "./Picture.tsx";
import { likeTraining } from "./photo.ts";
import { type Photo, PREPARATION, Source } from "./Source.tsx";
import { COVER, type HierarchyState, hierarchyState } from "./state.ts";
import { chancePurity } from "./survey.ts";
import { answerText, channelText, layerRows, layerText, percent, untidyText } from "./text.ts";
import { type Status, useExplorer } from "./use-explorer.ts";
import "./feature-hierarchy.css";

const EMPTY = new Float32Array(SIDE * SIDE);

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("feature-hierarchy", hierarchyState, {}, place);
  const { state, set } = widget;
  const explorer = useExplorer();
  const { status } = explorer;
  const ready = status.kind === "ready" ? status : undefined;
  const [photo, setPhoto] = useState<Photo>();
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  const [own, setOwn] = useState(false);
  const picture = usePicture(state, photo, ready);

  useEffect(() => {
    if (ready) explorer.look(picture);
  }, [ready, picture]);
  useEffect(() => {
    if (ready) explorer.occlude(picture, state.cover);
  }, [ready, picture, state.cover]);
  useEffect(() => {
    if (ready) setSeen((before) => new Set([...before, state.layer]));
  }, [ready, state.layer]);
  const looked = explorer.looked?.looked;
  const isBlank = picture.every((value) => value === 0);
  const isOwn = state.source !== "sample" && !isBlank;
  useEffect(() => {
    // Answers to an earlier picture do not count.
    if (isOwn && looked && explorer.looked?.picture.every((value, i) => value === picture[i])) setOwn(true);
  }, [isOwn, looked]);

  const occlusion = explorer.occluded?.occlusion;
  const labels = ready?.pictures.labels ?? [];
  const layer = ready?.survey.layers[state.layer - 1];
  const channel = Math.min(state.channel, (layer?.shape[0] ?? 1) - 1);
  const described =
    ready && layer
      ? `${layerText(layer, state.layer)} ${channelText(layer, channel, labels, ready.card.classes)}`
      : "아직 신경망을 불러오지 않았습니다.";

  return (
    <WidgetFrame
      widget="feature-hierarchy"
      title={WIDGETS["feature-hierarchy"].title}
      instruction={
        ready
          ? "층을 1층부터 5층까지 올라가며, 채널을 가장 세게 켜는 조각이 어떻게 달라지는지 보세요."
          : "불러오기를 누르면 훈련된 신경망의 속을 봅니다."
      }
      goals={hierarchyGoals({ ...state, channel }, { seen, own, occlusion }, ready?.survey, labels)}
      description={`옷 사진을 알아보는 합성곱 신경망의 다섯 층을 들여다봅니다. ${described}`}
      onReset={() => {
        setPhoto(undefined);
        widget.reset();
      }}
      encodedState={() => hierarchyState.encode(state)}
      notice={widget.notice}
      announcement={ready && layer ? channelText(layer, channel, labels, ready.card.classes) : ""}
    >
      <div class="fh" ref={place}>
        <Loading explorer={explorer} />
        {ready && layer && (
          <>
            <div class="fh-inside">
              <Segmented
                label="층"
                value={String(state.layer)}
                options={ready.survey.layers.map((_, i) => ({ value: String(i + 1), label: `${i + 1}층` }))}
                onChange={(value) => set({ layer: Number(value), channel: 0 })}
              />
              <p class="fh-about">{layerText(layer, state.layer)}</p>
              <Patches
                layer={layer}
                channel={channel}
                pictures={ready.pictures}
                classes={ready.card.classes}
                kernels={state.layer === 1 ? ready.survey.kernels : undefined}
                onPicture={(sample) => set({ source: "sample", sample })}
              />
              <p class="fh-about">{channelText(layer, channel, labels, ready.card.classes)}</p>
              <Channels
                layer={layer}
                maps={looked?.maps[state.layer - 1]}
                channel={channel}
                onChannel={(next) => set({ channel: next })}
              />
            </div>
            <div class="fh-outside">
              <Source
                state={state}
                set={set}
                photo={photo}
                onPhoto={setPhoto}
                onDrawing={({ strokes }) => set({ strokes })}
              />
              <div class="fh-look">
                <Picture
                  picture={picture}
                  label={state.source === "sample" ? `시험 사진 ${state.sample + 1}번` : "보여 준 그림"}
                  layer={layer}
                  channel={channel}
                  maps={looked?.maps[state.layer - 1]}
                />
                <Answers
                  looked={looked}
                  classes={ready.card.classes}
                  label={state.source === "sample" ? labels[state.sample] : undefined}
                />
              </div>
              <p class="fh-hint">
                {isBlank
                  ? "아직 빈 그림입니다. 신경망은 빈 그림에도 하나를 고릅니다."
                  : `테두리는 ${channel + 1}번 채널의 가장 큰 값이 보는 자리입니다. 사진 밖은 0으로 채웁니다.`}
              </p>
              {occlusion && (
                <Covering
                  picture={explorer.occluded!.picture}
                  occlusion={occlusion}
                  names={ready.card.classes}
                  share={looked?.probabilities[occlusion.answer] ?? 0}
                  cover={state.cover}
                  onCover={(cover) => set({ cover })}
                />
              )}
            </div>
            <Measured ready={ready} />
          </>
        )}
      </div>
    </WidgetFrame>
  );
}

type Ready = Extract<Status, { kind: "ready" }>;

/** The picture that the network is shown. */
function usePicture(state: HierarchyState, photo: Photo | undefined, ready: Ready | undefined): Float32Array {
  const { source, sample, strokes } = state;
  return useMemo(() => {
    if (source === "drawing") return drawingOf(strokes, PREPARATION).picture ?? EMPTY;
    if (source === "photo") return photo ? likeTraining(photo.grey, photo.invert) : EMPTY;
    if (!ready) return EMPTY;
    const target = new Float32Array(SIDE * SIDE);
    writePicture(ready.pictures, Math.min(sample, ready.pictures.labels.length - 1), target);
    return target;
  }, [source, sample, strokes, photo, ready]);
}

interface CoveringProps {
  picture: Float32Array;
  occlusion: Parameters<typeof OcclusionMap>[0]["occlusion"];
  names: readonly string[];
  share: number;
  cover: number;
  onCover: (cover: number) => void;
}

/** What the answer hangs on, found by covering. */
function Covering({ picture, occlusion, names, share, cover, onCover }: CoveringProps) {
  const { answer, answers, falls } = occlusion;
  const others = [...new Set(answers)].filter((label) => label !== answer).map((label) => names[label]!);
  const flips = [...answers].filter((label) => label !== answer).length;
  return (
    <section class="fh-covering" aria-label="가려 보기">
      <p>
        <strong>가려 보기.</strong> {answerText(names[answer]!, share)}. 가림막을 놓은 {falls.length}곳 가운데{" "}
        {flips === 0 ? "답이 바뀐 곳은 없습니다." : `${flips}곳에서 답이 바뀌었습니다(${others.join(", ")}).`}
      </p>
      <div class="fh-look">
        <OcclusionMap picture={picture} occlusion={occlusion} />
        <div>
          <p class="fh-hint">
            파란 자리를 가리면 그 답의 확률이 내려가고, 주황 자리를 가리면 올라갑니다. 가장 크게 내려간
            곳에서는 {(100 * Math.max(0, ...falls)).toFixed(1)}%p 내려갔습니다.
          </p>
          <Slider
            label="가림막 한 변"
            value={cover}
            min={COVER.least}
            max={COVER.most}
            step={2}
            unit="칸"
            onInput={onCover}
          />
        </div>
      </div>
    </section>
  );
}

/** The hierarchy in numbers, and the network's own. */
function Measured({ ready }: { ready: Ready }) {
  const { survey, pictures, card, took } = ready;
  const rows = useMemo(() => layerRows(survey, pictures.labels), [survey, pictures]);
  const chance = useMemo(() => chancePurity(pictures.labels, 300), [pictures]);
  return (
    <section class="fh-measured" aria-label="층마다 잰 것">
      <table>
        <caption>층마다 잰 것: 조각 12장 가운데 가장 많은 갈래의 몫을 채널마다 구해 평균했습니다</caption>
        <thead>
          <tr>
            <th scope="col">층</th>
            <th scope="col">보는 범위</th>
            <th scope="col">채널</th>
            <th scope="col">한 갈래의 몫</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, field, channels, purity }) => (
            <tr key={number}>
              <th scope="row">{number}층</th>
              <td>
                {field}×{field}
              </td>
              <td>{channels}</td>
              <td>{percent(purity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="fh-hint">
        아무 사진이나 12장을 고르면 한 갈래의 몫은 평균 {percent(chance)}입니다.{" "}
        {untidyText(survey, pictures.labels, MIXED)} 이 신경망은 시험 사진{" "}
        {card.score.count.toLocaleString("ko")}장에서 {percent(card.score.accuracy, 1)}, 여기의{" "}
        {pictures.labels.length}장에서 {percent(survey.accuracy, 1)}를 맞힙니다. {pictures.labels.length}장을
        모두 넣어 보는 데 이 기기에서 {(took / 1000).toFixed(2)}초 걸렸습니다.
      </p>
      <ModelCard card={card} />
    </section>
  );
}
