import type { Preparation } from "../../data/datasets.ts";
import { Button, Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { type Drawing, DrawingPad } from "../../ui/DrawingPad.tsx";
import { PhotoChooser } from "../../ui/PhotoChooser.tsx";
import { hasBrightRim, readPhoto } from "./photo.ts";
import { HELD_OUT, type HierarchyState } from "./state.ts";

const SOURCES = [
  { value: "sample", label: "시험 사진" },
  { value: "drawing", label: "그리기" },
  { value: "photo", label: "내 사진" },
] as const;

/** Clothing fills its pictures: what is drawn is scaled to nearly the whole side. */
export const PREPARATION: Exclude<Preparation, { kind: "none" }> = { kind: "box", box: 26, pen: 3 };

/** A photograph as it was read, before it is turned over. */
export interface Photo {
  readonly name: string;
  readonly grey: Float32Array;
  readonly invert: boolean;
}

interface SourceProps {
  state: HierarchyState;
  set: (patch: Partial<HierarchyState>) => void;
  photo: Photo | undefined;
  onPhoto: (photo: Photo) => void;
  onDrawing: (drawing: Drawing) => void;
}

/** Where the picture comes from. */
export function Source({ state, set, photo, onPhoto, onDrawing }: SourceProps) {
  return (
    <div class="fh-source">
      <Segmented
        label="무엇을 보여 줄까"
        value={state.source}
        options={SOURCES}
        onChange={(source) => set({ source })}
      />
      {state.source === "sample" && (
        <div class="fh-sample">
          <Slider
            label="시험 사진"
            value={state.sample + 1}
            min={1}
            max={HELD_OUT}
            step={1}
            unit="번"
            onInput={(value) => set({ sample: value - 1 })}
          />
          <Button onClick={() => set({ sample: (state.sample + 1) % HELD_OUT })}>다음 사진</Button>
        </div>
      )}
      {state.source === "drawing" && (
        <DrawingPad what="옷" strokes={state.strokes} preparation={PREPARATION} onChange={onDrawing} />
      )}
      {state.source === "photo" && <OwnPhoto photo={photo} onPhoto={onPhoto} />}
    </div>
  );
}

function OwnPhoto({ photo, onPhoto }: { photo: Photo | undefined; onPhoto: (photo: Photo) => void }) {
  return (
    <>
      <PhotoChooser
        result={photo ? `${photo.name}의 가운데를 28×28 흑백으로 줄였습니다.` : ""}
        onFile={async (file) => {
          const grey = await readPhoto(file);
          onPhoto({ name: file.name, grey, invert: hasBrightRim(grey) });
        }}
      />
      {photo && (
        <Toggle
          label="밝기 뒤집기 (훈련 사진은 배경이 0입니다)"
          checked={photo.invert}
          onChange={(invert) => onPhoto({ ...photo, invert })}
        />
      )}
    </>
  );
}
