import { useRef, useState } from "preact/hooks";
import { DATASETS } from "../../data/datasets.ts";
import { SHIPPED } from "../../models/load-pictures.ts";
import { Button, Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { handwritingGoals, type Visit } from "./goals.ts";
import { Laboratory } from "./Laboratory.tsx";
import { equalWidth, parameterCount } from "./networks.ts";
import { type HandwritingState, handwritingState, PRESETS } from "./state.ts";
import "./handwriting-lab.css";
import "./results.css";

export const DATA = [
  { value: "digits", label: "숫자" },
  { value: "jamo", label: "한글 자모" },
] as const;

const NOTHING: Visit = { before: false, after: false, broken: false };

export const megabytes = (data: HandwritingState["data"]): string =>
  `${(SHIPPED[data].bytes / 1e6).toFixed(1)} MB`;

/** The pictures are two megabytes: nothing is fetched before the learner asks for it. */
export default function View({ preset = "digits" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "handwriting-lab",
    handwritingState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const [started, setStarted] = useState(false);
  const { state, set } = widget;
  if (started) {
    return <Laboratory widget={widget} place={place} onLeave={() => setStarted(false)} />;
  }
  const { train, test } = SHIPPED[state.data];
  return (
    <WidgetFrame
      widget="handwriting-lab"
      title={WIDGETS["handwriting-lab"].title}
      instruction="그림을 받으면, 같은 크기의 두 신경망을 이 기기에서 처음부터 훈련합니다."
      goals={handwritingGoals(state, undefined, NOTHING)}
      description={`손글씨를 읽는 합성곱 신경망(파라미터 ${parameterCount(state).toLocaleString("ko")}개)과 완전 연결 신경망(은닉 뉴런 ${equalWidth(state)}개)을 나란히 훈련합니다. 아직 그림을 받지 않았습니다.`}
      onReset={widget.reset}
      encodedState={() => handwritingState.encode(state)}
      notice={widget.notice}
    >
      <div class="hl" ref={place}>
        <Segmented
          label="무엇을 배울까요"
          value={state.data}
          options={DATA}
          onChange={(data) => set({ data })}
        />
        <p class="hl-hint">
          {DATASETS[state.data].name}: {DATASETS[state.data].about} 훈련 {train.toLocaleString("ko")}장, 시험{" "}
          {test.toLocaleString("ko")}장을 받습니다. {DATASETS[state.data].split.rule}
        </p>
        <div class="hl-buttons">
          <Button kind="primary" onClick={() => setStarted(true)}>
            {`그림 받기 (${megabytes(state.data)})`}
          </Button>
        </div>
      </div>
    </WidgetFrame>
  );
}
