import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { microscopeGoals } from "./goals.ts";
import { KernelEditor } from "./Kernel.tsx";
import { presetOf } from "./kernels.ts";
import { Products } from "./Products.tsx";
import { pictureOf } from "./pictures.ts";
import { Settings } from "./Settings.tsx";
import { Sheets } from "./Sheets.tsx";
import { type OwnPhoto, pictureName, Source } from "./Source.tsx";
import { type Axis, placesOf, remarkText } from "./shape.ts";
import { createSlide, placeAt, poolAt, settingOf } from "./slide.ts";
import { kernelOf, microscopeState, PRESETS } from "./state.ts";
import { descriptionText, poolText, shortText, sumText } from "./text.ts";
import { usePhotographs } from "./use-photographs.ts";
import { useSweep } from "./use-sweep.ts";
import "./convolution-microscope.css";

/** Side of the pictures that are fetched or chosen, before they are there. */
const EXPECTED = 96;

export default function View({ preset = "edges" }: { preset?: string; embedded?: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "convolution-microscope",
    microscopeState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    root,
  );
  const { state, set } = widget;
  const [photo, setPhoto] = useState<OwnPhoto>();
  const [covered, setCovered] = useState(false);
  const [computed, setComputed] = useState(false);
  const photographs = usePhotographs(["boats", "airplane", "acanthus"].includes(state.picture));
  const picture = useMemo(
    () => pictureOf(state, photographs.file, photo?.values),
    [state.picture, state.strokes, photographs.file, photo],
  );
  const kernel = kernelOf(state);
  const setting = settingOf(state, kernel);
  const { stride, padding, dilation } = setting;
  const axis: Axis = { input: picture?.rows ?? EXPECTED, window: kernel.side, stride, padding, dilation };
  const { output } = placesOf(axis);
  const repaired = useRepair(output < 1, state.picture);
  const results = useResults(picture, setting);

  const row = Math.min(state.row, Math.max(0, output - 1));
  const column = Math.min(state.column, Math.max(0, output - 1));
  const sweep = useSweep(output, output, (y, x) => set({ row: y, column: x }));
  const move = (y: number, x: number) => {
    sweep.end();
    const inside = (at: number) => Math.max(0, Math.min(output - 1, at));
    set({ row: inside(y), column: inside(x) });
  };
  const place = picture && output > 0 ? placeAt(picture, setting, row, column) : undefined;
  const pool = results && setting.pool !== "none" ? poolAt(results, setting, row, column) : undefined;
  const told = place
    ? `${row + 1}행 ${column + 1}열. ${covered ? "값을 가렸습니다." : sumText(place, kernel.divisor, setting.relu)}`
    : output < 1
      ? remarkText(axis)
      : "그림이 아직 없습니다.";
  const kernelName = presetOf(kernel)?.name ?? "내가 만든 것";

  return (
    <WidgetFrame
      widget="convolution-microscope"
      title={WIDGETS["convolution-microscope"].title}
      instruction="그림을 눌러 창을 옮겨 보세요. 창 안의 픽셀과 가중치를 곱해 더한 값이 결과의 한 칸이 됩니다."
      goals={microscopeGoals(setting, { input: axis.input, output }, { repaired, computed })}
      description={descriptionText(pictureName(state.picture), axis, kernelName, told)}
      onReset={() => {
        sweep.end();
        setCovered(false);
        setPhoto(undefined);
        widget.reset();
      }}
      encodedState={() => microscopeState.encode(state)}
      notice={widget.notice}
      announcement={sweep.playing ? "창이 그림 위를 지나갑니다." : told}
    >
      <div class="cm" ref={root}>
        <Sheets
          picture={picture}
          expected={EXPECTED}
          results={results}
          setting={setting}
          at={{ row, column }}
          pool={pool}
          grey={state.grey}
          shown={sweep.shown}
          covered={covered}
          onMove={move}
          missing={output < 1 ? remarkText(axis) : missingText(state.picture, photographs.failure)}
        />
        <div class="cm-moves">
          <Button kind="primary" disabled={!results} onClick={sweep.toggle}>
            {sweep.playing ? "잠시 멈춤" : "훑기"}
          </Button>
          <Arrows disabled={!results} onMove={(y, x) => move(row + y, column + x)} />
          <p class="cm-where">
            {row + 1}행 {column + 1}열: <b>{covered || !place ? "?" : shortText(place.result)}</b>
          </p>
        </div>
        <div class="cm-columns">
          <div class="cm-work" data-side={kernel.side}>
            {place && (
              <Products
                key={covered ? `${row} ${column}` : ""}
                place={place}
                kernel={setting.kernel}
                relu={setting.relu}
                covered={covered}
                onCover={setCovered}
                onComputed={() => setComputed(true)}
              />
            )}
            {results?.pooled && setting.pool !== "none" && (
              <p class="cm-equation">{covered ? "풀링의 값도 가렸습니다." : poolText(setting.pool, pool)}</p>
            )}
            {results && setting.pool !== "none" && !results.pooled && (
              <p class="cm-problem">
                결과가 {output}칸이라 {setting.poolSide}×{setting.poolSide} 풀링의 창이 들어가지 않습니다.
              </p>
            )}
          </div>
          <KernelEditor kernel={kernel} onKernel={({ weights, divisor }) => set({ weights, divisor })} />
        </div>
        <div class="cm-columns">
          <Settings state={state} set={set} axis={axis} />
          <Source state={state} set={set} photographs={photographs} photo={photo} onPhoto={setPhoto} />
        </div>
      </div>
    </WidgetFrame>
  );
}

function missingText(picture: string, failure: string | undefined): string {
  if (picture === "photo") return "사진 파일을 고르면 여기에 보입니다.";
  return failure ?? "사진을 불러오고 있습니다.";
}

/** The program is compiled anew only when a shape changes; a weight only runs it again. */
function useResults(picture: ReturnType<typeof pictureOf>, setting: ReturnType<typeof settingOf>) {
  const { kernel, ...moves } = setting;
  const shape = picture && { ...moves, rows: picture.rows, columns: picture.columns, side: kernel.side };
  const slide = useMemo(() => shape && createSlide(shape), [JSON.stringify(shape)]);
  return useMemo(
    () => (picture && slide ? slide(picture.values, kernel) : undefined),
    [picture, slide, JSON.stringify(kernel)],
  );
}

/** Whether a setting without a place was left for one that has some, on the same picture. */
function useRepair(impossible: boolean, picture: string): boolean {
  const [repaired, setRepaired] = useState(false);
  const broken = useRef<string>(undefined);
  useEffect(() => {
    if (impossible) broken.current = picture;
    else {
      if (broken.current === picture) setRepaired(true);
      broken.current = undefined;
    }
  }, [impossible, picture]);
  return repaired;
}

function Arrows({
  disabled,
  onMove,
}: {
  disabled: boolean;
  onMove: (rows: number, columns: number) => void;
}) {
  return (
    <fieldset class="cm-arrows" disabled={disabled}>
      <legend class="visually-hidden">창 옮기기</legend>
      <Button label="왼쪽으로" onClick={() => onMove(0, -1)}>
        <span aria-hidden="true">←</span>
      </Button>
      <Button label="위로" onClick={() => onMove(-1, 0)}>
        <span aria-hidden="true">↑</span>
      </Button>
      <Button label="아래로" onClick={() => onMove(1, 0)}>
        <span aria-hidden="true">↓</span>
      </Button>
      <Button label="오른쪽으로" onClick={() => onMove(0, 1)}>
        <span aria-hidden="true">→</span>
      </Button>
    </fieldset>
  );
}
