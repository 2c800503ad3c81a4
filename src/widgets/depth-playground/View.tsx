import { useMemo, useRef, useState } from "preact/hooks";
import { planeDataset } from "../../data/plane.ts";
import { Button, Readout } from "../../ui/controls.tsx";
import { useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Curves } from "./Curves.tsx";
import { Gradients } from "./Gradients.tsx";
import { playgroundGoals } from "./goals.ts";
import { Network } from "./Network.tsx";
import { NeuronPanel } from "./NeuronPanel.tsx";
import {
  configKey,
  configOf,
  type EditCommand,
  type PlaygroundConfig,
  type PlaygroundFrame,
  type PlaygroundLive,
  parameterCount,
  pointsOf,
  structureKey,
  widthsOf,
} from "./network.ts";
import { Plane } from "./Plane.tsx";
import { DataSettings, LearningSettings } from "./Settings.tsx";
import { PACES, playgroundState, presetState, soundState } from "./state.ts";
import { TakeHome } from "./TakeHome.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { description, divergenceText, lossText, percent } from "./text.ts";
import { Warp } from "./Warp.tsx";
import "./playground.css";

/** A neuron by its layer (1 is the first hidden one) and its index from 0. */
export interface NeuronChoice {
  readonly layer: number;
  readonly index: number;
}

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

export default function View({ preset }: { preset?: string; embedded?: boolean }) {
  const { title } = WIDGETS["depth-playground"];
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("depth-playground", playgroundState, presetState(preset), place);
  const state = soundState(widget.state);
  const structure = structureKey(state);
  const structureBefore = useRef(structure);
  /** The next network starts anew even if its shape is the same. */
  const fresh = useRef(false);
  const [attempt, setAttempt] = useState(0);
  const lab = useLab<PlaygroundConfig, PlaygroundLive, PlaygroundFrame, EditCommand>({
    startWorker,
    configKey: `${configKey(state)} ${attempt}`,
    config: (last) => {
      const same = structureBefore.current === structure && !fresh.current;
      structureBefore.current = structure;
      fresh.current = false;
      return same && last ? configOf(state, last.parameters, last.steps) : configOf(state);
    },
    live: {
      learningRate: Number(state.rate),
      regularizationRate: Number(state.regularizationRate),
      gradients: state.gradients,
    },
    pace: PACES[state.pace],
    checkpoint: (config, frame) => ({ ...config, parameters: frame.parameters, steps: frame.steps }),
    place,
  });
  const [selected, setSelected] = useState<NeuronChoice>();
  const [hovered, setHovered] = useState<NeuronChoice>();
  const points = useMemo(
    () => pointsOf(state),
    [state.data, state.noise, state.split, state.seed, state.points],
  );
  const widths = widthsOf(state);
  const layers = widths.length - 1;
  const exists = (choice: NeuronChoice | undefined) =>
    choice && choice.layer <= layers && choice.index < widths[choice.layer]! ? choice : undefined;
  const chosen = exists(selected);
  // A frame of the network before must not be judged by the goals of this one.
  const frame = lab.frame && fits(lab.frame, widths) ? lab.frame : undefined;
  const goals = playgroundGoals(state, frame);
  const restart = (seed = state.seed) => {
    lab.pause();
    fresh.current = true;
    widget.set({ seed });
    setAttempt(attempt + 1);
  };
  const empty = points.train.length === 0;

  return (
    <WidgetFrame
      widget="depth-playground"
      title={title}
      instruction="훈련 시작을 누르고, 배경색이 어떻게 바뀌는지 보세요."
      goals={goals}
      description={description(state, planeDataset(state.data).title, frame)}
      onReset={() => {
        lab.pause();
        fresh.current = true;
        widget.reset();
        setAttempt(attempt + 1);
        setSelected(undefined);
      }}
      encodedState={() => playgroundState.encode(state)}
      notice={widget.notice ?? lab.failure}
      announcement={announcement(lab.playing, frame)}
    >
      <div class="dp" ref={place}>
        <Toolbar
          playing={lab.playing}
          disabled={empty}
          pace={state.pace}
          onPlay={() => (lab.playing ? lab.pause() : lab.play())}
          onStep={() => lab.step(1)}
          onRestart={() => restart(state.seed === 999_999 ? 1 : state.seed + 1)}
          onPace={(pace) => widget.set({ pace })}
        />
        {lab.divergence && (
          <div class="dp-diverged" role="alert">
            <p>{divergenceText(lab.divergence, layers)}</p>
            <Button
              onClick={() => {
                widget.set({ rate: "0.01" });
                restart();
              }}
            >
              학습률을 0.01로 낮추고 다시 시작
            </Button>
          </div>
        )}
        <div class="dp-stage">
          <div class="dp-picture">
            {state.view === "warp" && state.hidden.length > 0 ? (
              <Warp lab={lab} state={state} points={points} set={widget.set} />
            ) : (
              <Plane
                lab={lab}
                state={state}
                points={points}
                set={widget.set}
                shown={exists(hovered) ?? chosen}
                layers={layers}
              />
            )}
            <div class="dp-readouts">
              <Readout label="걸음" value={(frame?.steps ?? 0).toLocaleString("ko")} />
              <Readout label="훈련 손실" value={frame ? lossText(frame.trainLoss) : "–"} />
              <Readout
                label="시험 손실"
                value={points.test.length > 0 ? (frame ? lossText(frame.testLoss) : "–") : "–"}
              />
              <Readout label="시험 정확도" value={percent(frame?.testAccuracy)} />
            </div>
            <Curves lab={lab} structure={`${structure} ${attempt}`} />
          </div>
          <div class="dp-side">
            <Network
              lab={lab}
              state={state}
              set={widget.set}
              selected={chosen}
              onSelect={setSelected}
              onHover={setHovered}
            />
            <p class="dp-count">
              파라미터 <strong>{parameterCount(widths)}</strong>개
              <small>
                {" "}
                ={" "}
                {widths
                  .slice(1)
                  .map((width, i) => `${widths[i]}×${width}+${width}`)
                  .join(" + ")}
              </small>
            </p>
            {chosen && (
              <NeuronPanel
                choice={chosen}
                widths={widths}
                features={state.features}
                parameters={frame?.parameters}
                onEdit={lab.command}
                onClose={() => setSelected(undefined)}
              />
            )}
            {state.gradients && <Gradients norms={frame?.gradientNorms} />}
          </div>
        </div>
        <div class="dp-settings">
          <DataSettings state={state} set={widget.set} />
          <LearningSettings state={state} set={widget.set} />
          <TakeHome config={() => frame && configOf(state, frame.parameters, frame.steps)} />
        </div>
      </div>
    </WidgetFrame>
  );
}

const fits = (frame: PlaygroundFrame, widths: readonly number[]) =>
  frame.layers.length === widths.length - 1 && frame.parameters.length === parameterCount(widths);

/** Spoken when training stops; while it runs silence is kinder. */
function announcement(playing: boolean, frame: PlaygroundFrame | undefined): string {
  if (playing) return "훈련하고 있습니다.";
  if (!frame || frame.steps === 0) return "";
  const result =
    frame.testAccuracy === undefined
      ? `시험 손실 ${lossText(frame.testLoss)}`
      : `시험 정확도 ${percent(frame.testAccuracy)}`;
  return `${frame.steps.toLocaleString("ko")}걸음에서 멈췄습니다. ${result}.`;
}
