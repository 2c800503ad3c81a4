import { PHOTOGRAPH_SIDE, PHOTOGRAPHS } from "../../data/photographs.ts";
import { Button, Select } from "../../ui/controls.tsx";
import { type Drawing, DrawingPad } from "../../ui/DrawingPad.tsx";
import { PhotoChooser } from "../../ui/PhotoChooser.tsx";
import { brightness, readSquare } from "../../ui/read-photo.ts";
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
      {state.picture === "photo" && (
        <PhotoChooser
          result={
            photo ? `${photo.name}의 가운데를 ${PHOTOGRAPH_SIDE}×${PHOTOGRAPH_SIDE} 흑백으로 줄였습니다.` : ""
          }
          onFile={async (file) =>
            onPhoto({ name: file.name, values: brightness(await readSquare(file, PHOTOGRAPH_SIDE)) })
          }
        />
      )}
    </div>
  );
}

/** Where the window stands at first: on something to see. */
function middleOf(picture: MicroscopeState["picture"]): Pick<MicroscopeState, "row" | "column"> {
  if (picture === "grid") return { row: 2, column: 3 };
  return picture === "drawing" ? { row: 12, column: 12 } : { row: 33, column: 46 };
}
