import { useEffect, useRef, useState } from "preact/hooks";
import { type Listening, listen, refusalText } from "./microphone.ts";

/** The microphone, on only between a press and the next. @param heard gets frames of what is heard. */
export function useMicrophone(heard: (samples: Float32Array) => void) {
  const [listening, setListening] = useState(false);
  const [problem, setProblem] = useState<string>();
  const current = useRef<Listening>(undefined);
  /** A press while the browser still asks for leave. */
  const attempt = useRef(0);
  const latest = useRef(heard);
  latest.current = heard;
  const stop = () => {
    attempt.current += 1;
    current.current?.stop();
    current.current = undefined;
    setListening(false);
  };
  useEffect(() => stop, []);
  const start = async () => {
    const own = ++attempt.current;
    setProblem(undefined);
    setListening(true);
    try {
      const listener = await listen({
        heard: (samples) => latest.current(samples),
        ended: () => attempt.current === own && setListening(false),
      });
      if (attempt.current === own) current.current = listener;
      else listener.stop();
    } catch (error) {
      if (attempt.current !== own) return;
      setListening(false);
      setProblem(refusalText(error));
    }
  };
  return { listening, problem, stop, toggle: () => (listening ? stop() : void start()) };
}
