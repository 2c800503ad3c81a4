import { useId, useMemo, useRef } from "preact/hooks";
import { StoryTokens } from "../../data/story-tokens.ts";
import { Button, More, Readout, Segmented, Slider, Toggle } from "../../ui/controls.tsx";
import { SequenceCard } from "../../ui/SequenceCard.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Candidates } from "./Candidates.tsx";
import { Fetch } from "./Fetch.tsx";
import { gptGoals } from "./goals.ts";
import { Sentences } from "./Sentences.tsx";
import { gptState, LONGEST_START, MOST_WRITTEN, STARTS } from "./state.ts";
import { writtenSentences } from "./story.ts";
import { Text } from "./Text.tsx";
import { useWriter } from "./use-writer.ts";
import { useWriting } from "./use-writing.ts";
import "./korean-gpt.css";

const PACE_OPTIONS = [
  { value: "slow", label: "보면서" },
  { value: "full", label: "최고" },
] as const;
const BACKENDS = [
  { value: "onnx", label: "onnxruntime-web" },
  { value: "engine", label: "이 강의의 엔진" },
] as const;

export default function View(_: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const widget = useWidgetState("korean-gpt", gptState, {}, place);
  const { state, set } = widget;
  const writer = useWriter();
  const { card } = writer;
  const tokenizer = useMemo(() => card && new StoryTokens(card.tokens), [card]);
  const writing = useWriting(state, set, writer, tokenizer);
  const { written, candidates, reading } = writing;
  const sentences = useMemo(
    () => (tokenizer ? writtenSentences(tokenizer, state.start, written) : []),
    [tokenizer, state.start, written],
  );
  const ready = writer.backend !== undefined;
  const begin = (start: string) => {
    writing.clear();
    set({ start, written: [] });
  };
  const ended =
    written.length >= MOST_WRITTEN
      ? `토큰 ${MOST_WRITTEN}개까지 썼습니다.`
      : "이야기가 끝났습니다. 되돌리거나 지우고 다시 쓰세요.";
  const likeliest = candidates?.[0] && tokenizer?.pieces[candidates[0].token]?.replace("▁", "");

  return (
    <WidgetFrame
      widget="korean-gpt"
      title={WIDGETS["korean-gpt"].title}
      instruction="모델을 받고, 한 토큰을 누르세요. 다음 토큰의 확률을 내고 그 가운데 하나를 뽑아 이어 씁니다."
      goals={gptGoals(writing.deeds)}
      description={`첫머리 ‘${state.start}’ 뒤에 토큰 ${written.length}개를 썼습니다. ${
        likeliest === undefined
          ? "모델을 받으면 다음 토큰의 확률을 보입니다."
          : `다음 토큰 가운데 가장 그럴듯한 것은 ‘${likeliest}’입니다.`
      } 마친 문장은 ${sentences.length}개입니다.`}
      onReset={() => {
        writing.clear();
        widget.reset();
      }}
      encodedState={() => gptState.encode({ ...state, written })}
      notice={widget.notice}
      announcement={writing.finished ? ended : writing.running ? "이어 쓰고 있습니다." : ""}
    >
      <div class="kg" ref={place}>
        <div class="kg-start">
          <div class="ui-field">
            <label for={id}>첫머리</label>
            <input
              id={id}
              class="ui-text"
              type="text"
              value={state.start}
              maxLength={LONGEST_START}
              autocomplete="off"
              onInput={(event) => begin(event.currentTarget.value)}
            />
          </div>
          <div class="kg-starts">
            {STARTS.map((start) => (
              <Button key={start} kind="quiet" onClick={() => begin(start)}>
                {start}
              </Button>
            ))}
          </div>
        </div>
        {!ready && <Fetch writer={writer} backend={state.backend} />}
        <div class="kg-toolbar">
          <Button
            kind={ready ? "primary" : "plain"}
            disabled={!ready || writing.finished}
            onClick={() => writing.run(!writing.running)}
          >
            {writing.running ? "멈춤" : "이어 쓰기"}
          </Button>
          <Button disabled={!ready || writing.finished} onClick={writing.step}>
            한 토큰
          </Button>
          <Button disabled={written.length === 0} onClick={writing.undo}>
            되돌리기
          </Button>
          <Button disabled={written.length === 0} onClick={writing.clear}>
            지우기
          </Button>
          <Readout label="초당 토큰" value={writing.speed === undefined ? "–" : Math.round(writing.speed)} />
          <span class="kg-reading">
            <Readout
              label="이번에 읽은 토큰"
              value={reading ? `${reading.read} (기억한 것 ${reading.cached})` : "–"}
            />
          </span>
        </div>
        <div class="kg-columns">
          <div class="kg-side">
            {tokenizer ? (
              <Text
                tokenizer={tokenizer}
                start={state.start}
                written={written}
                place={writing.place}
                onPlace={writing.look}
              />
            ) : (
              <p class="kg-story">{state.start}</p>
            )}
            <p class="kg-state">
              {writing.finished
                ? ended
                : reading && reading.forgotten > 0
                  ? `글이 길어져 앞의 토큰 ${reading.forgotten}개는 이제 보지 못합니다.`
                  : ""}
            </p>
            {tokenizer && <Sentences sentences={sentences} />}
          </div>
          <div class="kg-side">
            <div class="kg-sliders">
              <Slider
                label="온도"
                value={state.temperature}
                min={0}
                max={2}
                step={0.1}
                format={(value) => value.toFixed(1)}
                onInput={(temperature) => set({ temperature })}
              />
              <Slider
                label="top-k"
                value={state.topK}
                min={0}
                max={50}
                step={1}
                format={(value) => (value === 0 ? "끔" : `${value}개`)}
                onInput={(topK) => set({ topK })}
              />
              <Slider
                label="top-p"
                value={state.topP}
                min={0.05}
                max={1}
                step={0.05}
                format={(value) => (value === 1 ? "끔" : `${Math.round(100 * value)}%`)}
                onInput={(topP) => set({ topP })}
              />
            </div>
            {tokenizer && (
              <Candidates
                tokenizer={tokenizer}
                candidates={candidates}
                chosen={written[writing.place]}
                onChoose={writing.choose}
              />
            )}
          </div>
        </div>
        <More label="더 보기: 씨앗 값, 빠르기, KV 캐시, 계산하는 곳">
          <div class="kg-toolbar">
            <Readout label="씨앗 값" value={state.seed} />
            <Button onClick={() => set({ seed: (state.seed % 999_999) + 1 })}>다음 씨앗 값</Button>
            <Segmented
              label="빠르기"
              value={state.pace}
              options={PACE_OPTIONS}
              onChange={(pace) => set({ pace })}
            />
          </div>
          <Toggle
            label="KV 캐시 쓰기"
            checked={state.cache === "on"}
            onChange={(on) => set({ cache: on ? "on" : "off" })}
          />
          <p class="kg-hint">
            토큰의 키와 값은 뒤에 무엇이 와도 바뀌지 않습니다. 그래서 한 번 계산한 것을 두었다가(KV 캐시) 새
            토큰만 읽습니다. 끄면 토큰 하나를 쓸 때마다 글을 처음부터 다시 읽습니다. 확률은 같고, 초당 토큰만
            줄어듭니다.
          </p>
          <Segmented
            label="계산하는 곳"
            value={state.backend}
            options={BACKENDS}
            onChange={(backend) => {
              writing.run(false);
              set({ backend });
              if (ready) writer.load(backend);
            }}
          />
          <p class="kg-hint">
            같은 가중치를 두 프로그램이 따로 계산합니다. 확률이 같은지, 어느 쪽이 빠른지 견주어 보세요.
          </p>
        </More>
        {card && <SequenceCard card={card} />}
      </div>
    </WidgetFrame>
  );
}
