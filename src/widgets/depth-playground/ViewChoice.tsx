import { Segmented } from "../../ui/controls.tsx";
import type { PlaygroundState } from "./state.ts";

const VIEWS = [
  { value: "output", label: "평면 그대로" },
  { value: "warp", label: "은닉층이 보는 평면" },
] as const;

/** Which picture is shown; without hidden layers there is only one. */
export function ViewChoice(props: {
  state: PlaygroundState;
  set: (patch: Partial<PlaygroundState>) => void;
}) {
  const { state, set } = props;
  if (state.hidden.length === 0) return null;
  return <Segmented label="그림" value={state.view} options={VIEWS} onChange={(view) => set({ view })} />;
}
