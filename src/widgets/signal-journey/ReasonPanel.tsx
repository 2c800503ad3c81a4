import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import type { Chosen, JourneyFrame, Reason, ReasonSource } from "./journey.ts";
import { Shares } from "./Shares.tsx";
import { lookOf, nameOf, signed } from "./stages.ts";

export interface ReasonPanelProps {
  frame: JourneyFrame;
  reason: Reason | undefined;
  /** Goes to a source; that counts as following the way back. */
  onFollow: (chosen: Chosen) => void;
  onClose: () => void;
}

/** How many of the sources are written out. */
const WRITTEN = 4;

const part = ({ value, weight }: ReasonSource) => value * weight;

/** Where the chosen number comes from, with the numbers put in. */
export function ReasonPanel({ frame, reason, onFollow, onClose }: ReasonPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const followed = useRef(false);
  // The button that was pressed has gone with the number it belonged to: the keyboard goes on here.
  useEffect(() => {
    if (followed.current) panel.current?.focus({ preventScroll: true });
    followed.current = false;
  }, [reason?.stage, reason?.index]);
  const stage = reason && frame.stages[reason.stage];
  return (
    <section
      ref={panel}
      class="sj-reason"
      data-empty={reason ? undefined : ""}
      tabIndex={-1}
      aria-label="어디서 왔나"
    >
      {reason && stage ? (
        <>
          <div class="sj-reason-title">
            <p>
              {nameOf(frame, stage, reason.index)} = <strong>{signed(reason.value, 3)}</strong>
            </p>
            <Button kind="quiet" label="어디서 왔나 닫기" onClick={onClose}>
              닫기
            </Button>
          </div>
          <Body
            frame={frame}
            reason={reason}
            onFollow={(chosen) => {
              followed.current = true;
              onFollow(chosen);
            }}
          />
        </>
      ) : (
        <p class="sj-hint">층의 숫자를 하나 눌러 보세요. 그 숫자가 어디서 왔는지 계산을 보여 줍니다.</p>
      )}
    </section>
  );
}

interface BodyProps {
  frame: JourneyFrame;
  reason: Reason;
  onFollow: (chosen: Chosen) => void;
}

function Body(props: BodyProps) {
  const { frame, reason } = props;
  switch (reason.kind) {
    case "given":
      return <p>{givenText(frame, reason)}</p>;
    case "row":
      return <Row {...props} />;
    case "softmax":
      return <Softmax {...props} />;
    case "largest":
      return <Largest {...props} />;
    case "sum":
      return <Sum {...props} />;
  }
}

function givenText({ kind, tokens }: JourneyFrame, { index, value }: Reason): string {
  if (kind === "picture") return "신경망이 받은 값입니다. 0은 빈 종이, 1은 가장 짙은 먹입니다.";
  if (kind === "sound")
    return "신경망이 받은 값입니다. 0은 공기가 가만히 있을 때이고, 전체의 크기를 1에 맞추었습니다.";
  if (value === 0)
    return `‘${tokens[index]?.text ?? ""}’는 훈련할 때 본 적이 없는 조각이라 0번(모름)이 됩니다.`;
  return "신경망이 받은 번호입니다. 사전에서 몇 번째 조각인지를 나타낼 뿐, 크기에는 뜻이 없습니다.";
}

function Row({ frame, reason, onFollow }: BodyProps) {
  const source = reason.sources[0]!;
  return (
    <>
      <p>
        임베딩 표의 {source.value}번 줄에서 꺼낸 수입니다. 계산한 것이 아니라 훈련이 정해 둔 파라미터입니다.
      </p>
      <Follow {...{ frame, reason, source, onFollow }}>번호는 {source.value}</Follow>
    </>
  );
}

function Softmax({ frame, reason, onFollow }: BodyProps) {
  const own = reason.sources.find(({ index }) => index === reason.index) ?? reason.sources[0]!;
  const powers = reason.sources.map(({ value }) => Math.exp(value));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return (
    <>
      <p class="sj-formula">
        e<sup>{signed(own.value)}</sup> ÷ ({reason.sources.length}개의 합) = {size(Math.exp(own.value))} ÷{" "}
        {size(total)} = <strong>{reason.value.toFixed(3)}</strong>
      </p>
      <Follow {...{ frame, reason, source: own, onFollow }}>로짓은 {signed(own.value)}</Follow>
    </>
  );
}

/** Powers of e grow fast: four figures, or a power of ten. */
const size = (value: number) =>
  value >= 1e5 || value < 1e-3 ? value.toExponential(2) : Number(value.toPrecision(4));

function Largest({ frame, reason, onFollow }: BodyProps) {
  const source = reason.sources.reduce((most, next) => (next.value > most.value ? next : most));
  return (
    <>
      <p>{reason.sources.map(({ value }) => signed(value)).join(", ")} 가운데 가장 큰 수입니다.</p>
      <Follow {...{ frame, reason, source, onFollow }}>가장 큰 {signed(source.value)}</Follow>
    </>
  );
}

function Sum({ frame, reason, onFollow }: BodyProps) {
  const { sources, bias, activation } = reason;
  const ordered = sources
    .filter((source) => part(source) !== 0)
    .sort((a, b) => Math.abs(part(b)) - Math.abs(part(a)));
  const written = ordered.slice(0, WRITTEN);
  const rest = ordered.slice(WRITTEN);
  const total = activation?.before ?? reason.value;
  const isMean = sources.every(({ weight }) => weight === sources[0]!.weight || weight === 0) && bias === 0;
  return (
    <>
      <Shares {...{ frame, reason }} />
      <ul class="sj-parts">
        {written.map((source) => (
          <li key={source.index}>
            <Follow {...{ frame, reason, source, onFollow }}>
              {signed(source.value)} × {signed(source.weight)} = <b>{signed(part(source), 2, true)}</b>
            </Follow>
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            나머지 {rest.length}개의 합{" "}
            <b>
              {signed(
                rest.reduce((sum, source) => sum + part(source), 0),
                2,
                true,
              )}
            </b>
          </li>
        )}
        {!isMean && (
          <li>
            편향 <b>{signed(bias, 2, true)}</b>
          </li>
        )}
      </ul>
      <p class="sj-formula">
        {isMean ? "평균" : "모두 더하면"} <strong>{signed(total, 3)}</strong>
        {activation && (
          <>
            {" → "}렐루 max(0, {signed(total)}) = <strong>{signed(reason.value, 3)}</strong>
          </>
        )}
      </p>
    </>
  );
}

interface FollowProps extends BodyProps {
  source: ReasonSource;
  children: preact.ComponentChildren;
}

/** Goes to a source. */
function Follow({ frame, reason, source, onFollow, children }: FollowProps) {
  const stage = frame.stages[reason.sourceStage];
  if (!stage) return <span>{children}</span>;
  return (
    <div class="sj-follow">
      <Button onClick={() => onFollow({ stage: reason.sourceStage, index: source.index })}>
        {nameOf(frame, stage, source.index)}
      </Button>
      <span>{children}</span>
    </div>
  );
}

/** The panel in one sentence, for the description. */
export function reasonText(frame: JourneyFrame, reason: Reason | undefined): string {
  const stage = reason && frame.stages[reason.stage];
  if (!stage) return "";
  const { title } = lookOf(frame.kind, stage.id);
  return `고른 수는 ${title} 층의 ${nameOf(frame, stage, reason.index)}이고 값은 ${signed(reason.value, 3)}입니다.`;
}
