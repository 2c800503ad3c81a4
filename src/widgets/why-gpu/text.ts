import { relativeText } from "./numbers.ts";
import type { GpuProblem, GpuState, Measured, Way } from "./protocol.ts";
import { speedOf, withoutGain } from "./state.ts";

export const WAY_LABELS: Readonly<Record<Way, string>> = {
  javascript: "JavaScript",
  "one-core": "WebAssembly SIMD, 한 코어",
  "two-cores": "WebAssembly SIMD, 작업자 둘",
  gpu: "GPU (WebGPU)",
};

const PROBLEMS: Readonly<Record<GpuProblem, string>> = {
  "no-api":
    "이 브라우저에는 WebGPU가 없어 GPU는 재지 못합니다. 최신 크롬이나 엣지, 사파리에서 열면 잴 수 있습니다.",
  insecure: "보안 연결(https)이 아니어서 브라우저가 WebGPU를 내주지 않습니다. GPU는 재지 못합니다.",
  "no-adapter":
    "브라우저는 WebGPU를 알지만 쓸 수 있는 GPU를 내주지 않습니다. 기기에 GPU가 없거나, 드라이버가 오래되었거나, 하드웨어 가속이 꺼져 있을 때 그렇습니다. GPU는 재지 못합니다.",
  failed: "GPU를 찾았지만 여는 데 실패했습니다. GPU는 재지 못합니다.",
};

/** What GPU is measured, or why none is. */
export function gpuText(gpu: GpuState | undefined): string {
  if (!gpu) return "재기 시작하면 이 기기에서 GPU를 쓸 수 있는지 알아봅니다.";
  if (gpu.kind === "none") return PROBLEMS[gpu.reason];
  const name = gpu.name === "" ? "이름을 알려 주지 않는 GPU" : gpu.name;
  return gpu.software
    ? `브라우저가 GPU를 CPU로 흉내 냅니다(${name}). 진짜 GPU의 속도가 아닙니다.`
    : `브라우저가 알려 준 GPU: ${name}.`;
}

/** What a size's numbers say, and no more. */
export function conclusion(measured: Measured): string {
  const [plain, one] = [speedOf(measured, "javascript"), speedOf(measured, "one-core")];
  if (!plain || !one) return "";
  const first = `WebAssembly SIMD 한 코어가 JavaScript의 ${relativeText(one.median / plain.median)}배입니다.`;
  const others = (["two-cores", "gpu"] as const).flatMap((way) => {
    const speed = speedOf(measured, way);
    return speed ? [`${SHORT[way]} 한 코어의 ${relativeText(speed.median / one.median)}배`] : [];
  });
  const idle = withoutGain(measured);
  const why =
    idle.length > 0 ? " 일을 나누어 맡기고 기다리는 시간이 계산보다 길면 나누어도 빨라지지 않습니다." : "";
  return `${first}${others.length > 0 ? ` ${others.join(", ")}입니다.` : ""}${why}`;
}

const SHORT = { "two-cores": "작업자 둘은", gpu: "GPU는" } as const;
