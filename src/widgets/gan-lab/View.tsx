import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Readout, Segmented } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curves } from "./Curves.tsx";
import type { Layers } from "./draw.ts";
import {
  configOf,
  type GanCommand,
  type GanConfig,
  type GanFrame,
  type GanLive,
  liveOf,
  realPoints,
} from "./experiment.ts";
import { follow, ganGoals, NO_PAST } from "./goals.ts";
import { SAMPLES } from "./network.ts";
import { Plane } from "./Plane.tsx";
import { PRESETS, type PresetName } from "./presets.ts";
import { Balance, Settings } from "./Settings.tsx";
import { SlowMotion } from "./SlowMotion.tsx";
import { discriminatorAccuracy, isCritic } from "./scores.ts";
import { type GanState, ganState, PACES } from "./state.ts";
import {
  DATA_OPTIONS,
  distanceText,
  divergenceText,
  rounds,
  SCENES,
  SLOW_STEPS,
  verdictText,
} from "./text.ts";
import "./gan-lab.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

const WHO = [
  { value: "both", label: "둘 다" },
  { value: "discriminator", label: "판별자만" },
  { value: "generator", label: "생성자만" },
] as const;
const PACE_OPTIONS = [
  { value: "slow", label: "느리게" },
  { value: "normal", label: "보통" },
  { value: "full", label: "최고" },
] as const;

/** What changes neither network: training goes on from the same weights when only the data or the loss change. */
const structureOf = ({ data: _data, own: _own, objective: _objective, ...structure }: GanConfig) =>
  JSON.stringify(structure);

