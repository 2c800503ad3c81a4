import { useEffect, useRef, useState } from "preact/hooks";
import { VOICE_RATE } from "../../data/voice.ts";
import type { Spoken } from "../../models/spoken-words.ts";
import { type Microphone, MicrophoneError, openMicrophone } from "./microphone.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import type { Scene } from "./scenes.ts";
import { Track } from "./track.ts";

/** What is known of the network that finds speech. */
export type Detector = "none" | "loading" | "ready";

/** What was learned of the learner's words. */
export interface Lesson {
  /** Recordings learned from; their order is that of `leftOut`. */
  readonly words: readonly Spoken[];
  readonly loss: number;
  readonly parameters: number;
  /** For each recording in turn, what a network said that had not heard it. */
  readonly leftOut: readonly number[];
}

export interface VoiceHandle {
  readonly detector: Detector;
  /** Bytes that have arrived. */
  readonly loaded: number;
  readonly failure: string | undefined;
  readonly microphone: boolean;
  readonly track: Track;
  /** Blocks heard, a few times a second: when it changes there is something new to read. */
  readonly blocks: number;
  readonly lesson: Lesson | undefined;
  readonly teaching: boolean;
  load(): void;
  cancel(): void;
  openMicrophone(): void;
  closeMicrophone(): void;
  /** Hears a supplied sound, all at once. */
  hear(scene: Scene): void;
  teach(words: readonly Spoken[], classes: number, seed: number): void;
  /** Probabilities of every word for every sound. */
  ask(signals: readonly Float32Array[]): Promise<readonly Float32Array[]>;
  forget(): void;
  subscribe(draw: () => void): () => void;
}

const DIED = "소리를 맡은 작업자가 멈췄습니다. 녹음은 그대로 있습니다. 하던 것을 다시 눌러 주세요.";

/** The worker that hears, the microphone, and what came of both. Closing the page throws every sound away. */
export function useVoice(onWord: (signal: Float32Array) => void): VoiceHandle {
  const latest = useRef(onWord);
  latest.current = onWord;
  const worker = useRef<Worker>(undefined);
  const opened = useRef<Microphone>(undefined);
  /** Counts attempts to open the microphone, so that one that comes too late is closed again. */
  const attempt = useRef(0);
  const id = useRef(0);
  const question = useRef({ id: 0, answer: (_: readonly Float32Array[]) => {} });
  /** Of the lesson. */
  const number = useRef(0);
  const taught = useRef<readonly Spoken[]>([]);
  const track = useRef(new Track()).current;
  const readers = useRef(new Set<() => void>()).current;
  const [detector, setDetector] = useState<Detector>("none");
  const [loaded, setLoaded] = useState(0);
  const [failure, setFailure] = useState<string>();
  const [microphone, setMicrophone] = useState(false);
  const [blocks, setBlocks] = useState(0);
  const [lesson, setLesson] = useState<Lesson>();
  const [teaching, setTeaching] = useState(false);

  const closeMicrophone = () => {
    attempt.current++;
    opened.current?.stop();
    opened.current = undefined;
    setMicrophone(false);
  };
  useEffect(
    () => () => {
      attempt.current++;
      opened.current?.stop();
      worker.current?.terminate();
    },
    [],
  );

  const draw = () => {
    for (const reader of readers) reader();
  };
  const receive = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === "loading") setLoaded(data.loaded);
    else if (data.type === "loaded") setDetector("ready");
    else if (data.type === "not-loaded") {
      setDetector("none");
      setFailure(data.message);
    } else if (data.type === "answered") {
      if (data.id === question.current.id) question.current.answer(data.answers);
    } else if (data.id !== id.current && (data.type === "heard" || data.type === "word")) return;
    else if (data.type === "heard") {
      track.push(data);
      setBlocks(track.blocks);
      draw();
    } else if (data.type === "word") latest.current(data.signal);
    else if (data.type !== "failed" && data.id !== number.current) return;
    else if (data.type === "taught") {
      const { loss, parameters } = data;
      setLesson({ words: taught.current, loss, parameters, leftOut: [] });
    } else if (data.type === "left-out") {
      setLesson((before) => before && { ...before, leftOut: [...before.leftOut, data.answer] });
      if (data.index === taught.current.length - 1) setTeaching(false);
    } else {
      setTeaching(false);
      setFailure(data.message);
    }
  };
  const send = (message: ToWorker, transfer: Transferable[] = []) => {
    if (!worker.current) {
      worker.current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.current.onmessage = receive;
      worker.current.onerror = () => {
        worker.current?.terminate();
        worker.current = undefined;
        closeMicrophone();
        setDetector("none");
        setTeaching(false);
        setLesson(undefined);
        setFailure(DIED);
      };
    }
    worker.current.postMessage(message, transfer);
  };
  const listen = (rate: number): number => {
    id.current++;
    track.clear();
    setBlocks(0);
    draw();
    send({ type: "listen", id: id.current, rate });
    return id.current;
  };
  return {
    ...{ detector, loaded, failure, microphone, track, blocks, lesson, teaching, closeMicrophone },
    load: () => {
      setFailure(undefined);
      setLoaded(0);
      setDetector("loading");
      send({ type: "load" });
    },
    cancel: () => send({ type: "cancel" }),
    openMicrophone: () => {
      setFailure(undefined);
      const mine = ++attempt.current;
      let sound = 0;
      openMicrophone(
        (samples) => sound > 0 && send({ type: "sound", id: sound, samples }, [samples.buffer]),
        closeMicrophone,
      ).then(
        (ready) => {
          if (mine !== attempt.current) {
            ready.stop();
            return;
          }
          opened.current = ready;
          sound = listen(ready.rate);
          setMicrophone(true);
        },
        (error: unknown) => {
          if (mine === attempt.current)
            setFailure(error instanceof MicrophoneError ? error.message : String(error));
        },
      );
    },
    hear: ({ signal }) => {
      closeMicrophone();
      setFailure(undefined);
      send({ type: "sound", id: listen(VOICE_RATE), samples: signal });
    },
    teach: (words, classes, seed) => {
      setFailure(undefined);
      setTeaching(true);
      setLesson(undefined);
      taught.current = words;
      number.current++;
      send({ type: "teach", id: number.current, words, classes, seed });
    },
    ask: (signals) =>
      new Promise((answer) => {
        question.current = { id: question.current.id + 1, answer };
        send({ type: "ask", id: question.current.id, signals });
      }),
    forget: () => {
      closeMicrophone();
      setLesson(undefined);
      setTeaching(false);
      setFailure(undefined);
      track.clear();
      setBlocks(0);
      draw();
    },
    subscribe: (reader) => {
      readers.add(reader);
      reader();
      return () => readers.delete(reader);
    },
  };
}
