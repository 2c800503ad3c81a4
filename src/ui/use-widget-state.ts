import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type KeptPlace, keepState, keptState } from "../learner/kept-state.ts";
import type { StateSchema } from "./state-codec.ts";

export interface WidgetState<S> {
  readonly state: S;
  set(patch: Partial<S>): void;
  /** Back to the preset the widget opened with. */
  reset(): void;
  /** What of a shared link could not be read; `undefined` when there was nothing to complain of. */
  readonly notice: string | undefined;
}

/** Milliseconds without a change after which a state is kept. */
const QUIET = 300;

/**
 * A widget's state: the defaults, over them the lesson's preset, and after mounting what the address holds
 * under `?<place>=…`, the place being the widget's id, or `<id>-2` for the second of its kind on a page, or what the
 * learner made of it before the tab was reloaded. The server renders the preset, so that the page means something
 * without JavaScript.
 *
 * @param place where the widget stands, to tell it from others of its kind on the page
 */
export function useWidgetState<S extends object>(
  widgetId: string,
  schema: StateSchema<S>,
  presetState: Partial<S> = {},
  place?: RefObject<HTMLElement | null>,
): WidgetState<S> {
  const initial = useRef<S>(undefined);
  initial.current ??= { ...schema.defaults, ...presetState };
  const first = initial.current;
  const [state, setState] = useState(first);
  const [notice, setNotice] = useState<string>();

  const at = useRef<KeptPlace>(undefined);

  useEffect(() => {
    const own = place?.current?.closest(".widget-place")?.id;
    const link = new URLSearchParams(location.search).get(own || widgetId);
    if (own) at.current = { path: location.pathname, place: own, link };
    const kept = at.current && keptState(at.current);
    const left = kept === undefined ? undefined : schema.decode(kept);
    if (left?.problems.length === 0) return setState(left.state);
    if (link === null) return;
    const { state: shared, problems } = schema.decode(link);
    setState(shared);
    setNotice(unreadable(problems));
  }, [widgetId, schema, place]);

  useEffect(() => {
    const timer = setTimeout(() => {
      if (!at.current) return;
      keepState(at.current, state === first && at.current.link === null ? undefined : schema.encode(state));
    }, QUIET);
    return () => clearTimeout(timer);
  }, [state, schema, first]);

  return {
    state,
    set: (patch) => setState((current) => ({ ...current, ...patch })),
    reset: () => {
      setState(first);
      setNotice(undefined);
    },
    notice,
  };
}

/** Says how many parts of a shared link were left out, whose names are those of the code; `undefined` when all were read. */
export function unreadable(problems: readonly string[]): string | undefined {
  if (problems.length === 0) return undefined;
  if (problems.includes("version")) {
    return "이 링크는 다른 버전에서 만들어져 읽지 못했습니다. 처음 상태로 열었습니다.";
  }
  return `링크에 담긴 설정 가운데 ${problems.length}가지를 읽지 못해, 처음 값으로 두었습니다.`;
}
