import { Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { Grid, strengthOf } from "./Grid.tsx";
import {
  type Kind,
  maskedOf,
  mixedTerms,
  productsOf,
  productTerms,
  projectionTerms,
  softmaxShares,
  sumOf,
  unmaskedWeights,
} from "./parts.ts";
import type { HeadPart } from "./protocol.ts";
import type { AnatomyState, Step } from "./state.ts";
import { Terms } from "./Terms.tsx";
import { percent, signed } from "./text.ts";

export interface StepProps {
  part: HeadPart;
  state: AnatomyState;
  /** The token that looks, and the token that is looked at. */
  row: number;
  column: number;
  dimension: number;
  labels: readonly string[];
  set: (patch: Partial<AnatomyState>) => void;
}

const KINDS = [
  { value: "query", label: "Q 쿼리" },
  { value: "key", label: "K 키" },
  { value: "value", label: "V 값" },
] as const;
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  query: "쿼리: 무엇을 찾는가",
  key: "키: 무엇으로 찾아지는가",
  value: "값: 찾아지면 무엇을 건네는가",
};

/** Which number of a token's row is opened. */
function Dimension({ count, dimension, set }: { count: number; dimension: number; set: StepProps["set"] }) {
  return (
    <Slider
      label="몇 번째 수를 열까요"
      value={dimension + 1}
      min={1}
      max={count}
      step={1}
      format={(value) => `${value}번째`}
      onInput={(value) => set({ dimension: value - 1 })}
    />
  );
}

function PositionStep({ part, row, labels, set, state }: StepProps) {
  const { width, tokenRows, positionRows } = part;
  const of = (values: Float32Array) => values.subarray(row * width, (row + 1) * width);
  const [token, place] = [of(tokenRows), of(positionRows)];
  const sum = token.map((value, i) => value + place[i]!);
  const at = Math.min(state.dimension, width - 1);
  const most = strengthOf([...token, ...place, ...sum]);
  const strips = [
    [`‘${labels[row]}’의 임베딩`, token],
    [`${row + 1}번째 자리의 임베딩`, place],
    ["둘의 합", sum],
  ] as const;
  return (
    <>
      <p>
        토큰마다 수 {width}개가 있습니다. 몇 번째 자리인지도 수 {width}개로 적어 더합니다. 이것이 없으면
        어텐션은 차례를 모릅니다. 첫 층은 이 합을, 다음 층은 앞 층이 고쳐 놓은 것을 읽습니다.
      </p>
      {strips.map(([name, values]) => (
        <div key={name} class="aa-strip">
          <span>
            {name} <b>{signed(values[at]!)}</b>
          </span>
          <Grid
            rows={1}
            columns={width}
            flat={4}
            values={values}
            most={most}
            chosen={{ row: 0, column: at }}
            onChoose={(_, column) => set({ dimension: column })}
          />
        </div>
      ))}
      <Dimension count={width} dimension={at} set={set} />
      <p class="aa-equation">
        {signed(token[at]!)} + ({signed(place[at]!)}) = <b>{signed(sum[at]!)}</b>
      </p>
    </>
  );
}

function ProjectionStep({ part, state, row, dimension, labels, set }: StepProps) {
  const { kind } = state;
  const { count, size, width, projections } = part;
  return (
    <>
      <p>
        층이 읽는 수 {width}개를 고르게 맞춘(LayerNorm) 다음, 훈련으로 얻은 행렬 셋을 곱합니다. 이 머리에는
        토큰마다 {size}개씩의 쿼리, 키, 값이 나옵니다.
      </p>
      <Segmented label="무엇을 볼까요" value={kind} options={KINDS} onChange={(own) => set({ kind: own })} />
      <Grid
        rows={count}
        columns={size}
        values={part[kind]}
        most={strengthOf(part[kind])}
        chosen={{ row, column: dimension }}
        onChoose={(own, column) => set({ row: own, dimension: column })}
      />
      <Dimension count={size} dimension={dimension} set={set} />
      <p class="aa-heading">
        ‘{labels[row]}’의 {KIND_WORDS[kind]}, {dimension + 1}번째 수
      </p>
      <Terms
        left="읽은 수"
        right="가중치"
        terms={projectionTerms(part, kind, row, dimension)}
        bias={projections[kind].bias[dimension]!}
      />
    </>
  );
}

/** A table of all pairs of tokens. */
function Pairs({
  values,
  share,
  hidden,
  part,
  row,
  column,
  set,
}: StepProps & { values: Float32Array; share?: boolean; hidden?: boolean }) {
  return (
    <Grid
      rows={part.count}
      columns={part.count}
      values={values}
      most={share ? 1 : strengthOf(values)}
      {...(share ? { share } : {})}
      {...(hidden ? { hidden } : {})}
      chosen={{ row, column }}
      onChoose={(own, other) => set({ row: own, column: other })}
    />
  );
}

function ProductStep(props: StepProps) {
  const { part, row, column, labels } = props;
  return (
    <>
      <p>
        ‘{labels[row]}’의 쿼리와 ‘{labels[column]}’의 키를 자리끼리 곱해 모두 더합니다. 서로 잘 맞으면 큰 수가
        나옵니다.
      </p>
      <Pairs {...props} values={productsOf(part)} />
      <Terms left="쿼리" right="키" terms={productTerms(part, row, column)} />
    </>
  );
}

