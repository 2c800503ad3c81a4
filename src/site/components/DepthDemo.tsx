import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Segmented } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { LayerPicture } from "../../widgets/depth-playground/NeuronPicture.tsx";
import {
  configOf,
  type EditCommand,
  type PlaygroundConfig,
  type PlaygroundFrame,
  type PlaygroundLive,
  parameterCount,
  pointsOf,
  widthsOf,
} from "../../widgets/depth-playground/network.ts";
import { Points, SIDE } from "../../widgets/depth-playground/Points.tsx";
import { type PlaygroundState, playgroundState } from "../../widgets/depth-playground/state.ts";
import "./depth-demo.css";

const DEPTHS = ["0", "1", "2", "3"] as const;
type Depth = (typeof DEPTHS)[number];

/** Neurons of each hidden layer. */
const WIDTH = 8;
/** Training steps a second: slow enough to watch the boundary take shape. */
const PACE = 500;
/** By then the networks that can have found the spiral. */
const LAST_STEP = 6000;

const stateOf = (depth: Depth): PlaygroundState => ({
  ...playgroundState.defaults,
  data: "spiral",
  hidden: Array.from({ length: Number(depth) }, () => WIDTH),
  activation: "relu",
  loss: "bce",
  optimizer: "adam",
  rate: "0.01",
});

const startWorker = () =>
  new Worker(new URL("../../widgets/depth-playground/worker.ts", import.meta.url), { type: "module" });

/** The course's question, alive on its first page: how deep must a network be for the spiral? */
export default function DepthDemo() {
  const place = useRef<HTMLDivElement>(null);
  const [depth, setDepth] = useState<Depth>("1");
  const [results, setResults] = useState<Partial<Record<Depth, number>>>({});
  const state = stateOf(depth);
  const lab = useLab<PlaygroundConfig, PlaygroundLive, PlaygroundFrame, EditCommand>({
    startWorker,
    configKey: depth,
    config: () => configOf(state),
    live: { learningRate: Number(state.rate), regularizationRate: 0, gradients: false },
    pace: PACE,
    checkpoint: (config, frame) => ({ ...config, parameters: frame.parameters, steps: frame.steps }),
    place,
  });
  const widths = widthsOf(state);
  // A frame of the network before is not this one's.
  const frame = lab.frame?.parameters.length === parameterCount(widths) ? lab.frame : undefined;
  const over = frame !== undefined && frame.steps >= LAST_STEP;
  useEffect(() => {
    if (over) lab.pause();
  }, [over]);
  useEffect(() => {
    if (frame?.testAccuracy === undefined || frame.steps === 0) return;
    setResults((before) => ({ ...before, [depth]: frame.testAccuracy }));
  }, [frame, depth]);

  return (
    <section class="depth-demo" aria-label="은닉층 수와 나선">
      <div class="depth-demo-plane" ref={place}>
        <LayerPicture lab={lab} choice={{ layer: widths.length - 1, index: 0 }} width={1} logit />
        <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label="나선 두 가닥을 이루는 파란 점과 주황 점">
          <Points points={pointsOf(state).train} />
        </svg>
      </div>
      <div class="depth-demo-side">
        <p class="depth-demo-question">두 나선을 가르려면 은닉층이 몇 개 있어야 할까요?</p>
        <Segmented
          label="은닉층 수"
          value={depth}
          options={DEPTHS.map((value) => ({ value, label: value }))}
          onChange={setDepth}
        />
        <Button kind="primary" disabled={over} onClick={() => (lab.playing ? lab.pause() : lab.play())}>
          {lab.playing ? "멈춤" : over ? "훈련이 끝났습니다" : "훈련 시작"}
        </Button>
        <p class="depth-demo-steps">
          {(frame?.steps ?? 0).toLocaleString("ko")}걸음 · 파라미터 {parameterCount(widths)}개
        </p>
        <Results results={results} current={depth} />
        {lab.failure && <p role="alert">{lab.failure}</p>}
      </div>
      <p class="visually-hidden" role="status">
        {over && `은닉층 ${depth}개: 시험 정확도 ${percent(frame.testAccuracy)}`}
      </p>
    </section>
  );
}

/** The test accuracy each depth has come to. */
function Results({ results, current }: { results: Partial<Record<Depth, number>>; current: Depth }) {
  return (
    <dl class="depth-demo-results">
      {DEPTHS.map((depth) => (
        <div key={depth} data-current={depth === current ? "" : undefined}>
          <dt>은닉층 {depth}개</dt>
          <dd>
            <span class="depth-demo-bar" style={{ inlineSize: `${(results[depth] ?? 0) * 100}%` }} />
            <span class="depth-demo-value">{percent(results[depth])}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const percent = (share: number | undefined) => (share === undefined ? "–" : `${Math.round(share * 100)}%`);
