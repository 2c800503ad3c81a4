import { Button, Readout, Select, Slider, Toggle } from "../../ui/controls.tsx";
import type { LabHandle } from "../../ui/use-lab.ts";
import { Curves } from "./Curves.tsx";
import { type ForgerCommand, type ForgerFrame, JUDGED, SHOWN, type TrainView } from "./experiment.ts";
import { Film } from "./Film.tsx";
import { Pictures } from "./Opinion.tsx";
import { type ForgerState, RATE_OPTIONS } from "./state.ts";
import { countText, percent, trainText } from "./text.ts";
import "./training.css";

export interface TrainProps {
  state: ForgerState;
  lab: LabHandle<ForgerFrame, ForgerCommand>;
  frame: ForgerFrame | undefined;
  /** Changes when the networks begin anew. */
  network: string;
  onCheckpoint: () => void;
  onFresh: () => void;
  set: (patch: Partial<ForgerState>) => void;
}

/** Training goes on from the shipped weights, or from none. */
export function Train({ state, lab, frame, network, onCheckpoint, onFresh, set }: TrainProps) {
  const view = frame?.train;
  const rounds = frame?.rounds ?? 0;
  return (
    <div class="fd-train">
      <div class="fd-buttons">
        <Button kind="primary" onClick={() => (lab.playing ? lab.pause() : lab.play())}>
          {lab.playing ? "잠시 멈춤" : "훈련 이어 가기"}
        </Button>
        <Button onClick={onCheckpoint}>체크포인트로</Button>
        <Button onClick={onFresh}>처음부터</Button>
      </div>
      <div class="fd-readouts">
        <Readout label="판" value={countText(rounds)} />
        <Readout label="알아볼 수 있는 그림" value={view ? percent(view.tally.recognised) : "–"} />
        <Readout label="만드는 숫자" value={view ? `${view.tally.digits}/10` : "–"} />
        <Readout label="감별사: 진짜" value={view ? percent(view.judged.real) : "–"} />
        <Readout label="감별사: 가짜" value={view ? percent(view.judged.fake) : "–"} />
      </div>
      <p class="fd-verdict">{trainText(rounds, view)}</p>
      <div class="fd-train-columns">
        <div>
          {view && (
            <Pictures values={view.samples} count={SHOWN} label="같은 잡음 스무 개로 지금 그린 그림" />
          )}
          {view && <Counts view={view} />}
        </div>
        <div>
          <Curves lab={lab} network={network} />
          <Film lab={lab} network={network} />
        </div>
      </div>
      <Balance state={state} set={set} />
      <p class="fd-note">
        체크포인트는 미리 훈련해 둔 가중치입니다. 최적화 방법(Adam)이 기억하던 평균은 저장하지 않았고, 여기서
        켠 벌점(무게 1)은 마지막 훈련 때보다 셉니다. 그래서 처음 몇 걸음은 조금 흔들릴 수 있습니다.
        ‘처음부터’는 가중치를 새로 뽑습니다. 무너진 뒤에 체크포인트로 돌아오면 처음 상태 그대로입니다.
      </p>
    </div>
  );
}

/** How many of the pictures are read as each digit. */
function Counts({ view }: { view: TrainView }) {
  const { counts } = view.tally;
  const most = Math.max(1, ...counts);
  return (
    <figure class="fd-counts">
      <ol aria-label="숫자마다 읽힌 그림 수" start={0}>
        {counts.map((count, digit) => (
          <li key={`digit ${digit}`}>
            <span class="fd-bar" aria-hidden="true">
              <span style={{ blockSize: `${(100 * count) / most}%` }} />
            </span>
            <span>{digit}</span>
            <span class="fd-count">{count}</span>
          </li>
        ))}
      </ol>
      <figcaption>
        같은 잡음 {JUDGED}개로 그린 그림을 숫자 인식 신경망이 90% 이상의 확률로 읽은 결과. 고름{" "}
        {percent(view.tally.evenness)}, 그림 사이의 차이 {percent(view.variety)} (진짜를 100%로)
      </figcaption>
    </figure>
  );
}

function Balance({ state, set }: Pick<TrainProps, "state" | "set">) {
  return (
    <div class="fd-balance">
      <fieldset>
        <legend>위조범 (생성자)</legend>
        <Select
          label="위조범의 학습률"
          value={state.generatorRate}
          options={RATE_OPTIONS}
          onChange={(generatorRate) => set({ generatorRate })}
        />
        <Slider
          label="한 판에 위조범 걸음"
          value={state.generatorSteps}
          min={1}
          max={8}
          step={1}
          onInput={(generatorSteps) => set({ generatorSteps })}
        />
      </fieldset>
      <fieldset>
        <legend>감별사 (판별자)</legend>
        <Select
          label="감별사의 학습률"
          value={state.discriminatorRate}
          options={RATE_OPTIONS}
          onChange={(discriminatorRate) => set({ discriminatorRate })}
        />
        <Slider
          label="한 판에 감별사 걸음"
          value={state.discriminatorSteps}
          min={1}
          max={8}
          step={1}
          onInput={(discriminatorSteps) => set({ discriminatorSteps })}
        />
      </fieldset>
      <Toggle
        label="기울기 벌점: 감별사가 너무 가팔라지지 않게"
        checked={state.penalty}
        onChange={(penalty) => set({ penalty })}
      />
    </div>
  );
}
