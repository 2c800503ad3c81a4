import { useEffect, useRef, useState } from "preact/hooks";
import { type RatedSentence, SENTIMENTS } from "../../data/sentiment.ts";
import { readableText, SENTIMENT_TRAINING } from "../../models/sentiment-network.ts";
import { Button } from "../../ui/controls.tsx";
import { type LabHandle, useLab } from "../../ui/use-lab.ts";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { type SentimentConfig, type SentimentFrame, type SentimentLive, STEPS } from "./experiment.ts";
import { SURE, sentimentGoals } from "./goals.ts";
import { Measured } from "./Measured.tsx";
import { readingText, scoreOf } from "./results.ts";
import { Sentence } from "./Sentence.tsx";
import { sentimentState } from "./state.ts";
import "./sentiment.css";

const startWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
/** Sentences of the learner's that are kept; the oldest goes first. */
const MOST_OWN = 12;

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("sentiment", sentimentState, {}, place);
  const { state, set } = widget;
  const [own, setOwn] = useState<readonly RatedSentence[]>([]);
  const [corrected, setCorrected] = useState(false);
  const [before, setBefore] = useState<Float32Array>();
  const lab = useLab<SentimentConfig, SentimentLive, SentimentFrame>({
    startWorker,
    configKey: JSON.stringify([state.seed, own]),
    config: () => ({ seed: state.seed, own }),
    live: { text: state.text },
    pace: "full",
    checkpoint: (config) => config,
    place,
  });
  const { frame } = lab;
  const isDone = frame !== undefined && frame.steps >= STEPS;
  useEffect(() => {
    if (isDone) lab.pause();
  }, [isDone]);
  const reading = frame?.reading?.text === state.text ? frame.reading : undefined;

  const learn = (sentences: readonly RatedSentence[]) => {
    setBefore(frame?.test);
    setOwn(sentences);
    lab.play();
  };
  const teach = (label: number) => {
    if (!reading) return;
    const sureness = label === 1 ? 1 - reading.positive : reading.positive;
    if (sureness >= SURE) setCorrected(true);
    const text = state.text.trim();
    const others = own.filter((sentence) => readableText(sentence.text) !== readableText(text));
    learn([...others, { text, label }].slice(-MOST_OWN));
  };
  const score = frame && scoreOf(frame.test);

  return (
    <WidgetFrame
      widget="sentiment"
      title={WIDGETS.sentiment.title}
      instruction={
        isDone
          ? "문장을 고쳐 보세요. 어떤 낱말이 답을 바꾸는지 바로 보입니다."
          : "훈련 시작을 누르고, 시험 문장을 맞히는 비율이 오르는 것을 보세요."
      }
      goals={sentimentGoals({ frame, own, corrected })}
      description={`한국어 문장이 긍정인지 부정인지 글자 조각으로 읽는 신경망을 이 기기에서 ${STEPS}걸음 훈련합니다. 지금 ${frame?.steps ?? 0}걸음째입니다. ${score ? `시험 문장 ${score.count}개 가운데 ${score.right}개를 맞힙니다.` : ""} 문장 ‘${state.text.slice(0, 60)}’: ${readingText(reading, state.text)}`}
      onReset={() => {
        lab.pause();
        setOwn([]);
        setBefore(undefined);
        widget.reset();
      }}
      encodedState={() => sentimentState.encode(state)}
      notice={
        widget.notice ?? lab.failure ?? (lab.divergence && "훈련이 터졌습니다. 처음으로를 눌러 주세요.")
      }
      announcement={
        isDone && score
          ? `훈련을 마쳤습니다. 시험 문장 ${score.count}개 가운데 ${score.right}개를 맞힙니다.`
          : ""
      }
    >
      <div class="st" ref={place}>
        <Training
          lab={lab}
          onAnother={() => {
            setBefore(frame?.test);
            set({ seed: (state.seed % 999_999) + 1 });
            lab.play();
          }}
        />
        <Sentence
          text={state.text}
          onText={(text) => set({ text })}
          reading={reading}
          isTrained={(frame?.steps ?? 0) > 0}
          onTeach={teach}
        />
        {own.length > 0 && <Own own={own} frame={frame} onOwn={learn} />}
        <Measured frame={frame} before={before} onText={(text) => set({ text })} />
      </div>
    </WidgetFrame>
  );
}

function Training({ lab, onAnother }: { lab: LabHandle<SentimentFrame, never>; onAnother: () => void }) {
  const { frame } = lab;
  const steps = frame?.steps ?? 0;
  return (
    <div class="st-training">
      {steps >= STEPS ? (
        <Button onClick={onAnother}>다른 문장으로 다시 훈련</Button>
      ) : (
        <Button kind="primary" disabled={!frame} onClick={lab.playing ? lab.pause : lab.play}>
          {lab.playing ? "멈춤" : "훈련 시작"}
        </Button>
      )}
      <progress max={STEPS} value={steps} aria-label="훈련한 걸음" />
      <p class="st-hint">
        {frame
          ? `${steps} / ${STEPS}걸음 · 훈련 문장 ${SENTIMENT_TRAINING.train.toLocaleString("ko")}개, 글자 조각 ${frame.knownPieces.toLocaleString("ko")}개, 파라미터 ${frame.parameterCount.toLocaleString("ko")}개`
          : "훈련 문장을 만들고 글자 조각을 모으는 중입니다."}
      </p>
    </div>
  );
}

interface OwnProps {
  own: readonly RatedSentence[];
  frame: SentimentFrame | undefined;
  onOwn: (own: readonly RatedSentence[]) => void;
}

/** The sentences the learner put right, and what the network says of them now. */
function Own({ own, frame, onOwn }: OwnProps) {
  return (
    <section class="st-own" aria-label="바로잡은 문장">
      <ul>
        {own.map(({ text, label }, i) => {
          const positive = frame?.own[i];
          const isRight = positive !== undefined && positive > 0.5 === (label === 1);
          return (
            <li key={text}>
              <span>
                {text} <strong>{SENTIMENTS[label]!}</strong>
              </span>
              <small>
                {positive === undefined ? "훈련 중" : isRight ? "이제 맞힙니다" : "아직 틀립니다"}
              </small>
              <Button kind="quiet" onClick={() => onOwn(own.filter((_, k) => k !== i))}>
                빼기
              </Button>
            </li>
          );
        })}
      </ul>
      <p class="st-hint">
        바로잡은 문장은 훈련 문장 사이에 {SENTIMENT_TRAINING.ownCopies}번씩 섞입니다. 그 문장은 맞히게 되지만,
        다른 문장을 더 잘 읽게 되는지는 아래 표에서 확인해야 합니다. 이 기기를 떠나지 않고, 페이지를 닫으면
        사라집니다.
      </p>
    </section>
  );
}
