import { josa } from "es-hangul";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Readout } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { Answer } from "./Answer.tsx";
import { derive } from "./derive.ts";
import { inputOf } from "./inputs.ts";
import { roundOf } from "./limits.ts";
import { withCounter } from "./shapes.ts";
import { taskFor } from "./small-data.ts";
import type { BuilderState } from "./state.ts";
import type { TrialConfig, TrialFrame, TrialLive } from "./trial.ts";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const SEED = 1;

export interface TrialPanelProps {
  /** The network as it was when the trial was asked for. */
  state: BuilderState;
  train: boolean;
  onFrame: (frame: TrialFrame) => void;
  /** One sentence for those who cannot see it. */
  onSay: (sentence: string) => void;
  onClose: () => void;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const milliseconds = (time: number) =>
  time >= 1000
    ? `${(time / 1000).toLocaleString("ko", { maximumFractionDigits: 2 })}초`
    : `${time.toLocaleString("ko", { maximumFractionDigits: time < 10 ? 2 : 0 })} ms`;

/** A network being tried: how long it takes, what it answers, how it learns. */
export function TrialPanel({ state, train, onFrame, onSay, onClose }: TrialPanelProps) {
  const place = useRef<HTMLElement>(null);
  const input = inputOf(state.input).shape;
  const round = roundOf(input);
  const [limit, setLimit] = useState(round);
  const lab = useLab<TrialConfig, TrialLive, TrialFrame>({
    startWorker,
    configKey: "trial",
    config: () => ({ input, layers: state.layers, train, seed: SEED }),
    live: { limit },
    pace: "full",
    checkpoint: (before) => before,
    place,
  });
  const { frame, failure } = lab;
  const steps = frame?.training?.steps ?? 0;
  useEffect(() => {
    if (train) lab.play();
  }, []);
  useEffect(() => {
    if (steps >= limit) lab.pause();
  }, [steps, limit]);
  useEffect(() => {
    if (frame) onFrame(frame);
  }, [frame]);
  const finished = steps >= limit ? frame?.training : undefined;
  const sentence = failure
    ? ""
    : finished
      ? `${finished.steps.toLocaleString("ko")}걸음을 훈련했습니다. 시험 정확도 ${percent(finished.accuracy)}`
      : frame && !train
        ? `한 장 계산에 ${milliseconds(frame.forwardTime)} 걸렸습니다.`
        : "";
  useEffect(() => {
    if (sentence !== "") onSay(sentence);
  }, [sentence]);
  const { products } = derive(input, state.layers).totals;

  return (
    <section class="lb-trial" ref={place} aria-label="만들어 돌리기">
      {failure !== undefined && <p class="lb-problem">{failure}</p>}
      {lab.divergence && (
        <p class="lb-problem">
          {lab.divergence.step.toLocaleString("ko")}걸음에서 값이 무한대가 되어 멈췄습니다. 처음 넘친 곳:{" "}
          {lab.divergence.node}
        </p>
      )}
      {!frame ? (
        failure === undefined && (
          <p class="lb-hint">신경망을 만들고 있습니다. 가중치가 많으면 몇 초 걸립니다.</p>
        )
      ) : (
        <>
          <Times frame={frame} products={products} />
          {frame.training && <Training frame={frame} limit={limit} title={taskFor(input).title} />}
          <Answer state={state} frame={frame} />
        </>
      )}
      <div class="lb-buttons">
        {train && frame && (
          <Button
            onClick={() => {
              if (lab.playing) lab.pause();
              else {
                if (steps >= limit) setLimit(limit + round);
                lab.play();
              }
            }}
          >
            {lab.playing ? "멈춤" : steps >= limit ? `${round.toLocaleString("ko")}걸음 더` : "이어서 훈련"}
          </Button>
        )}
        <Button kind="quiet" onClick={onClose}>
          닫기
        </Button>
      </div>
    </section>
  );
}

function Times({ frame, products }: { frame: TrialFrame; products: number }) {
  const rate = (1000 * products) / frame.forwardTime;
  const backend = frame.backend === "interpreter" ? "해석기" : "WebAssembly";
  return (
    <>
      <div class="lb-readouts">
        <Readout label="만드는 데" value={milliseconds(frame.buildTime)} />
        <Readout label="무작위 가중치" value={milliseconds(frame.beginTime)} />
        <Readout label="한 장 계산" value={milliseconds(frame.forwardTime)} />
        <Readout label="1초에 곱셈" value={withCounter(Math.round(rate), "번")} />
      </div>
      <p class="lb-hint">
        이 기기의 작업자에서 {josa(backend, "으로/로")} 잰 시간입니다. 실제로 만든 파라미터는{" "}
        {withCounter(frame.parameters, "개")}입니다.
      </p>
    </>
  );
}

function Training({ frame, limit, title }: { frame: TrialFrame; limit: number; title: string }) {
  const report = frame.training!;
  return (
    <>
      <p class="lb-progress">
        <progress max={limit} value={Math.min(limit, report.steps)} aria-label="훈련한 걸음" />
      </p>
      <div class="lb-readouts">
        <Readout
          label="걸음"
          value={`${report.steps.toLocaleString("ko")} / ${limit.toLocaleString("ko")}`}
        />
        <Readout label="한 걸음" value={milliseconds(report.stepTime)} />
        <Readout label="손실" value={report.steps > 0 ? report.loss.toFixed(3) : "–"} />
        <Readout label="시험 정확도" value={report.steps > 0 ? percent(report.accuracy) : "–"} />
      </div>
      <p class="lb-hint">
        {title} {report.trainCount.toLocaleString("ko")}개로 훈련하고, 따로 둔{" "}
        {report.testCount.toLocaleString("ko")}
        개로 시험합니다.
      </p>
    </>
  );
}
