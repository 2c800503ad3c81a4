import { useRef } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { anatomyGoals } from "./goals.ts";
import { Heads } from "./Heads.tsx";
import { Loading } from "./Loading.tsx";
import { Next } from "./Next.tsx";
import type { Looked } from "./protocol.ts";
import { Sentence } from "./Sentence.tsx";
import { StepBody } from "./Steps.tsx";
import { type AnatomyState, anatomyState, PRESETS, STEPS, type Step } from "./state.ts";
import { Tokens } from "./Tokens.tsx";
import { DOWNLOAD_SIZE, percent, STEP_NAMES } from "./text.ts";
import { useAnatomy } from "./use-anatomy.ts";
import "./attention-anatomy.css";

export default function View({ preset = "heads" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "attention-anatomy",
    anatomyState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const { state, set } = widget;
  const { sentence, off } = state;
  const anatomy = useAnatomy({ text: sentence, off, layer: state.layer, head: state.head });
  const { looked, before, status } = anatomy;
  const count = looked?.anatomy.tokens.length ?? 1;
  const row = state.row < 0 ? count - 1 : Math.min(state.row, count - 1);
  const column = Math.min(state.column, count - 1);
  const visited = useRef(new Set<Step>());
  if (looked) visited.current.add(state.step);
  const said = looked ? sentenceOf(looked, row) : "한국어 GPT를 받으면 어텐션을 열어 볼 수 있습니다.";

  return (
    <WidgetFrame
      widget="attention-anatomy"
      title={WIDGETS["attention-anatomy"].title}
      instruction="한국어 GPT를 받고, 단계를 하나씩 넘기며 칸을 눌러 보세요. 모든 수가 어디서 왔는지 열립니다."
      goals={anatomyGoals({ state, looked, before, row, visited: visited.current })}
      description={`훈련된 한국어 GPT의 어텐션 머리 하나를 여덟 단계로 열어 봅니다. 지금은 ${STEP_NAMES[state.step]} 단계입니다. ${said}`}
      onReset={() => {
        widget.reset();
        visited.current.clear();
      }}
      encodedState={() => anatomyState.encode(state)}
      notice={widget.notice}
      announcement={looked ? said : ""}
    >
      <div class="aa" ref={place}>
        {status.kind !== "ready" && <Loading anatomy={anatomy} size={DOWNLOAD_SIZE} />}
        <Sentence
          text={sentence}
          beyond={looked?.beyond ?? 0}
          onText={(text) => set({ sentence: text, row: -1 })}
        />
        {looked && status.kind === "ready" && (
          <>
            <Tokens
              legend="보는 토큰"
              labels={looked.labels}
              chosen={row}
              onChoose={(at) => set({ row: at })}
            />
            <p class="aa-verdict">{said}</p>
            <Next looked={looked} before={before} />
            <div class="aa-columns">
              <Heads
                facts={status.facts}
                anatomy={looked.anatomy}
                off={off}
                onChoose={(chosen) => set(chosen)}
                onOff={(next) => set({ off: next })}
              />
              <Walk state={state} set={set} looked={looked} row={row} column={column} />
            </div>
          </>
        )}
      </div>
    </WidgetFrame>
  );
}

interface WalkProps {
  state: AnatomyState;
  set: (patch: Partial<AnatomyState>) => void;
  looked: Looked;
  row: number;
  column: number;
}

/** The steps of one head, one after the other. */
function Walk({ state, set, looked, row, column }: WalkProps) {
  const { step } = state;
  const { part } = looked.anatomy;
  const at = STEPS.indexOf(step);
  const hasColumn = ["product", "scale", "mask", "softmax"].includes(step);
  return (
    <section class="aa-walk" aria-label="머리 하나의 계산">
      <p class="aa-heading">
        층 {part.layer + 1} 머리 {part.head + 1}의 계산
      </p>
      <div class="aa-steps">
        {STEPS.map((name, i) => (
          <Button key={name} pressed={name === step} onClick={() => set({ step: name })}>
            {i + 1} {STEP_NAMES[name]}
          </Button>
        ))}
      </div>
      <div class="aa-body">
        {hasColumn && (
          <Tokens
            legend="보이는 토큰"
            labels={looked.labels}
            chosen={column}
            onChoose={(own) => set({ column: own })}
          />
        )}
        {step === "next" ? (
          <p>
            머리들이 더한 것을 다음 층이 다시 읽습니다. 마지막 층의 마지막 토큰에서, 토큰마다 로짓을 내고
            소프트맥스로 확률을 만듭니다. 위의 막대가 그 확률입니다. 머리를 끄거나 문장을 고치면 달라집니다.
          </p>
        ) : (
          <StepBody
            {...{ step, part, state, row, column, set }}
            dimension={Math.min(state.dimension, part.size - 1)}
            labels={looked.labels}
          />
        )}
      </div>
      <div class="aa-toolbar">
        <Button disabled={at === 0} onClick={() => set({ step: STEPS[at - 1]! })}>
          앞 단계
        </Button>
        <Button
          kind="primary"
          disabled={at === STEPS.length - 1}
          onClick={() => set({ step: STEPS[at + 1]! })}
        >
          다음 단계
        </Button>
      </div>
    </section>
  );
}

/** What the chosen head sees from the chosen token. */
function sentenceOf({ anatomy: { part, next, changed }, labels, names }: Looked, row: number): string {
  const own = part.weights.subarray(row * part.count, (row + 1) * part.count);
  const most = own.indexOf(Math.max(...own));
  const seen = `층 ${part.layer + 1} 머리 ${part.head + 1}: ${row + 1}번째 ‘${labels[row]}’에서 ${most + 1}번째 ‘${labels[most]}’에 ${percent(own[most]!)}를 줍니다.`;
  const first = changed?.[0];
  if (!first) return seen;
  const name = (names[first.token] ?? "").replace("▁", "␣");
  const moved = first.token === next[0]!.token ? "그대로" : "바뀌어";
  return `${seen} 머리를 끄면 1위는 ${moved} ‘${name}’, ${percent(first.probability)}입니다.`;
}
