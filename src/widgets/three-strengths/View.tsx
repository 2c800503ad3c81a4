import { useRef } from "preact/hooks";
import { Button, Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Chart } from "./Chart.tsx";
import type { LearnerId } from "./experiment.ts";
import { Features } from "./Features.tsx";
import { strengthsGoals } from "./goals.ts";
import { DOWNLOAD_BYTES } from "./protocol.ts";
import { curveOf, dataText, dimensionsText, featuresText } from "./results.ts";
import { SIDES, SIZES, STRENGTHS, strengthsState } from "./state.ts";
import { type Measurement, useMeasurement } from "./use-measurement.ts";
import "./three-strengths.css";

const TEXTS = { features: featuresText, dimensions: dimensionsText, data: dataText } as const;

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const strength = STRENGTHS.find((each) => each === preset) ?? "features";
  const widget = useWidgetState("three-strengths", strengthsState, { strength }, place);
  const { state, set } = widget;
  const lab = useMeasurement();
  const busy = lab.running !== undefined;
  const text = TEXTS[state.strength](lab.cells);
  return (
    <WidgetFrame
      widget="three-strengths"
      title={WIDGETS["three-strengths"].title}
      instruction="한글 자모 24가지를 알아보는 일로 장점 셋을 잽니다. 훈련은 모두 이 기기에서 합니다."
      goals={strengthsGoals(lab.cells)}
      description={`한글 자모 그림으로 세 가지를 잽니다. 사람이 정한 특징과 신경망이 찾은 특징, 입력이 늘어날 때의 정확도, 훈련 그림이 늘어날 때의 정확도입니다. ${text}`}
      onReset={() => {
        lab.clear();
        widget.reset();
      }}
      encodedState={() => strengthsState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={busy ? "재고 있습니다." : text}
    >
      <div class="ts" ref={place}>
        <Segmented
          label="무엇을 잴까요"
          value={state.strength}
          options={[
            { value: "features", label: "특징 추출의 자동화" },
            { value: "dimensions", label: "고차원 문제" },
            { value: "data", label: "빅데이터" },
          ]}
          onChange={(next) => set({ strength: next })}
        />
        <Progress lab={lab} />
        {state.strength === "features" && (
          <Features
            chosen={state.features}
            onChosen={(features) => set({ features })}
            cells={lab.cells}
            busy={busy}
            onHandMade={() => lab.start({ kind: "hand-made", features: state.features, seed: state.seed })}
            onLearned={() => lab.start({ kind: "learned", seed: state.seed })}
          />
        )}
        {state.strength === "dimensions" && (
          <Curves
            about={`같은 글자를 더 넓은 빈 종이의 아무 곳에나 놓습니다. 종이가 ${SIDES.map((side) => `${side}×${side}`).join(", ")}이면 입력은 ${SIDES.map((side) => side ** 2).join(", ")}개입니다. 글자는 그대로이고 볼 곳만 늘어납니다.`}
            action="넓은 종이로 재기"
            label="입력의 수에 따른 정확도"
            kind="dimensions"
            places={SIDES.map((side) => `${side ** 2}개`)}
            learners={["nearest", "pixels", "network"]}
            lab={lab}
            seed={state.seed}
          />
        )}
        {state.strength === "data" && (
          <Curves
            about="사람이 정한 특징 여섯 묶음을 모두 쓰는 쪽과 합성곱 신경망에게, 같은 훈련 그림을 조금씩 더 줍니다."
            action="그림을 늘리며 재기"
            label="훈련 그림의 수에 따른 정확도"
            kind="data"
            places={SIZES.map((size) => `${size.toLocaleString("ko")}장`)}
            learners={["hand-made", "network"]}
            lab={lab}
            seed={state.seed}
          />
        )}
      </div>
    </WidgetFrame>
  );
}

function Progress({ lab }: { lab: Measurement }) {
  const { running, progress } = lab;
  return (
    <div class="ts-progress">
      <progress max={1} value={progress?.share ?? 0} aria-label="잰 몫" />
      <p class="ts-hint">
        {running === undefined
          ? `처음 한 번 자모 그림 ${Math.round(DOWNLOAD_BYTES / 1000)} kB를 받습니다. 훈련 그림과 시험 그림은 글꼴이 서로 다릅니다.`
          : progress?.what === "download"
            ? "자모 그림을 받고 있습니다."
            : "훈련하며 재고 있습니다."}
      </p>
      <Button disabled={running === undefined} onClick={lab.stop}>
        멈춤
      </Button>
    </div>
  );
}

interface CurvesProps {
  about: string;
  action: string;
  label: string;
  kind: "dimensions" | "data";
  places: readonly string[];
  learners: readonly LearnerId[];
  lab: Measurement;
  seed: number;
}

function Curves({ about, action, label, kind, places, learners, lab, seed }: CurvesProps) {
  return (
    <div class="ts-part">
      <p>{about}</p>
      <Button kind="primary" disabled={lab.running !== undefined} onClick={() => lab.start({ kind, seed })}>
        {action}
      </Button>
      <Chart
        label={label}
        least={kind === "data" ? 0.8 : 0}
        places={places}
        lines={learners.map((learner) => ({ learner, accuracies: curveOf(lab.cells, kind, learner) }))}
      />
      <p>{TEXTS[kind](lab.cells)}</p>
    </div>
  );
}
