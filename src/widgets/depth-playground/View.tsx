import { WidgetFrame } from "../../ui/WidgetFrame.tsx";
import { WIDGETS } from "../registry.ts";

/** Stands in the widget's place until it is built. */
export default function View(_props: { preset?: string; embedded?: boolean }) {
  const { title } = WIDGETS["depth-playground"];
  return (
    <WidgetFrame
      widget="depth-playground"
      title={title}
      instruction="이 위젯은 준비 중입니다."
      goals={[]}
      description="아직 만질 수 있는 것이 없습니다."
      onReset={() => undefined}
      encodedState={() => ""}
    >
      <p>곧 이 자리에서 직접 만져 볼 수 있습니다.</p>
    </WidgetFrame>
  );
}
