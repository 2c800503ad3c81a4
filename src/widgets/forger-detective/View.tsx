import { useRef } from "preact/hooks";
import { Segmented } from "../../ui/controls.tsx";
import { useWidgetState } from "../../ui/use-widget-state.ts";
import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";
import { Fetch } from "./Fetch.tsx";
import { forgerGoals } from "./goals.ts";
import { Ready } from "./Ready.tsx";
import { forgerState, PRESETS } from "./state.ts";
import { INSTRUCTIONS, MODE_OPTIONS } from "./text.ts";
import { NETWORKS_KILOBYTES, useNetworks, useRealPictures } from "./use-downloads.ts";
import "./forger-detective.css";

export default function View({ preset = "walk" }: { preset?: string; embedded?: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const widget = useWidgetState(
    "forger-detective",
    forgerState,
    PRESETS[preset as keyof typeof PRESETS] ?? {},
    place,
  );
  const networks = useNetworks();
  const pictures = useRealPictures();
  const { state, set } = widget;
  if (networks.result) {
    return <Ready widget={widget} networks={networks.result} pictures={pictures} place={place} />;
  }
  return (
    <WidgetFrame
      widget="forger-detective"
      title={WIDGETS["forger-detective"].title}
      instruction="위조범과 감별사를 불러오세요. 미리 훈련해 둔 두 신경망입니다."
      goals={forgerGoals(
        state,
        undefined,
        { walked: new Set(), collapsed: false },
        { cards: [], answers: [] },
      )}
      description="손글씨 숫자로 훈련한 생성자(위조범)와 판별자(감별사)입니다. 아직 받지 않았습니다."
      onReset={widget.reset}
      encodedState={() => forgerState.encode(state)}
      notice={widget.notice}
      announcement={networks.progress === undefined ? "" : "신경망을 받고 있습니다."}
    >
      <div class="fd" ref={place}>
        <Segmented
          label="무엇을 할까요"
          value={state.mode}
          options={MODE_OPTIONS}
          onChange={(mode) => set({ mode })}
        />
        <p class="fd-instruction">{INSTRUCTIONS[state.mode]}</p>
        <Fetch
          download={networks}
          label={`위조범과 감별사 부르기 (${NETWORKS_KILOBYTES} kB)`}
          about="손글씨 숫자 6만 장으로 겨루며 배운 두 신경망과, 그림을 읽어 줄 숫자 인식 신경망을 받습니다. 그림은 모두 이 기기에서 그립니다."
        />
      </div>
    </WidgetFrame>
  );
}
