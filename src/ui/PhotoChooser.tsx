import { useId, useState } from "preact/hooks";
import { PhotoError } from "./read-photo.ts";
import "./photo-chooser.css";

export interface PhotoChooserProps {
  /** What was made of the last one, in a sentence; empty before any. */
  result: string;
  /** Takes a file in; rejects with a `PhotoError` in Korean. */
  onFile: (file: File) => Promise<void>;
}

/** A photograph from the device, and what is wrong with it. */
export function PhotoChooser({ result, onFile }: PhotoChooserProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState(false);
  const read = async (file: File) => {
    setProblem(undefined);
    setReading(true);
    try {
      await onFile(file);
    } catch (error) {
      setProblem(
        error instanceof PhotoError ? error.message : "사진을 읽지 못했습니다. 다른 사진을 골라 주세요.",
      );
    } finally {
      setReading(false);
    }
  };
  return (
    <div class="photo-chooser">
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
      <p role="status">{reading ? "사진을 읽고 있습니다." : result}</p>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </div>
  );
}
