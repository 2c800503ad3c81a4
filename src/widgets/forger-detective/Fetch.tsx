import { Button } from "../../ui/controls.tsx";
import type { Download } from "../../ui/use-download.ts";

export interface FetchProps {
  download: Download<unknown>;
  /** What the button says, with the size. */
  label: string;
  /** What will arrive, and what for. */
  about: string;
}

/** Fetches something on request, with its size, progress, a way to stop, and what went wrong. */
export function Fetch({ download, label, about }: FetchProps) {
  const { progress, failure, start, cancel } = download;
  return (
    <div class="fd-fetch">
      <p>{about}</p>
      <div class="fd-buttons">
        {progress === undefined ? (
          <Button kind="primary" onClick={start}>
            {failure === undefined ? label : "다시 받기"}
          </Button>
        ) : (
          <>
            <progress aria-label="받은 양" max={1} value={progress} />
            <span class="fd-percent">{Math.round(100 * progress)}%</span>
            <Button onClick={cancel}>그만 받기</Button>
          </>
        )}
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </div>
  );
}
