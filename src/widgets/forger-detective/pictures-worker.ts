/** Fetches and unpacks the real pictures, away from the page's own thread. */
import { loadPictures } from "../../models/load-pictures.ts";
import type { FromPicturesWorker } from "./use-downloads.ts";

const post = (message: FromPicturesWorker) => self.postMessage(message);

loadPictures("digits", { onProgress: (loaded) => post({ type: "progress", loaded }) }).then(
  ({ train, test }) => post({ type: "pictures", train, test }),
  (error: unknown) =>
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) }),
);
