/** Sentences made of the present numbers. */
import type { Axis } from "./shape.ts";
import { formulaText, placesOf } from "./shape.ts";
import type { Place, poolAt } from "./slide.ts";

/** Whole numbers whole, others with at most so many decimals, all digits: products run into the thousands. */
export function shortText(value: number, digits = 2): string {
  const text = Math.abs(value).toLocaleString("ko", { maximumFractionDigits: digits });
  return value < 0 && text !== "0" ? `−${text}` : text;
}

/** `−20 + 0 + 220 … = 200, 200 ÷ 9 = 22.22` */
export function sumText({ products, sum, divided, result }: Place, divisor: number, relu: boolean): string {
  const terms = products.filter(({ product }) => product !== 0).map(({ product }) => product);
  const written = terms
    .map((term, i) => (i === 0 ? shortText(term) : `${term < 0 ? "−" : "+"} ${shortText(Math.abs(term))}`))
    .join(" ");
  const whole = terms.length > 1 ? `${written} = ${shortText(sum)}` : shortText(sum);
  const shared = divisor === 1 ? "" : `, ${shortText(sum)} ÷ ${shortText(divisor)} = ${shortText(divided)}`;
  const cut = relu ? `, ReLU를 지나면 ${shortText(result)}` : "";
  return `합: ${whole}${shared}${cut}`;
}

export function poolText(pool: "max" | "average", found: ReturnType<typeof poolAt>): string {
  if (!found) return "이 자리는 풀링의 창에 들어가지 않습니다. 크기가 나누어떨어지지 않기 때문입니다.";
  const values = found.values.map((value) => shortText(value, 1)).join(", ");
  const name = pool === "max" ? "최댓값" : "평균";
  return `풀링: ${values}의 ${name}은 ${shortText(found.result, 1)}입니다.`;
}

/** What the widget shows, for those who cannot see it. */
export function descriptionText(name: string, axis: Axis, kernelName: string, place: string): string {
  const { output } = placesOf(axis);
  const size = output < 1 ? "창을 놓을 자리가 없습니다." : `결과는 한 변 ${output}칸입니다.`;
  return `${name} 그림(한 변 ${axis.input}칸) 위로 ${axis.window}×${axis.window} 커널(${kernelName})을 옮기며, 자리마다 픽셀과 가중치를 곱해 더합니다. 결과의 크기: ${formulaText(axis)}. ${size} ${place}`;
}
