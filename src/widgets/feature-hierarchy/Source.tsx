import { useId, useState } from "preact/hooks";
import type { Preparation } from "../../data/datasets.ts";
import { Button, Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { type Drawing, DrawingPad } from "../../ui/DrawingPad.tsx";
import { hasBrightRim, PhotoError, readPhoto } from "./photo.ts";
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
      {state.source === "photo" && <PhotoChooser photo={photo} onPhoto={onPhoto} />}
    </div>
  );
}

function PhotoChooser({ photo, onPhoto }: { photo: Photo | undefined; onPhoto: (photo: Photo) => void }) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState(false);
  const read = async (file: File) => {
    setProblem(undefined);
    setReading(true);
    try {
      const grey = await readPhoto(file);
      onPhoto({ name: file.name, grey, invert: hasBrightRim(grey) });
    } catch (error) {
      setProblem(
        error instanceof PhotoError ? error.message : "사진을 읽지 못했습니다. 다른 사진을 골라 주세요.",
      );
    } finally {
      setReading(false);
    }
  };
  return (
    <div class="fh-photo">
      <label for={id}>사진 파일 고르기 (기기 밖으로 나가지 않습니다)</label>
      <input
        id={id}
        type="file"
        accept="image/*"
        disabled={reading}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void read(file);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <p role="status">
        {reading
          ? "사진을 읽고 있습니다."
          : photo
            ? `${photo.name}의 가운데를 28×28 흑백으로 줄였습니다.`
            : ""}
      </p>
      {problem !== undefined && (
        <p class="fh-problem" role="alert">
          {problem}
        </p>
      )}
      {photo && (
        <Toggle
          label="밝기 뒤집기 (훈련 사진은 배경이 0입니다)"
          checked={photo.invert}
          onChange={(invert) => onPhoto({ ...photo, invert })}
        />
      )}
    </div>
  );
}
