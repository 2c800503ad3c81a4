/** What is possible but worth a word. */
import type { Derivation } from "./derive.ts";
import type { LayerKind } from "./layers.ts";
import { withCounter } from "./shapes.ts";

const LINEAR: ReadonlySet<LayerKind> = new Set(["dense", "convolution"]);
/** Layers that leave a linear function linear. */
const TRANSPARENT: ReadonlySet<LayerKind> = new Set(["flatten", "average", "dropout"]);

/** A remark on the layer at `index`, in Korean; `undefined` when there is nothing to say. */
export function noteOn({ steps, totals }: Derivation, index: number): string | undefined {
  const step = steps[index];
  if (step?.state !== "joined") return undefined;
  const { layer } = step;
  const before = steps.slice(0, index).findLast(({ layer: other }) => !TRANSPARENT.has(other.kind));
  if (LINEAR.has(layer.kind) && before && LINEAR.has(before.layer.kind)) {
    return "앞의 층과 이 층 사이에 활성화 함수가 없습니다. 곱하고 더하기를 이어 하면 한 번의 곱하고 더하기와 같으므로, 깊어진 보람이 없습니다.";
  }
  const next = steps[index + 1]?.layer;
  if (layer.kind === "convolution" && layer.bias && next?.kind === "batch-norm") {
    return "바로 뒤의 배치 정규화가 평균을 빼므로 이 편향은 아무 일도 하지 못합니다.";
  }
  if (layer.kind === "activation" && index === steps.length - 1) {
    return "로짓은 음수도 될 수 있어야 합니다. 마지막 층 뒤에는 보통 활성화 함수를 두지 않습니다.";
  }
  if (step.parameters > totals.parameters / 2 && totals.parameters > 1000 && steps.length > 3) {
    return `파라미터의 절반이 넘게 이 층에 있습니다: ${withCounter(totals.parameters, "개")} 가운데 ${withCounter(step.parameters, "개")}입니다.`;
  }
  return undefined;
}