function ScaleStep(props: StepProps) {
  const { part, row, column } = props;
  const { size, scores, count } = part;
  return (
    <>
      <p>
        수 {size}개를 곱해 더했으므로 그만큼 커집니다. √{size} ≈ {Math.sqrt(size).toFixed(2)}로 나누어
        되돌립니다. 나누지 않으면 소프트맥스가 하나에만 몰려 기울기가 거의 0이 됩니다.
      </p>
      <Pairs {...props} values={scores} />
      <p class="aa-equation">
        {signed(sumOf(productTerms(part, row, column)))} ÷ {Math.sqrt(size).toFixed(2)} ={" "}
        <b>{signed(scores[row * count + column]!)}</b>
      </p>
    </>
  );
}

function MaskStep(props: StepProps) {
  const { part, row, column, labels } = props;
  const value = maskedOf(part)[row * part.count + column]!;
  return (
    <>
      <p>
        다음 토큰을 맞히는 일이므로, 아직 오지 않은 토큰을 보면 답을 훔쳐보는 것이 됩니다. 그래서 뒤에 오는
        토큰의 점수를 −∞로 바꿉니다.
      </p>
      <Pairs {...props} values={maskedOf(part)} hidden />
      <p class="aa-equation">
        ‘{labels[row]}’({row + 1}번째)에서 본 ‘{labels[column]}’({column + 1}번째): <b>{signed(value)}</b>
      </p>
    </>
  );
}

function SoftmaxStep(props: StepProps) {
  const { part, row, column, labels, state, set } = props;
  const shares = softmaxShares(part, row, state.masked);
  const own = shares[column]!;
  const total = shares.reduce((sum, { power }) => sum + power, 0);
  const hiddenShare = softmaxShares(part, row, false)
    .slice(row + 1)
    .reduce((sum, { share }) => sum + share, 0);
  return (
    <>
      <p>가로줄마다 소프트맥스를 하면 더해서 1이 되는 비중이 됩니다. 진할수록 많이 봅니다.</p>
      <Toggle label="마스크" checked={state.masked} onChange={(masked) => set({ masked })} />
      <Pairs
        {...props}
        share
        values={state.masked ? part.weights : unmaskedWeights(part)}
        hidden={state.masked}
      />
      <p class="aa-equation">
        e<sup>{own.power === 0 ? "−∞" : signed(own.score)}</sup> ÷ 모두의 합 = {own.power.toFixed(2)} ÷{" "}
        {total.toFixed(2)} = <b>{percent(own.share)}</b>
      </p>
      {!state.masked && row === part.count - 1 && (
        <p>
          ‘{labels[row]}’ 뒤에는 아직 토큰이 없어 마스크를 꺼도 달라지지 않습니다. 보는 토큰을 앞의 것으로
          바꾸어 보세요.
        </p>
      )}
      {!state.masked && row < part.count - 1 && (
        <p>
          이 머리에서 마스크를 끄면 ‘{labels[row]}’ 자리에서 뒤에 올 토큰에 {percent(hiddenShare)}를 나누어
          줍니다. 훈련할 때 그랬다면 다음 토큰을 보고 베끼기만 했을 것이고, 글을 쓸 때는 볼 것이 없어 쓸모가
          없습니다.
        </p>
      )}
      <ol class="aa-bars">
        {shares.slice(0, state.masked ? row + 1 : shares.length).map(({ at, share }) => (
          <li key={at}>
            <span>{labels[at]}</span>
            <span class="aa-bar" aria-hidden="true">
              <span style={{ inlineSize: `${100 * share}%` }} />
            </span>
            <span class="aa-number">{percent(share)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function SumStep({ part, row, dimension, labels, set }: StepProps) {
  const { count, size, mixed, width } = part;
  return (
    <>
      <p>
        비중대로 값을 섞습니다. 그 결과 {size}개가 ‘{labels[row]}’의 자리에 담깁니다. 머리마다 나온 것을 이어
        붙이고 행렬을 한 번 더 곱해, 원래의 수 {width}개에 <b>더합니다</b>. 이것이 잔차 연결입니다.
      </p>
      <Grid
        rows={count}
        columns={size}
        values={mixed}
        most={strengthOf(mixed)}
        chosen={{ row, column: dimension }}
        onChoose={(own, column) => set({ row: own, dimension: column })}
      />
      <Dimension count={size} dimension={dimension} set={set} />
      <Terms
        left="비중"
        right="값"
        terms={mixedTerms(part, row, dimension).slice(0, row + 1)}
        labels={labels}
      />
    </>
  );
}

type Body = (props: StepProps) => preact.JSX.Element;

const BODIES: Readonly<Record<Exclude<Step, "next">, Body>> = {
  position: PositionStep,
  projection: ProjectionStep,
  product: ProductStep,
  scale: ScaleStep,
  mask: MaskStep,
  softmax: SoftmaxStep,
  sum: SumStep,
};

/** One step of the head's computation, opened at the chosen cell. */
export function StepBody({ step, ...props }: StepProps & { step: Exclude<Step, "next"> }) {
  const Shown = BODIES[step];
  return <Shown {...props} />;
}
