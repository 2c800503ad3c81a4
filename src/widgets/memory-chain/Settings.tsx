import { Button, More, Segmented, Select, Toggle } from "../../ui/controls.tsx";
import type { MemoryState } from "./state.ts";

const UNITS = (["4", "8", "16", "32"] as const).map((value) => ({ value, label: value }));
const RATES = (["0.001", "0.003", "0.01", "0.03", "0.1"] as const).map((value) => ({ value, label: value }));
const STARTS = [
  { value: "small", label: "작은 난수" },
  { value: "orthogonal", label: "직교 행렬" },
] as const;
const KEEPINGS = [
  { value: "0", label: "0 (50%)" },
  { value: "1", label: "1 (73%)" },
  { value: "2", label: "2 (88%)" },
  { value: "3", label: "3 (95%)" },
] as const;

/** What is not needed at first. */
export function Settings({ state, set }: { state: MemoryState; set: (patch: Partial<MemoryState>) => void }) {
  return (
    <More label="더 보기: 유닛 수, 학습률, 처음 값">
      <Segmented
        label="기억의 크기(유닛 수)"
        value={state.units}
        options={UNITS}
        onChange={(units) => set({ units })}
      />
      <Select label="학습률" value={state.rate} options={RATES} onChange={(rate) => set({ rate })} />
      <Toggle
        label="기울기 자르기: 길이가 1을 넘으면 1로 줄입니다"
        checked={state.clip}
        onChange={(clip) => set({ clip })}
      />
      <Segmented
        label="되먹임 가중치 U의 처음 값"
        value={state.start}
        options={STARTS}
        onChange={(start) => set({ start })}
      />
      <Segmented
        label="GRU와 LSTM의 남기는 문에 처음 주는 편향 (처음에 남기는 비율)"
        value={state.keeping}
        options={KEEPINGS}
        onChange={(keeping) => set({ keeping })}
      />
      <Button onClick={() => set({ seed: state.seed === 999_999 ? 1 : state.seed + 1 })}>
        다른 씨앗 값으로 ({state.seed})
      </Button>
    </More>
  );
}
