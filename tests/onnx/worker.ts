/** A worker as a widget would have it: opens the session, runs it once, answers. */
import { type Feed, openSession } from "../../src/onnx/session.ts";

interface Request {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly feeds: Readonly<Record<string, Feed>>;
}

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  const progress: string[] = [];
  try {
    const session = await openSession(data.bytes, {
      onProgress: (stage, loaded, total) => progress.push(`${stage} ${loaded} ${total}`),
    });
    const results = await session.run(data.feeds);
    await session.dispose();
    postMessage({ results, progress, inWorker: typeof window === "undefined" });
  } catch (error) {
    postMessage({ failure: String(error) });
  }
});
