import { CurveChart, topOf } from "../../ui/CurveChart.tsx";
import { Button, Readout, Select, Slider } from "../../ui/controls.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { useSeries } from "../../ui/use-series.ts";
import { KINDS, type TranslatorCommand, type TranslatorFrame } from "./experiment.ts";
import type { TranslatorState } from "./state.ts";
import { KIND_TITLES } from "./words.ts";

const RATES = (["0.0003", "0.001", "0.003", "0.01"] as const).map((value) => ({ value, label: value }));

export interface TrainingProps {
  lab: LabHandle<TranslatorFrame, TranslatorCommand>;
  frame: TranslatorFrame | undefined;
  state: TranslatorState;
  set: (patch: Partial<TranslatorState>) => void;
  fromScratch: boolean;
  /** Begins anew: with random weights, or with the fetched ones. */
  onBegin: (fromScratch: boolean) => void;
  canFetch: boolean;
}

/** Both networks trained on the same pairs, on and on. */
export function Training({ lab, frame, state, set, fromScratch, onBegin, canFetch }: TrainingProps) {
  return (
    <div class="nt-training">
      <p class="nt-heading">{fromScratch ? "처음부터 훈련하기" : "더 훈련하기"}</p>
      <Slider
        label="훈련에 쓸 수의 길이"
        value={state.digits}
        min={2}
        max={8}
        step={1}
        format={(digits) => `${digits}자리까지`}
        onInput={(digits) => set({ digits })}
      />
      <div class="nt-tools">
        <Button kind="primary" onClick={() => (lab.playing ? lab.pause() : lab.play())}>
          {lab.playing ? "잠시 멈춤" : "훈련 시작"}
        </Button>
        <Select label="학습률" value={state.rate} options={RATES} onChange={(rate) => set({ rate })} />
        <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("ko")} />
      </div>
      <Curves lab={lab} frameKey={frame?.key ?? ""} />
      <div class="nt-tools">
        <Button kind="quiet" onClick={() => onBegin(true)}>
          {fromScratch ? "다시 처음부터" : "다 잊고 처음부터"}
        </Button>
        {canFetch && (fromScratch || (frame?.steps ?? 0) > 0) && (
          <Button kind="quiet" onClick={() => onBegin(false)}>
            받은 번역기로 되돌리기
          </Button>
        )}
      </div>
    </div>
  );
}

/** Loss of a symbol, in nats, of both networks. */
function Curves({ lab, frameKey }: { lab: TrainingProps["lab"]; frameKey: string }) {
  const { steps, values } = useSeries(lab, frameKey, KINDS.length, (frame) =>
    frame.key === frameKey && frame.steps > 0
      ? [frame.steps, KINDS.map((kind) => frame.losses[kind])]
      : undefined,
  );
  const curves = KINDS.map((kind, i) => {
    const label = `${KIND_TITLES[kind]}: 손실 ${values[i]!.at(-1)?.toFixed(3) ?? "–"}`;
    return kind === "plain"
      ? ({ label, values: values[i]!, tone: "muted", isWide: true } as const)
      : { label, values: values[i]! };
  });
  return <CurveChart steps={steps} range={[0, topOf(0.1, ...values)]} height={90} curves={curves} />;
}