export default function View({ preset = "first" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("gan-lab", ganState, PRESETS[preset as PresetName] ?? {}, place);
  const { state, set } = widget;
  const [attempt, setAttempt] = useState(0);
  const [scene, setScene] = useState<number>();
  const config = configOf(state);
  const network = `${structureOf(config)} ${attempt}`;
  const built = useRef(network);
  const lab = useLab<GanConfig, GanLive, GanFrame, GanCommand>({
    startWorker,
    configKey: `${JSON.stringify(config)} ${attempt}`,
    config: (last) => {
      const same = built.current === network;
      built.current = network;
      return same && last ? { ...config, memory: last.memory, rounds: last.rounds } : config;
    },
    live: liveOf(state),
    pace: PACES[state.pace],
    checkpoint: (before, { memory, rounds: made }) => ({ ...before, memory, rounds: made }),
    place,
  });
  const { frame } = lab;
  const past = useRef({ network: "", until: NO_PAST });
  if (past.current.network !== network) past.current = { network, until: NO_PAST };
  if (frame) past.current.until = follow(past.current.until, state, frame);
  const real = useMemo(
    () => realPoints(config, SAMPLES, config.seed),
    [config.data, JSON.stringify(config.own), config.seed],
  );
  const layers = useMemo(
    () => layersOf(state, scene),
    [state.showMap, state.showArrows, state.showManifold, scene],
  );
  const empty = state.data === "own" && state.own.length === 0;
  const verdict = empty
    ? "평면에 점을 찍거나 그려 주세요. 그 점들이 진짜 데이터가 됩니다."
    : verdictText(state, frame);

  const restart = () => {
    setScene(undefined);
    setAttempt(attempt + 1);
  };
  const nextScene = () => {
    const next = scene === undefined ? 0 : (scene + 1) % SCENES.length;
    if (next === 3) lab.command({ train: "discriminator", steps: SLOW_STEPS });
    if (next === 5) lab.command({ train: "generator", steps: SLOW_STEPS });
    setScene(next);
  };
  useEffect(() => {
    if (lab.playing) setScene(undefined);
  }, [lab.playing]);

  return (
    <WidgetFrame
      widget="gan-lab"
      title={WIDGETS["gan-lab"].title}
      instruction="훈련 시작을 누르세요. 세모(가짜)가 동그라미(진짜)를 흉내 냅니다."
      goals={ganGoals(state, frame, past.current.until)}
      description={`평면에 진짜 점(동그라미)과 생성자가 만든 가짜 점(세모)이 있습니다. 바탕색은 판별자의 답입니다. 청록은 진짜, 자홍은 가짜라고 보는 자리입니다. ${verdict}`}
      onReset={() => {
        lab.pause();
        widget.reset();
        restart();
      }}
      encodedState={() => ganState.encode(state)}
      notice={widget.notice ?? lab.failure ?? (lab.divergence && divergenceText(lab.divergence))}
      announcement={
        scene === undefined ? (lab.playing ? "훈련하고 있습니다." : verdict) : SCENES[scene]!.title
      }
    >
      <div class="gan" ref={place}>
        <Segmented
          label="진짜 데이터"
          value={state.data}
          options={DATA_OPTIONS}
          onChange={(data) => {
            setScene(undefined);
            set({ data });
          }}
        />
        <div class="gan-stage">
          <div class="gan-left">
            <Plane lab={lab} state={state} real={empty ? NOTHING : real} layers={layers} set={set} />
            <ul class="gan-legend">
              <li class="gan-legend-real">진짜</li>
              <li class="gan-legend-fake">가짜</li>
              <li class="gan-legend-map">바탕: 판별자의 답</li>
            </ul>
          </div>
          <div class="gan-right">
            <div class="gan-buttons">
              <Button
                kind="primary"
                disabled={empty}
                onClick={() => (lab.playing ? lab.pause() : lab.play())}
              >
                {lab.playing ? "잠시 멈춤" : "훈련 시작"}
              </Button>
              <Button
                disabled={empty}
                onClick={() => {
                  lab.pause();
                  nextScene();
                }}
              >
                천천히 한 판
              </Button>
              <Button onClick={restart} label="새로 시작: 두 신경망의 가중치를 새로 뽑습니다">
                새로 시작
              </Button>
              {state.data === "own" && (
                <Button disabled={empty} onClick={() => set({ own: [] })}>
                  점 지우기
                </Button>
              )}
            </div>
            {scene !== undefined && (
              <SlowMotion scene={scene} onNext={nextScene} onClose={() => setScene(undefined)} />
            )}
            <div class="gan-choices">
              <Segmented
                label="누구를 훈련할까요"
                value={state.who}
                options={WHO}
                onChange={(who) => set({ who })}
              />
              <Segmented
                label="빠르기"
                value={state.pace}
                options={PACE_OPTIONS}
                onChange={(pace) => set({ pace })}
              />
            </div>
            <Numbers state={state} frame={empty ? undefined : frame} />
            <p class="gan-verdict">{verdict}</p>
            <Curves lab={lab} network={network} />
          </div>
        </div>
        <Balance state={state} set={set} />
        <Settings state={state} set={set} />
      </div>
    </WidgetFrame>
  );
}

const NOTHING = new Float32Array();

function layersOf(state: GanState, scene: number | undefined): Layers {
  if (scene === undefined) {
    return {
      map: state.showMap,
      real: true,
      fake: true,
      arrows: state.showArrows,
      manifold: state.showManifold,
    };
  }
  return { map: scene >= 2, real: true, fake: scene >= 1, arrows: scene === 4, manifold: false };
}

function Numbers({ state, frame }: { state: GanState; frame: GanFrame | undefined }) {
  const coverage = frame?.coverage;
  return (
    <div class="gan-numbers">
      <Readout label="판" value={rounds(frame?.rounds ?? 0)} />
      <Readout label="분포 거리" value={frame ? distanceText(frame.distance) : "–"} />
      <Readout
        label="판별자 정답률"
        value={
          frame && !isCritic(state.objective)
            ? `${Math.round(100 * discriminatorAccuracy(state.objective, frame))}%`
            : "–"
        }
      />
      {coverage && <Readout label="닿은 무더기" value={`${coverage.reached}/${coverage.heaps}`} />}
    </div>
  );
}
