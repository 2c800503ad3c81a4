import { Button, Select } from "../../ui/controls.tsx";
import { type Block, equalWidth, lastSide, parameterCount, parameterRows } from "./networks.ts";
import { CHANNELS, type HandwritingState, MOST_BLOCKS, POOLS, RATES, WINDOWS } from "./state.ts";

const numbers = (list: readonly number[], unit: string) =>
  list.map((value) => ({ value: String(value), label: `${value}${unit}` }));
const POOL_NAMES = { "1": "없음", "2": "최댓값 2×2", a: "평균 2×2" } as const;

interface LayersProps {
  state: HandwritingState;
  set: (patch: Partial<HandwritingState>) => void;
}

/** The convolutional network, layer by layer; changing it begins anew. */
export function Layers({ state, set }: LayersProps) {
  const { blocks } = state;
  const rows = parameterRows(state);
  const change = (index: number, patch: Partial<Block>) =>
    set({ blocks: blocks.map((block, i) => (i === index ? { ...block, ...patch } : block)) });
  return (
    <div class="hl-layers">
      {blocks.map((block, i) => (
        <fieldset key={i} class="hl-block">
          <legend>
            합성곱 {i + 1}층 <small>파라미터 {rows[i]!.toLocaleString("ko")}개</small>
          </legend>
          <Select
            label="커널 수"
            value={String(block.channels)}
            options={numbers(CHANNELS, "개")}
            onChange={(channels) => change(i, { channels: Number(channels) })}
          />
          <Select
            label="커널 크기"
            value={String(block.window)}
            options={WINDOWS.map((side) => ({ value: String(side), label: `${side}×${side}` }))}
            onChange={(window) => change(i, { window: Number(window) })}
          />
          <Select
            label="풀링"
            value={block.pool}
            options={POOLS.map((value) => ({ value, label: POOL_NAMES[value] }))}
            onChange={(pool) => change(i, { pool })}
          />
          <Button
            disabled={blocks.length === 1}
            label={`합성곱 ${i + 1}층 빼기`}
            onClick={() => set({ blocks: blocks.filter((_, k) => k !== i) })}
          >
            빼기
          </Button>
        </fieldset>
      ))}
      <Button
        disabled={blocks.length >= MOST_BLOCKS}
        onClick={() => set({ blocks: [...blocks, { channels: 16, window: 3, pool: "1" }] })}
      >
        합성곱 층 더하기
      </Button>
      <Select
        label="마지막 특징 맵을"
        value={state.head}
        options={[
          { value: "flatten", label: "모두 펼치기" },
          { value: "average", label: "채널마다 평균" },
        ]}
        onChange={(head) => set({ head })}
      />
      <Select
        label="그 뒤의 완전 연결 은닉층"
        value={state.hidden}
        options={(["0", "16", "32", "64"] as const).map((value) => ({
          value,
          label: value === "0" ? "없음" : `뉴런 ${value}개`,
        }))}
        onChange={(hidden) => set({ hidden })}
      />
      <p class="hl-hint">
        마지막 특징 맵은 {lastSide(blocks)}×{lastSide(blocks)}입니다. CNN의 파라미터는{" "}
        {parameterCount(state).toLocaleString("ko")}개이고, MLP는 이와 가장 가깝도록 은닉 뉴런을{" "}
        {equalWidth(state)}개 둡니다.
      </p>
    </div>
  );
}

/** How both are trained. */
export function Training({ state, set }: LayersProps) {
  return (
    <div class="hl-training">
      <Select
        label="학습률"
        value={state.rate}
        options={RATES.map((value) => ({ value, label: value }))}
        onChange={(rate) => set({ rate })}
      />
      <Select
        label="옵티마이저"
        value={state.optimizer}
        options={[
          { value: "adam", label: "Adam" },
          { value: "momentum", label: "모멘텀" },
          { value: "sgd", label: "SGD" },
        ]}
        onChange={(optimizer) => set({ optimizer })}
      />
      <Select
        label="미니배치"
        value={state.batch}
        options={(["16", "32", "64"] as const).map((value) => ({ value, label: `${value}장` }))}
        onChange={(batch) => set({ batch })}
      />
      <Select
        label="활성화 함수"
        value={state.activation}
        options={[
          { value: "relu", label: "ReLU" },
          { value: "tanh", label: "tanh" },
        ]}
        onChange={(activation) => set({ activation })}
      />
    </div>
  );
}
