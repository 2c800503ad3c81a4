import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Segmented } from "../../ui/controls.tsx";
import { GanCard } from "../../ui/GanCard.tsx";
import type { Download } from "../../ui/use-download.ts";
import { useLab } from "../../ui/use-lab.ts";
import type { WidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Duel } from "./Duel.tsx";
import { scoreDuel } from "./duel.ts";
import {
  type ForgerCommand,
  type ForgerConfig,
  type ForgerFrame,
  type ForgerLive,
  type ForgerMemory,
  liveOf,
} from "./experiment.ts";
import { Fetch } from "./Fetch.tsx";
import { forgerGoals, isCollapsed } from "./goals.ts";
import { Mix } from "./Mix.tsx";
import { SURE } from "./pictures.ts";
import { type ForgerState, forgerState } from "./state.ts";
import { Train } from "./Train.tsx";
import { countText, digitText, INSTRUCTIONS, MODE_OPTIONS, scoreText, trainText } from "./text.ts";
import { type Networks, PICTURES_KILOBYTES, type RealPictures } from "./use-downloads.ts";
import { Walk } from "./Walk.tsx";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

export interface ReadyProps {
  widget: WidgetState<ForgerState>;
  networks: Networks;
  pictures: Download<RealPictures>;
  place: RefObject<HTMLDivElement | null>;
}

/** The widget once its networks are here. */
export function Ready({ widget, networks, pictures, place }: ReadyProps) {
  const { state, set } = widget;
  const [beginning, setBeginning] = useState({ from: "checkpoint" as ForgerConfig["from"], attempt: 0 });
  const real = pictures.result;
  const network = `${beginning.from} ${beginning.attempt} ${real !== undefined}`;
  const remembered = useRef<{ network: string; memory: ForgerMemory }>(undefined);
  const lab = useLab<ForgerConfig, ForgerLive, ForgerFrame, ForgerCommand>({
    startWorker,
    configKey: network,
    config: () => ({ files: networks.files, real, from: beginning.from, seed: 1 + beginning.attempt }),
    live: liveOf(state),
    pace: "full",
    checkpoint: (before) => {
      const known = remembered.current;
      return known?.network === network ? { ...before, memory: known.memory } : before;
    },
    place,
  });
  const past = usePast(lab, network, remembered);
  const duel = useDuel(lab, network);
  const { frame } = lab;
  const begin = (from: ForgerConfig["from"]) => {
    lab.pause();
    setBeginning(({ attempt }) => ({ from, attempt: attempt + 1 }));
  };
  useFocusOnArrival(place);
  useEffect(() => {
    if (state.mode !== "train") lab.pause();
  }, [state.mode]);
  const says = sentence(state, frame, duel);

  return (
    <WidgetFrame
      widget="forger-detective"
      title={WIDGETS["forger-detective"].title}
      instruction={INSTRUCTIONS[state.mode]}
      goals={forgerGoals(state, frame, past, { cards: duel.view?.cards ?? [], answers: duel.answers })}
      description={`손글씨 숫자로 훈련한 생성자(위조범)와 판별자(감별사)입니다. 위조범은 잡음 32개로 28×28 그림을 그리고, 감별사는 진짜일 확률을 말합니다. ${says}`}
      onReset={() => {
        begin("checkpoint");
        duel.clear();
        widget.reset();
      }}
      encodedState={() => forgerState.encode(state)}
      notice={
        widget.notice ??
        lab.failure ??
        (lab.divergence &&
          `${countText(lab.divergence.step)}번째 판에서 값이 셀 수 없이 커져 멈췄습니다. ‘체크포인트로’를 누르고 학습률을 낮춰 보세요.`)
      }
      announcement={lab.playing ? "훈련하고 있습니다." : says}
    >
      <div class="fd" ref={place}>
        <Segmented
          label="무엇을 할까요"
          value={state.mode}
          options={MODE_OPTIONS}
          onChange={(mode) => set({ mode })}
        />
        {state.mode !== "train" && frame !== undefined && frame.rounds > 0 && (
          <p class="fd-note">
            지금의 위조범과 감별사는 이 기기에서 {countText(frame.rounds)}판을 더 겨룬 두 신경망입니다.
          </p>
        )}
        {state.mode === "walk" && <Walk state={state} view={frame?.walk} walked={past.walked} set={set} />}
        {state.mode === "mix" && <Mix state={state} view={frame?.mix} set={set} />}
        {(state.mode === "duel" || state.mode === "train") &&
          (real === undefined ? (
            <Fetch
              download={pictures}
              label={`진짜 손글씨 받기 (${(PICTURES_KILOBYTES / 1024).toFixed(1)} MB)`}
              about="가짜와 견줄 진짜 그림이 필요합니다. 훈련 그림 1만 장과, 훈련에 쓰지 않는 그림 2천 장입니다."
            />
          ) : state.mode === "duel" ? (
            <Duel
              {...{ state, set }}
              {...{ view: duel.view, answers: duel.answers, shown: duel.shown }}
              onDeal={() => {
                duel.deal(state.duel, Number(state.length));
                set({ duel: (state.duel % 999_999) + 1 });
              }}
              onAnswer={duel.answer}
              onNext={duel.next}
            />
          ) : (
            <Train
              {...{ state, lab, frame, network, set }}
              onCheckpoint={() => begin("checkpoint")}
              onFresh={() => begin("fresh")}
            />
          ))}
        <GanCard card={networks.card} />
      </div>
    </WidgetFrame>
  );
}

