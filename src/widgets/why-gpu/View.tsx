import { useRef, useState } from "preact/hooks";
import { Button, More, Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { gigaflops } from "./products.ts";
import { BySize, Speeds } from "./Results.tsx";
import {
  BANDS,
  type Band,
  type Findings,
  NOTHING_MEASURED,
  SIZES,
  whyGpuGoals,
  whyGpuState,
  withMeasured,
} from "./state.ts";
import { Training } from "./Training.tsx";
import { conclusion, gpuText } from "./text.ts";
import { bytesText } from "./training.ts";
import { type Phase, useMeasuring } from "./use-measuring.ts";
import "./why-gpu.css";

const SIZE_OPTIONS = SIZES.map((value) => ({ value, label: value }));

export default function View(_props: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState("why-gpu", whyGpuState, {}, place);
  const { state } = widget;
  const [findings, setFindings] = useState<Findings>(NOTHING_MEASURED);
  const [guesses, setGuesses] = useState<Readonly<Record<string, Band>>>({});
  const latest = useRef(guesses);
  latest.current = guesses;
  const measuring = useMeasuring((measured) =>
    setFindings((current) => withMeasured(current, measured, latest.current[measured.size])),
  );
  const size = Number(state.size);
  const measured = findings.measured.get(size);
  const all = [...findings.measured.values()];
  const isRunning = measuring.phase === "running";
  const largest = all.reduce((a, b) => (a && a.size > b.size ? a : b), all[0]);

  return (
    <WidgetFrame
      widget="why-gpu"
      title={WIDGETS["why-gpu"].title}
      instruction="행렬의 크기를 고르고 결과를 예측한 뒤, 이 기기에서 재어 보세요."
      goals={whyGpuGoals(findings)}
      description={`크기가 같은 두 행렬의 곱을 네 가지 방법으로 계산해 속도를 잽니다. JavaScript, WebAssembly SIMD 한 코어, 작업자 둘, 그리고 있으면 GPU입니다. ${measured ? `${size} × ${size}: ${conclusion(measured)}` : "아직 재지 않았습니다."} ${gpuText(measuring.gpu)}`}
      onReset={() => {
        measuring.cancel();
        setFindings(NOTHING_MEASURED);
        setGuesses({});
        widget.reset();
      }}
      encodedState={() => whyGpuState.encode(state)}
      notice={widget.notice ?? measuring.problem}
      announcement={announcement(measuring.phase, measured && conclusion(measured))}
    >
      <div class="wg" ref={place}>
        <Segmented
          label="행렬의 크기 n"
          value={state.size}
          options={SIZE_OPTIONS}
          disabled={isRunning}
          onChange={(value) => widget.set({ size: value })}
        />
        <p class="wg-facts">
          곱셈과 덧셈 2n³ = {(gigaflops(size) * 1e9).toLocaleString("ko")}번. 행렬 셋은 3n² × 4바이트 ={" "}
          {bytesText(12 * size ** 2)}이므로, 수 하나를 메모리에서 한 번 읽거나 쓸 때마다{" "}
          {Math.round((2 * size) / 3)}번 계산합니다.
        </p>
        <Segmented<Band | "">
          label="WebAssembly 한 코어는 JavaScript의 몇 배일까요?"
          value={guesses[state.size] ?? ""}
          options={BANDS}
          disabled={isRunning || measured !== undefined}
          onChange={(band) => {
            if (band !== "") setGuesses((current) => ({ ...current, [state.size]: band }));
          }}
        />
        <div class="wg-buttons">
          {isRunning ? (
            <Button onClick={measuring.cancel}>그만 재기</Button>
          ) : (
            <>
              <Button kind="primary" onClick={() => measuring.start([size])}>
                {measured ? "다시 재기" : "이 기기에서 재기"}
              </Button>
              <Button onClick={() => measuring.start(SIZES.map(Number))}>모든 크기 재기</Button>
            </>
          )}
          <p class="wg-state">{stateText(measuring.phase)}</p>
        </div>
        <progress
          class="wg-progress"
          max={1}
          value={isRunning ? measuring.progress : 0}
          aria-label="측정 진행"
        />
        <p class="wg-facts">{gpuText(measuring.gpu)}</p>
        {measured && <Speeds measured={measured} />}
        {all.length > 1 && <BySize all={all} />}
        <Training
          measured={measured ?? largest}
          network={state.network}
          years={findings.years}
          onNetwork={(network) => widget.set({ network })}
          onYears={(years) => setFindings((current) => ({ ...current, years }))}
        />
        <More label="더 보기: 어떻게 재나">
          <p class="wg-facts">
            먼저 모든 방법의 결과를 견주어 같은지 확인합니다. 한 바퀴는 몸풀기로 버리고, 차례로 돌아가며 다섯
            바퀴(1024는 세 바퀴)를 잽니다. 적은 값은 가운뎃값이고, 작은 글씨는 가장 느린 바퀴와 가장 빠른
            바퀴입니다. 계산은 페이지와 따로 도는 작업자에서 합니다. 작업자 둘은 행렬의 위쪽 절반과 아래쪽
            절반을 나누어 맡고, 곱 하나가 끝날 때마다 서로를 기다립니다. JavaScript도 두 행과 네 행씩 묶어
            다듬은 반복문입니다. GPU에는 곱셈 명령을 많으면 64개까지 한 묶음으로 보내며, GPU의 시간에는 명령을
            보내고 끝났다는 답을 기다리는 시간이 들어 있습니다.
          </p>
        </More>
      </div>
    </WidgetFrame>
  );
}

function stateText(phase: Phase): string {
  if (phase === "running") return "재고 있습니다.";
  if (phase === "cancelled") return "측정을 멈추었습니다.";
  if (phase === "finished") return "다 쟀습니다.";
  return "몇 초 걸립니다. 다른 탭을 닫아 두면 더 고르게 나옵니다.";
}

function announcement(phase: Phase, result: string | undefined): string {
  if (phase === "running") return "측정을 시작했습니다.";
  if (phase === "finished") return `측정이 끝났습니다. ${result ?? ""}`;
  return phase === "cancelled" ? "측정을 멈추었습니다." : "";
}
