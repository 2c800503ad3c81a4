import { detectFeatures } from "../../engine/compile/features.ts";
import { openGpu } from "./gpu.ts";
import { measureSize } from "./measurer.ts";
import type { FromMeasurer, ToMeasurer } from "./protocol.ts";

const post = (message: FromMeasurer) => postMessage(message);

function backend() {
  const { simd, relaxedSimd } = detectFeatures();
  if (!simd) return "interpreter";
  return relaxedSimd ? "wasm-relaxed-simd" : "wasm-simd";
}

async function start({ sizes, ports }: ToMeasurer): Promise<void> {
  try {
    const { state, device } = await openGpu();
    post({ type: "started", backend: backend(), gpu: state });
    for (const size of sizes) {
      const onProgress = (done: number) => post({ type: "progress", size, done });
      post({ type: "measured", measured: await measureSize(size, { ports, device }, onProgress) });
    }
    post({ type: "finished" });
  } catch (error) {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToMeasurer>) => void start(data));