/** Digits passed on the pad, a collapse of these networks, and the last weights in case the worker dies. */
function usePast(
  { subscribe }: ReturnType<typeof useLab<ForgerConfig, ForgerLive, ForgerFrame, ForgerCommand>>,
  network: string,
  remembered: { current: { network: string; memory: ForgerMemory } | undefined },
) {
  const [walked, setWalked] = useState<ReadonlySet<number>>(new Set());
  const [collapsed, setCollapsed] = useState(false);
  useEffect(() => {
    setCollapsed(false);
    return subscribe(({ rounds, walk, train, memory }) => {
      const here = walk?.here.reading;
      if (here && here.sure >= SURE) {
        setWalked((before) => (before.has(here.digit) ? before : new Set([...before, here.digit])));
      }
      if (train && isCollapsed(rounds, train)) setCollapsed(true);
      if (memory) remembered.current = { network, memory };
    });
  }, [network]);
  return { walked, collapsed };
}

/** The answers of one duel after another. */
function useDuel(
  lab: ReturnType<typeof useLab<ForgerConfig, ForgerLive, ForgerFrame, ForgerCommand>>,
  network: string,
) {
  const [dealt, setDealt] = useState<number>();
  const [answers, setAnswers] = useState<readonly boolean[]>([]);
  const [shown, setShown] = useState(false);
  const clear = () => {
    setDealt(undefined);
    setAnswers([]);
    setShown(false);
  };
  useEffect(clear, [network]);
  const view = useMemo(
    () => (dealt !== undefined && lab.frame?.duel?.seed === dealt ? lab.frame.duel : undefined),
    [dealt, lab.frame?.duel?.seed, network],
  );
  return {
    ...{ view, answers, shown, clear },
    deal: (seed: number, count: number) => {
      clear();
      setDealt(seed);
      lab.command({ seed, count });
    },
    answer: (isReal: boolean) => {
      setAnswers([...answers, isReal]);
      setShown(true);
    },
    next: () => setShown(false),
  };
}

/** The button that asked for the networks is gone: the keyboard goes on at the tabs. */
function useFocusOnArrival(place: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (isLost)
      place.current?.querySelector<HTMLInputElement>("input:checked")?.focus({ preventScroll: true });
  }, []);
}

function sentence(
  { mode }: ForgerState,
  frame: ForgerFrame | undefined,
  { view, answers }: { view: ForgerFrame["duel"]; answers: readonly boolean[] },
): string {
  if (!frame) return "두 신경망을 준비하고 있습니다.";
  if (mode === "walk") return frame.walk ? digitText(frame.walk.here.reading) : "";
  if (mode === "mix") return frame.mix ? digitText(frame.mix.result) : "";
  if (mode === "train") return frame.train ? trainText(frame.rounds, frame.train) : "";
  return view && answers.length === view.cards.length ? scoreText(scoreDuel(view.cards, answers)) : "";
}
