import { Button, More, Segmented, Select } from "../../ui/controls.tsx";
import { type Example, firstParameters, PARAMETERS } from "./network.ts";
import { type LoopState, loopState, ownFrom, RATES, type Stage } from "./state.ts";

const LAST_SEED = 999_999;

/** Who no longer guesses sees at once what would have been asked. */
const unasked = (stage: Stage): Stage =>
  stage === "ask-output" ? "output" : stage === "ask-hidden" ? "hidden" : stage;

interface SettingsProps {
  state: LoopState;
  examples: readonly Example[];
  onEdit: (patch: Partial<LoopState>) => void;
  set: (patch: Partial<LoopState>) => void;
}

/** What is learned, how large the steps are, and where the nine numbers begin. */
export function Settings({ state, examples, onEdit, set }: SettingsProps) {
  return (
    <div class="tl-settings">
      <Segmented
        label="한 걸음을 볼 때"
        value={state.mode}
        options={[
          { value: "guess", label: "짐작하며" },
          { value: "watch", label: "그냥 보기" },
        ]}
        onChange={(mode) => set({ mode, ...(mode === "watch" && { stage: unasked(state.stage) }) })}
      />
      <Select
        label="달리는 빠르기"
        value={state.pace}
        options={[
          { value: "slow", label: "느리게" },
          { value: "normal", label: "보통" },
          { value: "full", label: "최대" },
        ]}
        onChange={(pace) => set({ pace })}
      />
      <Select
        label="학습률 η"
        value={state.rate}
        options={RATES.map((value) => ({ value, label: value }))}
        onChange={(rate) => set({ rate })}
      />
      <Select
        label="배울 것"
        value={state.data}
        options={[
          { value: "xor", label: "XOR" },
          { value: "and", label: "AND" },
          { value: "or", label: "OR" },
          { value: "same", label: "둘이 같으면 1" },
          { value: "own", label: "직접 적기" },
        ]}
        onChange={(data) => onEdit(data === "own" ? { data, own: ownFrom(examples) } : { data })}
      />
      <Select
        label="은닉층의 활성화 함수"
        value={state.activation}
        options={[
          { value: "tanh", label: "tanh" },
          { value: "sigmoid", label: "시그모이드" },
          { value: "relu", label: "렐루" },
        ]}
        onChange={(activation) => onEdit({ activation })}
      />
      <Button
        onClick={() => {
          const seed = state.seed === LAST_SEED ? 1 : state.seed + 1;
          onEdit({
            seed,
            parameters: firstParameters(seed),
            steps: 0,
            stage: "start",
            example: loopState.defaults.example,
          });
        }}
      >
        다른 시작
      </Button>
      <More>
        <Button
          onClick={() =>
            onEdit({
              parameters: Array.from({ length: PARAMETERS }, () => 0),
              steps: 0,
              stage: "start",
              example: 1,
            })
          }
        >
          아홉 개를 모두 0으로
        </Button>
        <p>
          신경망 그림의 수를 누르면 고칠 수 있습니다. ‘직접 적기’를 고르면 표의 입력과 정답도 고칠 수
          있습니다. 한 걸음씩 볼 때는 배정밀도(64비트)로, 달릴 때는 단정밀도(32비트)로 계산해서 아래쪽 자리가
          조금 다를 수 있습니다.
        </p>
      </More>
    </div>
  );
}
