import { useId, useState } from "preact/hooks";
import { PHOTOGRAPH_SIDE, PHOTOGRAPHS } from "../../data/photographs.ts";
import { Button, Select } from "../../ui/controls.tsx";
import { type Drawing, DrawingPad } from "../../ui/DrawingPad.tsx";
import { PhotoError, readGreyPhoto } from "../../ui/read-photo.ts";
import { DRAWN } from "./pictures.ts";
import type { MicroscopeState } from "./state.ts";
import type { Photographs } from "./use-photographs.ts";

const PICTURES = [
  ...PHOTOGRAPHS.map(({ id, name }) => ({ value: id, label: name })),
  { value: "grid" as const, label: "숫자로 읽는 작은 그림" },
  { value: "drawing" as const, label: "직접 그리기" },
  { value: "photo" as const, label: "내 사진" },
];

export const pictureName = (picture: MicroscopeState["picture"]): string =>
  PICTURES.find(({ value }) => value === picture)!.label;

export interface OwnPhoto {
  readonly name: string;
  readonly values: Uint8Array;
}

interface SourceProps {
  state: MicroscopeState;
  set: (patch: Partial<MicroscopeState>) => void;
  photographs: Photographs;
  photo: OwnPhoto | undefined;
  onPhoto: (photo: OwnPhoto) => void;
}

/** Where the picture comes from. */
export function Source({ state, set, photographs, photo, onPhoto }: SourceProps) {
  const credit = PHOTOGRAPHS.find(({ id }) => id === state.picture)?.credit;
  return (
    <div class="cm-source">
      <Select
        label="그림"
        value={state.picture}
        options={PICTURES}
        onChange={(picture) => set({ picture, ...middleOf(picture) })}
      />
      {credit && <p class="cm-hint">사진: {credit}. 저작권이 끝난 사진을 줄였습니다.</p>}
      {credit && photographs.failure && (
        <p class="cm-problem" role="alert">
          {photographs.failure} 작은 그림이나 직접 그리기로도 할 수 있습니다.{" "}
          <Button onClick={photographs.retry}>다시 받기</Button>
        </p>
      )}
      {state.picture === "drawing" && (
        <DrawingPad
          what="그림"
          strokes={state.strokes}
          preparation={DRAWN}
          onChange={({ strokes }: Drawing) => set({ strokes })}
        />
      )}
      {state.picture === "photo" && <PhotoChooser photo={photo} onPhoto={onPhoto} />}
    </div>
  );
}

/** Where the window stands at first: on something to see. */
function middleOf(picture: MicroscopeState["picture"]): Pick<MicroscopeState, "row" | "column"> {
  if (picture === "grid") return { row: 2, column: 3 };
  return picture === "drawing" ? { row: 12, column: 12 } : { row: 33, column: 46 };
}

function PhotoChooser({
  photo,
  onPhoto,
}: {
  photo: OwnPhoto | undefined;
  onPhoto: (photo: OwnPhoto) => void;
}) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState(false);
  const read = async (file: File) => {
    setProblem(undefined);
    setReading(true);
    try {
      onPhoto({ name: file.name, values: await readGreyPhoto(file, PHOTOGRAPH_SIDE) });
    } catch (error) {
      setProblem(
        error instanceof PhotoError ? error.message : "사진을 읽지 못했습니다. 다른 사진을 골라 주세요.",
      );
    } finally {
      setReading(false);
    }
  };
  return (
    <div class="cm-photo">
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
      <p class="cm-hint" role="status">
        {reading
          ? "사진을 읽고 있습니다."
          : photo
            ? `${photo.name}의 가운데를 ${PHOTOGRAPH_SIDE}×${PHOTOGRAPH_SIDE} 흑백으로 줄였습니다.`
            : ""}
      </p>
      {problem !== undefined && (
        <p class="cm-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
