import { useId, useState } from "preact/hooks";
import { Button, Toggle } from "../../ui/controls.tsx";
import type { Kernel } from "./kernels.ts";
import type { Place, Product } from "./slide.ts";
import { shortText, sumText } from "./text.ts";

interface ProductsProps {
  place: Place;
  kernel: Kernel;
  relu: boolean;
  /** The sum is covered: the learner computes it. */
  covered: boolean;
  onCover: (covered: boolean) => void;
  onComputed: () => void;
}

/** Distance from the right value within which an answer counts. */
const CLOSE = 0.51;

/** The window's products cell by cell, and what they add up to. */
export function Products({ place, kernel, relu, covered, onCover, onComputed }: ProductsProps) {
  const { side } = kernel;
  const rows = Array.from({ length: side }, (_, row) => place.products.slice(row * side, (row + 1) * side));
  return (
    <div class="cm-products">
      <table data-side={side}>
        <caption>창 안의 곱: 픽셀 × 가중치</caption>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((product, j) => (
                <Cell key={j} {...product} covered={covered} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {covered ? (
        <Guess place={place} divisor={kernel.divisor} relu={relu} onComputed={onComputed} />
      ) : (
        <p class="cm-equation">{sumText(place, kernel.divisor, relu)}</p>
      )}
      <Toggle label="값을 가리고 내가 계산하기" checked={covered} onChange={onCover} />
    </div>
  );
}

function Cell({ pixel, weight, product, isPadding, covered }: Product & { covered: boolean }) {
  const sign = product > 0 ? "positive" : product < 0 ? "negative" : "zero";
  return (
    <td data-sign={covered ? "zero" : sign}>
      <span class="cm-swatch" style={{ background: `rgb(${pixel} ${pixel} ${pixel})` }} aria-hidden="true" />
      <span class="cm-factors">
        {isPadding ? "패딩 0" : pixel} × {shortText(weight)}
      </span>
      <b>{covered ? "?" : shortText(product)}</b>
    </td>
  );
}

/** The learner's own sum. */
function Guess({
  place,
  divisor,
  relu,
  onComputed,
}: {
  place: Place;
  divisor: number;
  relu: boolean;
  onComputed: () => void;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const counted = place.products.filter(({ product }) => product !== 0).length;
  const judge = () => {
    // Commas part thousands, as in the products above.
    const given = Number(text.trim().replace(/[−–]/g, "-").replaceAll(",", ""));
    if (text.trim() === "" || !Number.isFinite(given)) return setSaid("수를 적어 주세요.");
    if (Math.abs(given - place.result) >= CLOSE) {
      return setSaid(`아직 아닙니다. ${hintText(divisor, relu)} 다시 보세요.`);
    }
    if (counted < 2) return setSaid("맞습니다. 곱이 둘 이상 0이 아닌 자리에서도 해 보세요.");
    setSaid(`맞습니다. ${shortText(place.result)}입니다.`);
    onComputed();
  };
  return (
    <form
      class="cm-guess"
      onSubmit={(event) => {
        event.preventDefault();
        judge();
      }}
    >
      <label for={id}>{taskText(divisor, relu)}</label>
      <input
        id={id}
        class="cm-number"
        type="text"
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button onClick={judge}>맞혀 보기</Button>
      <p role="status">{said}</p>
    </form>
  );
}

/** What is to be done with the products. */
const taskText = (divisor: number, relu: boolean): string =>
  divisor === 1
    ? relu
      ? "곱을 모두 더해 ReLU를 지나면"
      : "곱을 모두 더하면"
    : relu
      ? "곱을 모두 더해 나누고 ReLU를 지나면"
      : "곱을 모두 더해 나누면";

/** What is easily overlooked. */
const hintText = (divisor: number, relu: boolean): string =>
  `${["곱의 부호", ...(divisor === 1 ? [] : ["나누는 수"]), ...(relu ? ["ReLU"] : [])].join(", ")}를`;
