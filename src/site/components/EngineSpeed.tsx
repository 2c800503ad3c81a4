import { useEffect, useRef, useState } from "preact/hooks";
import type { Program } from "../../engine/program.ts";
import type { Row } from "../../lab/speed/measure.ts";
import { OUR_PEER } from "../../lab/speed/trained.ts";
import { TWO_THREADS_PEER } from "../../lab/speed/two-threads.ts";
import type { FromSpeedWorker, ToSpeedWorker } from "../../lab/speed/worker.ts";
import { Button } from "../../ui/controls.tsx";
import {
  BACKENDS,
  conclusion,
  isSpeedName,
  peerText,
  SPEED_NAMES,
  SPEED_TEXTS,
  type SpeedName,
  speedText,
  unitText,
} from "../speed.ts";
import "../styles/engine-speed.css";

const PACE = { rounds: 5, turn: 200 };

type Phase = "idle" | "running" | "finished" | "cancelled" | "failed";

interface Results {
  readonly backend: Program["backend"] | undefined;
  readonly rows: Partial<Record<SpeedName, readonly Row[]>>;
}

const NOTHING: Results = { backend: undefined, rows: {} };

/** A button that measures the engine on this device, and what came out. */
export default function EngineSpeed() {
  const { phase, progress, results, problem, start, cancel } = useSpeed();
  const running = phase === "running";
  const measured = SPEED_NAMES.filter((name) => results.rows[name]);
  return (
    <section class="speed" aria-label="이 기기에서 재기">
      <div class="speed-actions">
        {running ? (
          <Button onClick={cancel}>그만 재기</Button>
        ) : (
          <Button kind="primary" onClick={start}>
            {phase === "idle" ? "이 기기에서 재기" : "다시 재기"}
          </Button>
        )}
        <p class="speed-state">{stateText(phase, measured.length)}</p>
      </div>
      {running && (
        <progress class="speed-progress" max={1} value={progress} aria-label="측정 진행">
          {Math.round(progress * 100)}%
        </progress>
      )}
      {problem !== undefined && (
        <p class="widget-notice" role="alert">
          {problem}
        </p>
      )}
      {results.backend && (
        <p class="speed-backend">
          <strong>계산 방식</strong> {BACKENDS[results.backend]}
        </p>
      )}
      {measured.map((name) => (
        <Result key={name} name={name} rows={results.rows[name]!} />
      ))}
      <p class="visually-hidden" role="status">
        {announcement(phase, measured.length)}
      </p>
    </section>
  );
}

function stateText(phase: Phase, count: number): string {
  if (phase === "running") return `${SPEED_NAMES.length}가지 가운데 ${count + 1}번째를 재고 있습니다.`;
  if (phase === "cancelled") return "측정을 멈추었습니다. 그때까지 잰 것은 아래에 있습니다.";
  if (phase === "finished") return "다 쟀습니다.";
  return "15초쯤 걸립니다. 재는 동안 다른 탭을 닫아 두면 더 고르게 나옵니다.";
}

function announcement(phase: Phase, count: number): string {
  if (phase === "finished") return `측정이 끝났습니다. 결과 표 ${count}개가 있습니다.`;
  if (phase === "running" && count === 0) return "측정을 시작했습니다.";
  return phase === "cancelled" ? "측정을 멈추었습니다." : "";
}

function Result({ name, rows }: { name: SpeedName; rows: readonly Row[] }) {
  const { title, explanation } = SPEED_TEXTS[name];
  const largest = Math.max(...rows.map(({ max }) => max));
  const sentence = conclusion(rows);
  return (
    <section class="speed-result" aria-label={title}>
      <h2>{title}</h2>
      <p>{explanation}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">계산하는 것</th>
            <th scope="col" class="speed-number">
              {unitText(rows[0]!.unit)}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <SpeedRow key={row.peer} row={row} largest={largest} />
          ))}
        </tbody>
      </table>
      {sentence && <p>{sentence}</p>}
    </section>
  );
}

const share = (value: number) => `${(100 * value).toFixed(2)}%`;

function SpeedRow({ row, largest }: { row: Row; largest: number }) {
  const { peer, median, min, max, yardstick } = row;
  const kind = peer === OUR_PEER || peer === TWO_THREADS_PEER ? "ours" : yardstick ? "limit" : "other";
  return (
    <tr>
      <th scope="row">
        {peerText(peer)}
        <span class="speed-track" aria-hidden="true">
          <span class={`speed-bar speed-bar-${kind}`} style={{ inlineSize: share(median / largest) }} />
          <span
            class="speed-spread"
            style={{ insetInlineStart: share(min / largest), inlineSize: share((max - min) / largest) }}
          />
        </span>
      </th>
      <td class="speed-number">
        <strong>{speedText(median)}</strong>
        <small>
          {speedText(min)}–{speedText(max)}
        </small>
      </td>
    </tr>
  );
}

function useSpeed() {
  const [phase, setPhase] = useState<Phase>("idle");
  const [progress, setProgress] = useState(0);
  const [results, setResults] = useState<Results>(NOTHING);
  const [problem, setProblem] = useState<string>();
  const worker = useRef<Worker | undefined>(undefined);
  const end = (next: Phase) => {
    worker.current?.terminate();
    worker.current = undefined;
    setPhase(next);
  };
  useEffect(() => () => worker.current?.terminate(), []);
  const fail = (message: string) => {
    setProblem(`측정을 마치지 못했습니다. 다시 재어 보세요. (${message})`);
    end("failed");
  };
  const receive = (message: FromSpeedWorker) => {
    if (message.type === "started") setResults({ ...NOTHING, backend: message.backend });
    else if (message.type === "progress") {
      const before = (SPEED_NAMES as readonly string[]).indexOf(message.workload);
      setProgress((before + message.done) / SPEED_NAMES.length);
    } else if (message.type === "measured") {
      const { workload, rows } = message;
      if (isSpeedName(workload))
        setResults((known) => ({ ...known, rows: { ...known.rows, [workload]: rows } }));
    } else if (message.type === "failed") fail(message.message);
    else end("finished");
  };
  const start = () => {
    worker.current?.terminate();
    setProblem(undefined);
    setProgress(0);
    setResults(NOTHING);
    setPhase("running");
    const fresh = new Worker(new URL("../../lab/speed/worker.ts", import.meta.url), { type: "module" });
    fresh.onmessage = ({ data }: MessageEvent<FromSpeedWorker>) => receive(data);
    fresh.onerror = ({ message }) => fail(message ?? "");
    fresh.postMessage({ workloads: SPEED_NAMES, ...PACE } satisfies ToSpeedWorker);
    worker.current = fresh;
  };
  return { phase, progress, results, problem, start, cancel: () => end("cancelled") };
}
