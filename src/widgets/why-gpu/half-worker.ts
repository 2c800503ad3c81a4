/** Half the rows of the product; asked through the port that the page hands over. */
import type { Contestant } from "../../lab/speed/measure.ts";
import { engineRows, middle } from "./products.ts";
import type { FromHalf, ToHalf } from "./protocol.ts";

let rows: Pick<Contestant, "run" | "result"> | undefined;

async function answer(message: ToHalf): Promise<FromHalf> {
  if (message.type === "build") {
    const { size, half } = message;
    rows = half === 0 ? engineRows(size, 0, middle(size)) : engineRows(size, middle(size), size);
    return { type: "done" };
  }
  if (!rows) throw new Error("the half has not been built");
  if (message.type === "result") {
    return { type: "result", values: Float32Array.from((await rows.result?.()) ?? []) };
  }
  await rows.run(message.times);
  return { type: "done" };
}

addEventListener("message", ({ ports: [port] }: MessageEvent<"port">) => {
  if (!port) return;
  port.onmessage = async ({ data }: MessageEvent<ToHalf>) => {
    try {
      port.postMessage(await answer(data));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ type: "failed", message } satisfies FromHalf);
    }
  };
});
