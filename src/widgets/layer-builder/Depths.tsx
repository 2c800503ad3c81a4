import { Segmented } from "../../ui/controls.tsx";
import { type CountedAs, type DepthRow, depthRows } from "./depth.ts";
import { withCounter } from "./shapes.ts";
import "./depths.css";

const COUNTINGS = [
  { value: "weights", label: "가중치가 있는 층" },
  { value: "all", label: "계산하는 층 모두" },
  { value: "paper", label: "논문이 센 대로" },
] as const;

const EXPLAINED: Readonly<Record<CountedAs, string>> = {
  weights: "값이 차례로 지나는 가중치의 층을 셉니다. 지름길은 세지 않고, 트랜스포머 블록 하나는 4층입니다.",
  all: "활성화 함수, 풀링, 정규화까지 셉니다. 펼치기와 드롭아웃은 답할 때 계산하지 않으므로 뺍니다.",
  paper: "논문마다 세는 것이 다릅니다. LeNet-5는 풀링까지, GPT는 블록을 셉니다.",
};

interface DepthsProps {
  counted: CountedAs;
  onCounted: (counted: CountedAs) => void;
  /** The learner's own network by this counting; `undefined` where it is broken. */
  own: DepthRow | undefined;
}

/** How deep the networks of the literature are, and one's own among them; the bars are logarithmic. */
export function Depths({ counted, onCounted, own }: DepthsProps) {
  const rows = [...depthRows(counted), ...(own ? [own] : [])].sort((a, b) => a.depth - b.depth);
  const most = Math.log2(1 + Math.max(...rows.map(({ depth }) => depth)));
  return (
    <section class="lb-depths" aria-label="몇 층부터 깊은가">
      <p class="lb-heading">몇 층부터 깊은가</p>
      <Segmented label="무엇을 셀까" value={counted} options={COUNTINGS} onChange={onCounted} />
      <p class="lb-hint">{EXPLAINED[counted]} 막대는 로그 눈금입니다.</p>
      <ul class="lb-depth-rows">
        {rows.map(({ id, name, year, depth, parameters }) => (
          <li key={id} data-own={own?.id === id ? "" : undefined}>
            <span class="lb-depth-name">
              {name} {year !== undefined && <small>{year}</small>}
            </span>
            <span class="lb-depth-bar" aria-hidden="true">
              <span style={{ inlineSize: `${(100 * Math.log2(1 + depth)) / most}%` }} />
            </span>
            <span class="lb-depth-value">
              {depth.toLocaleString("ko")}층 <small>파라미터 {withCounter(parameters, "개")}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
